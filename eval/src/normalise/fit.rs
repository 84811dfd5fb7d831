//! How a candidate's picture may sit on the sample's: what players, trainers and loaders do to its shape.

use crate::Frame;
use crate::picture::Rect;

use super::Fit;

/// Ways to read its shape: each a fit, and the part of the candidate's picture that lies on the sample's.
pub(super) fn hypotheses(candidate: &Frame, pixel_aspect: f32, whole: (u32, u32)) -> Vec<(Fit, Rect)> {
    let (w, h) = (candidate.width as f32, candidate.height as f32);
    // In the candidate's own pixels.
    let aspect = whole.0 as f32 / whole.1 as f32 / pixel_aspect;
    let mut found = vec![(Fit::Stretched, [0.0, 0.0, w, h])];
    if (w / h / aspect - 1.0).abs() > 0.005 {
        let (pw, ph) = if w / h > aspect { (h * aspect, h) } else { (w, w / aspect) };
        found.push((Fit::Padded, [(w - pw) / 2.0, (h - ph) / 2.0, (w + pw) / 2.0, (h + ph) / 2.0]));
        let (cw, ch) = if w / h > aspect { (w, w / aspect) } else { (h * aspect, h) };
        found.push((Fit::Cropped, [(w - cw) / 2.0, (h - ch) / 2.0, (w + cw) / 2.0, (h + ch) / 2.0]));
    }
    if let Some(rect) = inside_bars(candidate) {
        found.push((Fit::Padded, rect));
    }
    found
}

/// The rectangle inside even bars, where there are any.
fn inside_bars(frame: &Frame) -> Option<Rect> {
    let (width, height) = (frame.width as usize, frame.height as usize);
    let even = |pixels: &mut dyn Iterator<Item = usize>, edge: &[u8]| {
        let (mut count, mut off) = (0, 0);
        for at in pixels {
            count += 1;
            off += usize::from((0..3).any(|c| frame.rgb[at * 3 + c].abs_diff(edge[c]) > 14));
        }
        off * 50 <= count
    };
    let corner = frame.rgb[..3].to_vec();
    let far = frame.rgb[frame.rgb.len() - 3..].to_vec();
    let top = (0..height).take_while(|y| even(&mut (0..width).map(|x| y * width + x), &corner)).count();
    let bottom = (0..height).rev().take_while(|y| even(&mut (0..width).map(|x| y * width + x), &far)).count();
    let left = (0..width).take_while(|x| even(&mut (0..height).map(|y| y * width + x), &corner)).count();
    let right = (0..width).rev().take_while(|x| even(&mut (0..height).map(|y| y * width + x), &far)).count();
    let bars = top + bottom + left + right;
    (bars > 0 && width > left + right + 16 && height > top + bottom + 16)
        .then(|| [left as f32, top as f32, (width - right) as f32, (height - bottom) as f32])
}
