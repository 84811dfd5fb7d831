//! YCbCr to RGB in integers: chroma raised to full size by linear interpolation from where it is sited, then the matrix.

use std::borrow::Cow;

/// Rows of 8-bit samples.
pub(super) struct Plane<'a> {
    pub(super) stride: usize,
    pub(super) samples: Cow<'a, [u8]>,
}

impl Plane<'_> {
    pub(super) fn row(&self, y: usize, width: usize) -> &[u8] {
        &self.samples[y * self.stride..][..width]
    }
}

/// Where chroma samples sit among the luma samples they belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Siting {
    /// On the left column of a pair, else between the two.
    pub(super) left: bool,
    /// On the upper (`true`) or lower row of a pair, else between the two.
    pub(super) top: Option<bool>,
}

/// The chroma planes, halved (`1`) or not (`0`) across and down.
pub(super) struct Chroma<'a> {
    pub(super) across: u32,
    pub(super) down: u32,
    pub(super) cb: Plane<'a>,
    pub(super) cr: Plane<'a>,
    pub(super) siting: Siting,
}

/// Which luma weights the RGB was mixed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Matrix {
    /// No matrix: the planes are G, B, R.
    Identity,
    /// ITU-R BT.601.
    Bt601,
    /// ITU-R BT.709.
    Bt709,
    /// SMPTE 240M.
    Smpte240,
    /// ITU-R BT.2020.
    Bt2020,
}

/// How samples mean colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour {
    /// 0..255 rather than 16..235 and 16..240.
    pub(super) full_range: bool,
    pub(super) matrix: Matrix,
    pub(super) siting: Siting,
}

/// Fractional bits of the coefficients.
const SHIFT: u32 = 16;
/// Fractional bits of interpolated chroma: quarters down times quarters across.
const CHROMA_BITS: u32 = 4;
const NEUTRAL: i32 = 128 << CHROMA_BITS;

/// The inverse of the mixing, in 2^-16ths.
struct Coefficients {
    black: i32,
    luma: i32,
    cr_to_r: i32,
    cb_to_g: i32,
    cr_to_g: i32,
    cb_to_b: i32,
}

impl Coefficients {
    /// R = Y' + 2 (1 - kr) Cr, B = Y' + 2 (1 - kb) Cb, and G from Y' = kr R + kg G + kb B.
    fn new(matrix: Matrix, full_range: bool) -> Self {
        // In ten-thousandths, as the standards print them.
        let (kr, kb) = match matrix {
            Matrix::Bt601 | Matrix::Identity => (2990_i64, 1140_i64),
            Matrix::Bt709 => (2126, 722),
            Matrix::Smpte240 => (2120, 870),
            Matrix::Bt2020 => (2627, 593),
        };
        let kg = 10_000 - kr - kb;
        let (luma_span, chroma_span) = if full_range { (255, 255) } else { (219, 224) };
        // numerator / denominator * 255 / span in 2^-16ths, rounded; all are positive.
        let fixed = |numerator: i64, denominator: i64, span: i64| {
            let (n, d) = ((numerator * 255) << SHIFT, denominator * span);
            ((2 * n + d) / (2 * d)) as i32
        };
        Self {
            black: if full_range { 0 } else { 16 },
            luma: fixed(1, 1, luma_span),
            cr_to_r: fixed(2 * (10_000 - kr), 10_000, chroma_span),
            cb_to_b: fixed(2 * (10_000 - kb), 10_000, chroma_span),
            cr_to_g: -fixed(2 * (10_000 - kr) * kr, 10_000 * kg, chroma_span),
            cb_to_g: -fixed(2 * (10_000 - kb) * kb, 10_000 * kg, chroma_span),
        }
    }

    /// The largest sums stay below 2^30.
    #[inline]
    fn rgb(&self, y: u8, cb: i32, cr: i32) -> [u8; 3] {
        const HALF: i32 = 1 << (SHIFT + CHROMA_BITS - 1);
        let y = ((i32::from(y) - self.black) * self.luma << CHROMA_BITS) + HALF;
        let (cb, cr) = (cb - NEUTRAL, cr - NEUTRAL);
        let narrow = |v: i32| (v >> (SHIFT + CHROMA_BITS)).clamp(0, 255) as u8;
        [narrow(y + self.cr_to_r * cr), narrow(y + self.cb_to_g * cb + self.cr_to_g * cr), narrow(y + self.cb_to_b * cb)]
    }
}

