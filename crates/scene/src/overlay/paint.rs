//! An overlay as pixels.

use std::ops::Range;

use glam::{Vec2, Vec3, Vec4};

use super::{Mark, MarkForm, Overlay};
use crate::{Image, Pixels, Scene};

/// Samples along each side of a pixel.
const SAMPLES: u32 = 8;

/// An overlay drawn for pictures of one size.
#[derive(Clone, Debug, PartialEq)]
pub struct Painted {
    /// Its first column in the picture.
    pub left: usize,
    /// Its first row.
    pub top: usize,
    /// Number of columns.
    pub width: usize,
    /// Number of rows.
    pub height: usize,
    /// Display colours times how much of a pixel is covered, and how much that is, each in 0..=1; row by row from the top.
    pub pixels: Vec<Vec4>,
}

impl Overlay {
    /// Draws it for a picture of `size`. An image that the scene does not have is left out.
    #[must_use]
    pub fn paint(&self, scene: &Scene, size: (u32, u32)) -> Painted {
        let [lo, hi] = self.rect(size);
        let picture = Vec2::new(size.0 as f32, size.1 as f32);
        let first = (lo + 0.01).floor().clamp(Vec2::ZERO, picture);
        let end = (hi - 0.01).ceil().clamp(first, picture);
        let (width, height) = ((end.x - first.x) as usize, (end.y - first.y) as usize);
        let mut painted =
            Painted { left: first.x as usize, top: first.y as usize, width, height, pixels: vec![Vec4::ZERO; width * height] };
        if let Some(image) = self.image.as_ref().and_then(|name| scene.images.get(name)) {
            painted.image(image, lo - first, hi - first);
        }
        let side = size.0.min(size.1) as f32;
        let middle = 0.5 * (lo + hi) - first;
        for mark in &self.marks {
            painted.mark(mark, middle, side, (lo - first, hi - first));
        }
        painted
    }
}

impl Painted {
    /// Lays it over a picture of `width` pixels, three bytes each, with `opacity` of it.
    pub fn over(&self, rgb: &mut [u8], width: usize, opacity: f32) {
        for (at, pixel) in self.places(width).zip(&self.pixels) {
            let covered = opacity * pixel.w;
            if covered > 0.0 {
                for (channel, value) in rgb[3 * at..3 * at + 3].iter_mut().zip(pixel.to_array()) {
                    let mixed = opacity * value + (1.0 - covered) * f32::from(*channel) / 255.0;
                    *channel = (255.0 * mixed.clamp(0.0, 1.0) + 0.5) as u8;
                }
            }
        }
    }

    /// Indices, row by row, of the pixels below its own in a picture `width` pixels wide.
    pub fn places(&self, width: usize) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.width * self.height).map(move |i| (self.top + i / self.width) * width + self.left + i % self.width)
    }

    /// `lo` and `hi`: corners of the rectangle that the image fills.
    fn image(&mut self, image: &Image, lo: Vec2, hi: Vec2) {
        let [columns, rows] = image.size();
        let pixels = display_pixels(image);
        let scale = Vec2::new(columns as f32, rows as f32) / (hi - lo).max(Vec2::splat(1e-6));
        // Enough samples to meet every pixel of an image that is drawn smaller than it is.
        let samples = scale.max_element().ceil().clamp(SAMPLES as f32, 64.0) as u32;
        let (width, height) = (self.width, self.height);
        self.lay((0..width, 0..height), samples, &|at| {
            let inside = at.cmpge(lo).all() && at.cmplt(hi).all();
            let place = ((at - lo) * scale).max(Vec2::ZERO);
            let (x, y) = ((place.x as u32).min(columns - 1), (place.y as u32).min(rows - 1));
            if inside { pixels[(y * columns + x) as usize] } else { Vec4::ZERO }
        });
    }

    /// `middle`: of the overlay, pixels; `side`: pixels of the unit; `rect`: what it is cut to.
    fn mark(&mut self, mark: &Mark, middle: Vec2, side: f32, rect: (Vec2, Vec2)) {
        let place = |p: Vec2| middle + side * p;
        let (lo, hi) = bounds(&mark.form);
        let (lo, hi) = (place(lo).max(rect.0), place(hi).min(rect.1));
        let span = |lo: f32, hi: f32, most: usize| -> Range<usize> {
            let end = (hi.ceil().max(0.0) as usize).min(most);
            (lo.floor().max(0.0) as usize).min(end)..end
        };
        let area = (span(lo.x, hi.x, self.width), span(lo.y, hi.y, self.height));
        let color = display(mark.color).extend(1.0) * mark.opacity;
        self.lay(area, SAMPLES, &|at| {
            let within = at.cmpge(rect.0).all() && at.cmplt(rect.1).all();
            if within && contains(&mark.form, (at - middle) / side) { color } else { Vec4::ZERO }
        });
    }

    /// Lays the mean of samples of `color` (times its cover, and that) over each pixel of an area.
    fn lay(&mut self, (columns, rows): (Range<usize>, Range<usize>), samples: u32, color: &dyn Fn(Vec2) -> Vec4) {
        for y in rows {
            for x in columns.clone() {
                let corner = Vec2::new(x as f32, y as f32);
                let mut sum = Vec4::ZERO;
                for i in 0..samples * samples {
                    sum += color(corner + (Vec2::new((i % samples) as f32, (i / samples) as f32) + 0.5) / samples as f32);
                }
                let mean = sum / (samples * samples) as f32;
                let below = &mut self.pixels[y * self.width + x];
                *below = mean + (1.0 - mean.w) * *below;
            }
        }
    }
}

