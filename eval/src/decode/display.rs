//! How a decoded picture is shown: turned by its display matrix, and with square pixels.

use ffmpeg_next::codec::packet::side_data::Type;
use ffmpeg_next::format::stream::Stream;
use ffmpeg_next::{Rational, frame};

use crate::Frame;
use crate::picture::Resampler;

/// Pixel aspects so near to 1 are rounded sizes.
const SQUARE: f64 = 0.005;
/// Aspects beyond are no camera's; what says so is damaged.
const MOST: f64 = 8.0;

/// What a player does before it shows a picture of a file.
#[derive(Default)]
pub(super) struct Display {
    turn: Turn,
    /// Pixel aspect of the stream: width over height.
    aspect: Option<f64>,
}

/// Exchange of rows and columns, then mirroring left to right and top to bottom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Turn {
    transpose: bool,
    flip: [bool; 2],
}

impl Turn {
    /// Of a display matrix (ISO/IEC 14496-12, 8.3.2): nine 16.16 numbers `a b u, c d v, x y w`, by which a pixel (p, q) is shown at (a p +
    /// c q + x, b p + d q + y). What is no multiple of 90 degrees goes by the nearest one.
    fn of_matrix(data: &[u8]) -> Self {
        let number = |i: usize| data.get(4 * i..4 * i + 4).map_or(0, |b| i64::from(i32::from_ne_bytes([b[0], b[1], b[2], b[3]])));
        let [a, b, c, d] = [0, 1, 3, 4].map(number);
        if a.abs() + d.abs() >= b.abs() + c.abs() {
            Self { transpose: false, flip: [a < 0, d < 0] }
        } else {
            Self { transpose: true, flip: [c < 0, b < 0] }
        }
    }

    fn apply(self, frame: Frame) -> Frame {
        if self == Self::default() {
            return frame;
        }
        let (w, h) = (frame.width as usize, frame.height as usize);
        let (width, height) = if self.transpose { (h, w) } else { (w, h) };
        let mut rgb = Vec::with_capacity(frame.rgb.len());
        for y in 0..height {
            let y = if self.flip[1] { height - 1 - y } else { y };
            for x in 0..width {
                let x = if self.flip[0] { width - 1 - x } else { x };
                let at = if self.transpose { x * w + y } else { y * w + x };
                rgb.extend_from_slice(&frame.rgb[3 * at..3 * at + 3]);
            }
        }
        Frame { width: width as u32, height: height as u32, rgb }
    }
}

impl Display {
    pub(super) fn of(stream: &Stream<'_>) -> Self {
        let matrix = stream.side_data().find(|data| data.kind() == Type::DisplayMatrix);
        Self { turn: matrix.map(|data| Turn::of_matrix(data.data())).unwrap_or_default(), ..Self::default() }
    }

    /// Remembers the pixel aspect of a picture as it comes from the decoder.
    pub(super) fn note(&mut self, picture: &frame::Video) {
        let Rational(n, d) = picture.aspect_ratio();
        let aspect = f64::from(n) / f64::from(d);
        self.aspect = (n > 0 && d > 0 && (aspect - 1.0).abs() > SQUARE && (1.0 / MOST..MOST).contains(&aspect)).then_some(aspect);
    }

    /// The picture turned as a player shows it, and the aspect of its pixels then: width over height.
    pub(super) fn apply(&self, frame: Frame) -> (Frame, f64) {
        let aspect = self.aspect.unwrap_or(1.0);
        (self.turn.apply(frame), if self.turn.transpose { 1.0 / aspect } else { aspect })
    }
}

/// Makes the pixels of pictures square: the shorter side grows.
#[derive(Default)]
pub(super) struct Square {
    known: Option<(f64, Resampler, (u32, u32))>,
}

impl Square {
    pub(super) fn apply(&mut self, frame: Frame, aspect: f64, most: u32) -> Frame {
        if aspect == 1.0 {
            return frame;
        }
        let size = (frame.width, frame.height);
        if !self.known.as_ref().is_some_and(|(known, _, of)| *known == aspect && *of == size) {
            let grown = |side: u32, by: f64| ((f64::from(side) * by).round() as u32).clamp(1, most);
            let shown = if aspect > 1.0 { (grown(size.0, aspect), size.1) } else { (size.0, grown(size.1, 1.0 / aspect)) };
            self.known = Some((aspect, Resampler::new(size, [0.0, 0.0, size.0 as f32, size.1 as f32], shown), size));
        }
        self.known.as_ref().map_or_else(|| frame.clone(), |(_, resampler, _)| resampler.apply(&frame))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(numbers: [i32; 4]) -> Vec<u8> {
        let [a, b, c, d] = numbers.map(|v| v << 16);
        [a, b, 0, c, d, 0, 0, 0, 1 << 30].into_iter().flat_map(i32::to_ne_bytes).collect()
    }

    #[test]
    fn turns_and_mirrors_are_those_of_the_matrix() {
        // 1 2 3
        // 4 5 6
        let frame = Frame { width: 3, height: 2, rgb: (1..=6).flat_map(|v| [v; 3]).collect() };
        let shown = |numbers| {
            let out = Turn::of_matrix(&matrix(numbers)).apply(frame.clone());
            (out.width, out.rgb.iter().step_by(3).copied().collect::<Vec<u8>>())
        };
        assert_eq!(shown([1, 0, 0, 1]), (3, vec![1, 2, 3, 4, 5, 6]));
        assert_eq!(shown([-1, 0, 0, -1]), (3, vec![6, 5, 4, 3, 2, 1]));
        assert_eq!(shown([-1, 0, 0, 1]), (3, vec![3, 2, 1, 6, 5, 4]), "mirrored");
        assert_eq!(shown([0, 1, -1, 0]), (2, vec![4, 1, 5, 2, 6, 3]), "90 degrees clockwise");
        assert_eq!(shown([0, -1, 1, 0]), (2, vec![3, 6, 2, 5, 1, 4]), "90 degrees the other way");
    }
}
