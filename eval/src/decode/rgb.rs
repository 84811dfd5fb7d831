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

// All in 16 bits, for which every x86-64 and ARM has vector instructions: a product is the upper half of 32 bits. The bits after
// the point of its factors are chosen so that they add up to 16 + SUM_BITS.
/// Of interpolated chroma: quarters down times quarters across.
const CHROMA_BITS: u32 = 4;
const NEUTRAL: i16 = 128 << CHROMA_BITS;
/// Of chroma as a factor: -128 to 127 just fit.
const CHROMA_FACTOR_BITS: u32 = 8;
/// Of luma as a factor: -16 to 255 fit.
const LUMA_FACTOR_BITS: u32 = 7;
/// Of the colours before they are rounded.
const SUM_BITS: u32 = 5;
/// Of chroma's coefficients; the largest, 2.15, fits.
const CHROMA_COEFFICIENT_BITS: u32 = 16 + SUM_BITS - CHROMA_FACTOR_BITS;
/// Of luma's, at most 1.17.
const LUMA_COEFFICIENT_BITS: u32 = 16 + SUM_BITS - LUMA_FACTOR_BITS;

/// Pixels worked on together.
const LANES: usize = 16;

/// The inverse of the mixing. One copy a lane: read from memory, the compiler sees that 16-bit products will do.
struct Coefficients {
    black: i16,
    luma: [i16; LANES],
    cr_to_r: [i16; LANES],
    cb_to_g: [i16; LANES],
    cr_to_g: [i16; LANES],
    cb_to_b: [i16; LANES],
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
        // numerator / denominator * 255 / span, rounded; all are positive.
        let fixed = |numerator: i64, denominator: i64, span: i64, bits: u32| {
            let (n, d) = ((numerator * 255) << bits, denominator * span);
            ((2 * n + d) / (2 * d)) as i16
        };
        let chroma = |numerator, denominator| fixed(numerator, denominator, chroma_span, CHROMA_COEFFICIENT_BITS);
        Self {
            black: if full_range { 0 } else { 16 },
            luma: [fixed(1, 1, luma_span, LUMA_COEFFICIENT_BITS); LANES],
            cr_to_r: [chroma(2 * (10_000 - kr), 10_000); LANES],
            cb_to_b: [chroma(2 * (10_000 - kb), 10_000); LANES],
            cr_to_g: [-chroma(2 * (10_000 - kr) * kr, 10_000 * kg); LANES],
            cb_to_g: [-chroma(2 * (10_000 - kb) * kb, 10_000 * kg); LANES],
        }
    }

    /// A block of luma and chroma to packed RGB.
    #[inline(never)]
    fn block(&self, luma: &[u8; LANES], cb: &[i16; LANES], cr: &[i16; LANES], out: &mut [u8; 3 * LANES]) {
        let product = |a: i16, b: i16| ((i32::from(a) * i32::from(b)) >> 16) as i16;
        let narrow = |v: i16| (v >> SUM_BITS).clamp(0, 255) as u8;
        let mut rgb = [[0_u8; LANES]; 3];
        for i in 0..LANES {
            // Half for rounding, and what the products lose by rounding down: half of their last bit each, two of them on average.
            let y = product((i16::from(luma[i]) - self.black) << LUMA_FACTOR_BITS, self.luma[i]) + (1 << (SUM_BITS - 1)) + 1;
            let [cb, cr] = [cb[i], cr[i]].map(|c| (c - NEUTRAL) << (CHROMA_FACTOR_BITS - CHROMA_BITS));
            rgb[0][i] = narrow(y + product(cr, self.cr_to_r[i]));
            rgb[1][i] = narrow(y + product(cb, self.cb_to_g[i]) + product(cr, self.cr_to_g[i]));
            rgb[2][i] = narrow(y + product(cb, self.cb_to_b[i]));
        }
        for (i, out) in out.chunks_exact_mut(3).enumerate() {
            out.copy_from_slice(&[rgb[0][i], rgb[1][i], rgb[2][i]]);
        }
    }

    /// A row of luma and chroma to packed RGB.
    fn row(&self, luma: &[u8], cb: &[i16], cr: &[i16], out: &mut [u8]) {
        let (mut luma_blocks, mut out_blocks) = (luma.chunks_exact(LANES), out.chunks_exact_mut(3 * LANES));
        let chroma = cb.chunks_exact(LANES).zip(cr.chunks_exact(LANES));
        for ((y, (cb, cr)), out) in (&mut luma_blocks).zip(chroma).zip(&mut out_blocks) {
            if let (Ok(y), Ok(cb), Ok(cr), Ok(out)) = (y.try_into(), cb.try_into(), cr.try_into(), out.try_into()) {
                self.block(y, cb, cr, out);
            }
        }
        // What is left of the row, in a block of its own.
        let rest = luma_blocks.remainder();
        let at = luma.len() - rest.len();
        let (mut y, mut u, mut v, mut rgb) = ([0; LANES], [NEUTRAL; LANES], [NEUTRAL; LANES], [0; 3 * LANES]);
        y[..rest.len()].copy_from_slice(rest);
        u[..rest.len()].copy_from_slice(&cb[at..][..rest.len()]);
        v[..rest.len()].copy_from_slice(&cr[at..][..rest.len()]);
        self.block(&y, &u, &v, &mut rgb);
        out[3 * at..].copy_from_slice(&rgb[..3 * rest.len()]);
    }
}