/// Corners of the box around a form.
fn bounds(form: &MarkForm) -> (Vec2, Vec2) {
    let around = |points: &[Vec2], reach: f32| {
        let (lo, hi) = points.iter().fold((Vec2::INFINITY, Vec2::NEG_INFINITY), |(lo, hi), p| (lo.min(*p), hi.max(*p)));
        (lo - reach, hi + reach)
    };
    match form {
        MarkForm::Line { from, to, width } => around(&[*from, *to], 0.5 * width),
        MarkForm::Disc { center, radius } => around(&[*center], *radius),
        MarkForm::Arrow { from, to, width, head } => around(&[*from, *to], width.max(*head)),
        MarkForm::Polygon { points } => around(points, 0.0),
    }
}

fn contains(form: &MarkForm, p: Vec2) -> bool {
    match form {
        MarkForm::Line { from, to, width } => from_segment(p, *from, *to) <= 0.5 * width,
        MarkForm::Disc { center, radius } => p.distance(*center) <= *radius,
        MarkForm::Arrow { from, to, width, head } => {
            let along = (*to - *from).normalize_or(Vec2::X);
            let neck = *to - *head * along;
            let (ahead, aside) = ((*to - p).dot(along), (p - *to).perp_dot(along).abs());
            let in_head = (0.0..=*head).contains(&ahead) && aside <= 0.5 * ahead;
            // The stroke ends in the triangle, not at its tip.
            let has_stroke = (neck - *from).dot(along) > 0.0;
            in_head || (has_stroke && from_segment(p, *from, neck) <= 0.5 * width)
        }
        MarkForm::Polygon { points } => {
            let edges = points.iter().zip(points.iter().cycle().skip(1));
            edges.filter(|(a, b)| (a.y <= p.y) != (b.y <= p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)).count() % 2
                == 1
        }
    }
}

/// Distance from a segment.
fn from_segment(p: Vec2, from: Vec2, to: Vec2) -> f32 {
    let way = to - from;
    let t = ((p - from).dot(way) / way.length_squared().max(f32::MIN_POSITIVE)).clamp(0.0, 1.0);
    p.distance(from + t * way)
}

/// Display colours times alpha, and that.
fn display_pixels(image: &Image) -> Vec<Vec4> {
    match image.pixels() {
        Pixels::Srgb8(pixels) => pixels
            .iter()
            .map(|p| {
                let [r, g, b, a] = p.map(|v| f32::from(v) / 255.0);
                Vec4::new(r * a, g * a, b * a, a)
            })
            .collect(),
        _ => image.to_linear().into_iter().map(|p| display(Vec3::from(p)).extend(1.0)).collect(),
    }
}