/// The picture as packed RGB. Without chroma it is grey.
pub(super) fn to_rgb(width: usize, height: usize, luma: &Plane<'_>, chroma: Option<&Chroma<'_>>, colour: Colour) -> Vec<u8> {
    let mut rgb = vec![0; 3 * width * height];
    let coefficients = Coefficients::new(colour.matrix, colour.full_range);
    let mut lines = [vec![NEUTRAL; width], vec![NEUTRAL; width]];
    let mut blend = Vec::new();
    for (y, out) in rgb.chunks_exact_mut(3 * width).enumerate() {
        if let Some(chroma) = chroma {
            for (plane, line) in [&chroma.cb, &chroma.cr].into_iter().zip(&mut lines) {
                chroma.line(plane, y, (width, height), &mut blend, line);
            }
        }
        let [cb, cr] = &lines;
        let samples = luma.row(y, width).iter().zip(cb).zip(cr);
        if colour.matrix == Matrix::Identity && chroma.is_some() {
            for (out, ((&g, &b), &r)) in out.chunks_exact_mut(3).zip(samples) {
                out.copy_from_slice(&[(r >> CHROMA_BITS) as u8, g, (b >> CHROMA_BITS) as u8]);
            }
        } else {
            for (out, ((&y, &cb), &cr)) in out.chunks_exact_mut(3).zip(samples) {
                out.copy_from_slice(&coefficients.rgb(y, cb, cr));
            }
        }
    }
    rgb
}