/// The picture as packed RGB. Without chroma it is grey.
pub(super) fn to_rgb(width: usize, height: usize, luma: &Plane<'_>, chroma: Option<&Chroma<'_>>, colour: Colour) -> Vec<u8> {
    let mut rgb = vec![0; 3 * width * height];
    let coefficients = Coefficients::new(colour.matrix, colour.full_range);
    // One more sample where the width is odd.
    let mut lines = [vec![NEUTRAL; width + 1], vec![NEUTRAL; width + 1]];
    let mut blend = Vec::new();
    for (y, out) in rgb.chunks_exact_mut(3 * width).enumerate() {
        if let Some(chroma) = chroma {
            for (plane, line) in [&chroma.cb, &chroma.cr].into_iter().zip(&mut lines) {
                chroma.line(plane, y, (width, height), &mut blend, line);
            }
        }
        let luma = luma.row(y, width);
        if colour.matrix == Matrix::Identity && chroma.is_some() {
            let samples = luma.iter().zip(&lines[0]).zip(&lines[1]);
            for (out, ((&g, &b), &r)) in out.chunks_exact_mut(3).zip(samples) {
                out.copy_from_slice(&[(r >> CHROMA_BITS) as u8, g, (b >> CHROMA_BITS) as u8]);
            }
            continue;
        }
        coefficients.row(luma, &lines[0], &lines[1], out);
    }
    rgb
}

impl Chroma<'_> {
    /// Row `y` of a chroma plane at full width (and one more, if that is odd), in sixteenths. `blend` is room to work in.
    fn line(&self, plane: &Plane<'_>, y: usize, (width, height): (usize, usize), blend: &mut Vec<i16>, line: &mut [i16]) {
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
        let pair = plane.row(here, w).iter().zip(plane.row(other, w));
        let quarters = pair.map(|(&a, &b)| (4 - share) * i16::from(a) + share * i16::from(b));
        if self.across == 0 {
            line.iter_mut().zip(quarters).for_each(|(out, c)| *out = 4 * c);
            return;
        }
        // Across: the same with columns, the border ones repeated.
        blend.clear();
        blend.push(0);
        blend.extend(quarters);
        blend[0] = blend[1];
        blend.push(blend[w]);
        let outs = line.chunks_exact_mut(2).zip(blend.windows(3));
        if self.siting.left {
            outs.for_each(|(out, c)| out.copy_from_slice(&[4 * c[1], 2 * (c[1] + c[2])]));
        } else {
            outs.for_each(|(out, c)| out.copy_from_slice(&[c[0] + 3 * c[1], 3 * c[1] + c[2]]));
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
                                assert!((f64::from(got) - exact).abs() <= 0.6, "{matrix:?} {y} {cb} {cr}: {got} for {exact}");
                            }
                        }
                    }
                }
            }
        }
    }

    /// Blocks and what is left of a row give what each pixel gives alone.
    #[test]
    fn width_does_not_matter() {
        let samples = |seed: usize| -> Vec<u8> { (0..37).map(|i| (i * 89 + seed * 57) as u8).collect() };
        let [y, cb, cr] = [samples(1), samples(2), samples(3)];
        let chroma = Chroma { across: 0, down: 0, cb: plane(37, &cb), cr: plane(37, &cr), siting: LEFT };
        let colour = Colour { full_range: false, matrix: Matrix::Bt709, siting: LEFT };
        let row = to_rgb(37, 1, &plane(37, &y), Some(&chroma), colour);
        for (i, pixel) in row.chunks(3).enumerate() {
            assert_eq!(pixel, one(Matrix::Bt709, false, [y[i], cb[i], cr[i]]));
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
        let mut out = vec![0; w + 1];
        chroma.line(&chroma.cb, y, (w, h), &mut Vec::new(), &mut out);
        out.truncate(w);
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