/// Linear Rec. 709 by the sRGB curve (IEC 61966-2-1). glam's powf goes through libm, so that it is the same on every machine.
fn display(color: Vec3) -> Vec3 {
    let c = color.clamp(Vec3::ZERO, Vec3::ONE);
    Vec3::select(c.cmple(Vec3::splat(0.003_130_8)), 12.92 * c, 1.055 * c.powf(1.0 / 2.4) - 0.055)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Camera, srgb};

    const SIZE: (u32, u32) = (80, 40);

    fn painted(overlay: &Overlay) -> Painted {
        overlay.paint(&Scene::new(Camera::look_at(Vec3::Y, Vec3::ZERO, 0.7)), SIZE)
    }

    /// Pixels that a form covers, in a square of twenty.
    fn area(form: MarkForm) -> f32 {
        let overlay = Overlay::new("o", 1, Vec2::ZERO, Vec2::splat(0.5)).mark(form, Vec3::ONE);
        painted(&overlay).pixels.iter().map(|p| p.w).sum()
    }

    #[test]
    fn forms_cover_their_area() {
        let (from, to) = (Vec2::new(-0.2, 0.05), Vec2::new(0.1, 0.05));
        let disc = std::f32::consts::PI * 16.0;
        for (form, expected) in [
            // A shorter side is 40 pixels.
            (MarkForm::Disc { center: Vec2::splat(0.05), radius: 0.1 }, disc),
            (MarkForm::Line { from, to, width: 0.1 }, 12.0 * 4.0 + 0.25 * disc),
            (MarkForm::Arrow { from, to, width: 0.05, head: 0.2 }, 32.0 + 4.0 * 2.0 + 0.5 * std::f32::consts::PI),
            (MarkForm::Polygon { points: vec![Vec2::ZERO, Vec2::new(0.2, 0.0), Vec2::new(0.0, 0.2)] }, 32.0),
            (MarkForm::Disc { center: Vec2::ZERO, radius: 9.0 }, 400.0),
        ] {
            let got = area(form.clone());
            assert!((got / expected - 1.0).abs() < 0.015, "{form:?} covers {got} pixels, not {expected}");
        }
    }

    #[test]
    fn it_lies_where_it_says_in_the_colours_it_has() {
        let mut overlay = Overlay::new("o", 1, Vec2::new(0.5, -0.25), Vec2::new(0.4, 0.2));
        let all = vec![Vec2::splat(-1.0), Vec2::new(1.0, -1.0), Vec2::splat(1.0), Vec2::new(-1.0, 1.0)];
        overlay = overlay.mark(MarkForm::Polygon { points: all }, srgb(0x40_80_c0));
        let painted = painted(&overlay);
        assert_eq!((painted.left, painted.top, painted.width, painted.height), (52, 6, 16, 8));
        let mut rgb = vec![10; 80 * 40 * 3];
        painted.over(&mut rgb, 80, 1.0);
        assert_eq!((&rgb[3 * (80 * 6 + 52)..][..3], &rgb[3 * (80 * 6 + 51)..][..3]), (&[0x40, 0x80, 0xc0][..], &[10; 3][..]));
        painted.over(&mut rgb, 80, 0.0);
        assert_eq!(rgb.iter().filter(|v| **v != 10).count(), 3 * 16 * 8);
        let mut half = vec![0; 80 * 40 * 3];
        painted.over(&mut half, 80, 0.5);
        assert_eq!(half[3 * (80 * 6 + 52)..][..3], [0x20, 0x40, 0x60]);
        assert!(overlay.fits(SIZE) && !overlay.fits((40, 80)) && !Overlay::new("o", 1, Vec2::ZERO, Vec2::splat(1.01)).fits(SIZE));
    }

    #[test]
    fn an_image_is_averaged_and_its_alpha_counts() {
        let pixels = (0..64 * 64).map(|i| if (i / 64 + i) % 2 == 0 { [255, 255, 255, 255] } else { [0, 0, 0, 0] }).collect();
        let mut scene = Scene::new(Camera::look_at(Vec3::Y, Vec3::ZERO, 0.7));
        scene.images.insert("checks".into(), Image::srgb8(64, 64, pixels).expect("has its pixels"));
        let overlay = Overlay { image: Some("checks".into()), ..Overlay::new("o", 1, Vec2::ZERO, Vec2::splat(0.2)) };
        for pixel in overlay.paint(&scene, SIZE).pixels {
            assert!(pixel.distance(Vec4::splat(0.5)) < 0.02, "{pixel}");
        }
    }
}