impl Chroma<'_> {
    /// Row `y` of a chroma plane at full width, in sixteenths. `blend` is room to work in.
    fn line(&self, plane: &Plane<'_>, y: usize, (width, height): (usize, usize), blend: &mut Vec<i32>, line: &mut [i32]) {
        let (w, h) = (width.div_ceil(1 << self.across), height.div_ceil(1 << self.down));
        // Down: quarters of this row of samples and of a neighbour.
        let here = y >> self.down;
        let (above, below) = (here.saturating_sub(1), (here + 1).min(h - 1));
        let (other, share) = match (self.down, self.siting.top, y % 2) {
            (0, ..) => (here, 0),
            (_, None, 0) => (above, 1),
            (_, None, _) => (below, 1),
            (_, Some(true), 0) | (_, Some(false), 1) => (here, 0),
            (_, Some(true), _) => (below, 2),
            (_, Some(false), _) => (above, 2),
        };
        blend.clear();
        let pair = plane.row(here, w).iter().zip(plane.row(other, w));
        blend.extend(pair.map(|(&a, &b)| (4 - share) * i32::from(a) + share * i32::from(b)));
        // Across: the same with columns.
        if self.across == 0 {
            for (out, &c) in line.iter_mut().zip(&*blend) {
                *out = 4 * c;
            }
            return;
        }
        let mut before = blend[0];
        for (i, out) in line.chunks_mut(2).enumerate() {
            let c = blend[i];
            let after = *blend.get(i + 1).unwrap_or(&c);
            let (even, odd) = if self.siting.left { (4 * c, 2 * (c + after)) } else { (before + 3 * c, 3 * c + after) };
            out[0] = even;
            if let Some(second) = out.get_mut(1) {
                *second = odd;
            }
            before = c;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: Siting = Siting { left: true, top: None };
    const CENTRE: Siting = Siting { left: false, top: None };

    fn plane(stride: usize, samples: &[u8]) -> Plane<'_> {
        Plane { stride, samples: Cow::Borrowed(samples) }
    }

    fn one(matrix: Matrix, full_range: bool, yuv: [u8; 3]) -> [u8; 3] {
        let [y, cb, cr] = yuv.map(|v| [v]);
        let chroma = Chroma { across: 0, down: 0, cb: plane(1, &cb), cr: plane(1, &cr), siting: LEFT };
        let rgb = to_rgb(1, 1, &plane(1, &y), Some(&chroma), Colour { full_range, matrix, siting: LEFT });
        [rgb[0], rgb[1], rgb[2]]
    }

    /// Worked out in floating point from the definition, for every matrix and range.
    #[test]
    fn matrices_follow_their_definition() {
        for (matrix, kr, kb) in [
            (Matrix::Bt601, 0.299, 0.114),
            (Matrix::Bt709, 0.2126, 0.0722),
            (Matrix::Smpte240, 0.212, 0.087),
            (Matrix::Bt2020, 0.2627, 0.0593),
        ] {
            for full_range in [false, true] {
                let (black, luma_span, chroma_span) = if full_range { (0.0, 255.0, 255.0) } else { (16.0, 219.0, 224.0) };
                for y in (0..=255_u8).step_by(17) {
                    for cb in (0..=255_u8).step_by(15) {
                        for cr in (0..=255_u8).step_by(15) {
                            let l = (f64::from(y) - black) / luma_span;
                            let (u, v) = ((f64::from(cb) - 128.0) / chroma_span, (f64::from(cr) - 128.0) / chroma_span);
                            let (r, b) = (l + 2.0 * (1.0 - kr) * v, l + 2.0 * (1.0 - kb) * u);
                            let g = (l - kr * r - kb * b) / (1.0 - kr - kb);
                            let exact = [r, g, b].map(|c| (255.0 * c).clamp(0.0, 255.0));
                            for (got, exact) in one(matrix, full_range, [y, cb, cr]).into_iter().zip(exact) {
                                assert!((f64::from(got) - exact).abs() <= 0.51, "{matrix:?} {y} {cb} {cr}: {got} for {exact}");
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn identity_planes_are_green_blue_red() {
        assert_eq!(one(Matrix::Identity, true, [1, 2, 3]), [3, 1, 2]);
    }

    #[test]
    fn grey_has_no_colour() {
        let rgb = to_rgb(2, 1, &plane(2, &[16, 235]), None, Colour { full_range: false, matrix: Matrix::Bt709, siting: LEFT });
        assert_eq!(rgb, [0, 0, 0, 255, 255, 255]);
    }

    fn line(siting: Siting, across: u32, down: u32, samples: &[u8], (w, h): (usize, usize), y: usize) -> Vec<f64> {
        let stride = w.div_ceil(1 << across);
        let chroma = Chroma { across, down, cb: plane(stride, samples), cr: plane(stride, samples), siting };
        let mut out = vec![0; w];
        chroma.line(&chroma.cb, y, (w, h), &mut Vec::new(), &mut out);
        out.into_iter().map(|v| f64::from(v) / 16.0).collect()
    }

    /// Samples of a ramp come back as the ramp, away from the borders, wherever they sit.
    #[test]
    fn a_ramp_stays_a_ramp() {
        let samples = [0_u8, 16, 32, 48];
        assert_eq!(line(LEFT, 1, 0, &samples, (8, 1), 0), [0.0, 8.0, 16.0, 24.0, 32.0, 40.0, 48.0, 48.0]);
        assert_eq!(line(CENTRE, 1, 0, &samples, (8, 1), 0), [0.0, 4.0, 12.0, 20.0, 28.0, 36.0, 44.0, 48.0]);
        assert_eq!(line(CENTRE, 1, 0, &samples, (7, 1), 0), [0.0, 4.0, 12.0, 20.0, 28.0, 36.0, 44.0]);
        let column = |siting| -> Vec<f64> { (0..8).map(|y| line(siting, 0, 1, &samples, (1, 8), y)[0]).collect() };
        assert_eq!(column(LEFT), [0.0, 4.0, 12.0, 20.0, 28.0, 36.0, 44.0, 48.0]);
        assert_eq!(column(Siting { left: true, top: Some(true) }), [0.0, 8.0, 16.0, 24.0, 32.0, 40.0, 48.0, 48.0]);
        assert_eq!(column(Siting { left: true, top: Some(false) }), [0.0, 0.0, 8.0, 16.0, 24.0, 32.0, 40.0, 48.0]);
    }
}
