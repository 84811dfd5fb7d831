//! Painting convex outlines.

/// Calls `span(y, x0..x1)` for every row of pixel centres inside a convex outline.
fn spans(outline: &[[f32; 2]], width: usize, height: usize, mut span: impl FnMut(usize, std::ops::Range<usize>)) {
    if outline.len() < 3 {
        return;
    }
    let low = outline.iter().map(|p| p[1]).fold(f32::INFINITY, f32::min);
    let high = outline.iter().map(|p| p[1]).fold(f32::NEG_INFINITY, f32::max);
    let first = (low - 0.5).max(0.0) as usize;
    for y in first..height {
        let centre = y as f32 + 0.5;
        if centre > high {
            break;
        }
        let (mut left, mut right) = (f32::INFINITY, f32::NEG_INFINITY);
        for (i, a) in outline.iter().enumerate() {
            let b = &outline[(i + 1) % outline.len()];
            let (top, bottom) = if a[1] <= b[1] { (a, b) } else { (b, a) };
            if top[1] > centre || bottom[1] < centre {
                continue;
            }
            let rise = bottom[1] - top[1];
            let ends = if rise > 1e-6 {
                let x = top[0] + (bottom[0] - top[0]) * (centre - top[1]) / rise;
                [x, x]
            } else {
                [top[0], bottom[0]]
            };
            for x in ends {
                left = left.min(x);
                right = right.max(x);
            }
        }
        if right < 0.0 || left > right {
            continue;
        }
        let x0 = (left + 0.5).floor().max(0.0) as usize;
        let x1 = ((right + 0.5).floor().max(0.0) as usize).min(width);
        if x0 < x1 {
            span(y, x0..x1);
        }
    }
}

/// Sets `label` at every pixel whose centre lies inside the convex `outline` (pixels, centres at +0.5).
pub(super) fn paint_outline<T: Copy>(map: &mut [T], width: usize, outline: &[[f32; 2]], label: T) {
    let height = map.len() / width.max(1);
    spans(outline, width, height, |y, xs| map[y * width + xs.start..y * width + xs.end].fill(label));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_covers_its_pixel_centres() {
        let mut map = vec![0_u8; 100];
        paint_outline(&mut map, 10, &[[2.0, 3.0], [6.0, 3.0], [6.0, 5.0], [2.0, 5.0]], 1);
        assert_eq!(map.iter().filter(|&&m| m == 1).count(), 8);
        assert_eq!((map[32], map[35], map[36], map[52]), (1, 1, 0, 0));
    }

    #[test]
    fn outlines_beyond_the_picture_are_cut() {
        let mut map = vec![0_u8; 16];
        paint_outline(&mut map, 4, &[[-50.0, -50.0], [90.0, -50.0], [90.0, 90.0], [-50.0, 90.0]], 7);
        assert!(map.iter().all(|&m| m == 7));
    }
}
