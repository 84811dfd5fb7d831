//! RGB to YCbCr 4:2:0 in integers: ITU-R BT.709-6, limited range (item 4.6: 219 and 224 steps).
//!
//! Chroma is averaged over pairs of columns and reduced by a bicubic filter over rows, so that it sits in the middle of each
//! 2x2 block, and the stream is tagged so. This is what FFmpeg's scaler makes of RGB (bit for bit but for rounding), and so
//! what viewers and checkers that use it expect; H.264's default, the left column, would differ from them by up to 8 dB more
//! than the coding does on saturated edges.

use ffmpeg_next::frame;

const SHIFT: u32 = 16;

/// round(x * 2^16).
const fn fixed(x: f64) -> i32 {
    let scaled = x * (1 << SHIFT) as f64;
    (if scaled < 0.0 { scaled - 0.5 } else { scaled + 0.5 }) as i32
}

const KR: f64 = 0.2126;
const KB: f64 = 0.0722;
const KG: f64 = 1.0 - KR - KB;
const LUMA: [i32; 3] = [fixed(KR * 219.0 / 255.0), fixed(KG * 219.0 / 255.0), fixed(KB * 219.0 / 255.0)];
const CB_SCALE: f64 = 224.0 / 255.0 / (2.0 * (1.0 - KB));
const CR_SCALE: f64 = 224.0 / 255.0 / (2.0 * (1.0 - KR));
const CB: [i32; 3] = [fixed(-KR * CB_SCALE), fixed(-KG * CB_SCALE), fixed((1.0 - KB) * CB_SCALE)];
const CR: [i32; 3] = [fixed((1.0 - KR) * CR_SCALE), fixed(-KG * CR_SCALE), fixed(-KB * CR_SCALE)];

/// The cubic of Mitchell and Netravali ("Reconstruction filters in computer graphics", 1988) with B = 0, C = 0.6, stretched to
/// twice its width, at the rows -3.5 to 3.5 around a chroma sample: exact as 640ths.
const ROWS: [i32; 8] = [-9, -27, 77, 279, 279, 77, -27, -9];
const ROWS_SUM: i32 = 640;
/// Fractional bits of chroma between the two passes: its magnitude stays below 2^16, and a sum of eight rows in 32 bits.
const BETWEEN: u32 = 8;

fn dot(weights: [i32; 3], rgb: [i32; 3]) -> i32 {
    weights[0] * rgb[0] + weights[1] * rgb[1] + weights[2] * rgb[2]
}

/// Fills a YUV420P frame of the same, even size from packed RGB.
pub(crate) fn rgb_to_yuv(rgb: &[u8], picture: &mut frame::Video) {
    let (width, height) = (picture.width() as usize, picture.height() as usize);

    let stride = picture.stride(0);
    for (row, out) in rgb.chunks_exact(3 * width).zip(picture.data_mut(0).chunks_mut(stride)) {
        for (pixel, y) in row.chunks_exact(3).zip(out) {
            let rgb = [i32::from(pixel[0]), i32::from(pixel[1]), i32::from(pixel[2])];
            *y = (16 + ((dot(LUMA, rgb) + (1 << (SHIFT - 1))) >> SHIFT)) as u8;
        }
    }

    let half = width / 2;
    for (plane, weights) in [(1, CB), (2, CR)] {
        // Across: the mean of each pair.
        let pair = |p: &[u8]| {
            let sum: [i32; 3] = std::array::from_fn(|c| i32::from(p[c]) + i32::from(p[3 + c]));
            (dot(weights, sum) + (1 << (SHIFT - BETWEEN))) >> (SHIFT + 1 - BETWEEN)
        };
        let across: Vec<i32> = rgb.chunks_exact(6).map(pair).collect();
        // Down: the filter, the border rows repeated.
        let stride = picture.stride(plane);
        let mut sums = vec![0_i32; half];
        for (j, out) in picture.data_mut(plane).chunks_mut(stride).take(height / 2).enumerate() {
            sums.fill(0);
            for (tap, weight) in ROWS.into_iter().enumerate() {
                let row = (2 * j + tap).saturating_sub(3).min(height - 1);
                for (sum, &c) in sums.iter_mut().zip(&across[row * half..][..half]) {
                    *sum += weight * c;
                }
            }
            for (out, &sum) in out.iter_mut().zip(&sums) {
                let rounded = (sum + (ROWS_SUM << BETWEEN) / 2).div_euclid(ROWS_SUM << BETWEEN);
                // The filter overshoots at edges; 0 and 255 are not for pictures.
                *out = (128 + rounded).clamp(1, 254) as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ffmpeg_next::format::Pixel;

    fn flat(rgb: [u8; 3]) -> [u8; 3] {
        let mut picture = frame::Video::new(Pixel::YUV420P, 16, 16);
        rgb_to_yuv(&rgb.repeat(16 * 16), &mut picture);
        std::array::from_fn(|plane| {
            let data = picture.data(plane);
            assert!(data[..if plane == 0 { 16 } else { 8 }].iter().all(|&v| v == data[0]));
            data[0]
        })
    }

    /// The 100 % colour bars of BT.709.
    #[test]
    fn colour_bars_have_their_published_codes() {
        for (rgb, yuv) in [
            ([255, 255, 255], [235, 128, 128]),
            ([255, 255, 0], [219, 16, 138]),
            ([0, 255, 255], [188, 154, 16]),
            ([0, 255, 0], [173, 42, 26]),
            ([255, 0, 255], [78, 214, 230]),
            ([255, 0, 0], [63, 102, 240]),
            ([0, 0, 255], [32, 240, 118]),
            ([0, 0, 0], [16, 128, 128]),
        ] {
            assert_eq!(flat(rgb), yuv, "{rgb:?}");
        }
    }

    /// Every grey is without chroma, and every flat colour stays within the legal codes.
    #[test]
    fn codes_stay_legal() {
        let steps = [0_u8, 1, 17, 64, 127, 128, 200, 254, 255];
        for r in steps {
            for g in steps {
                for b in steps {
                    let [y, cb, cr] = flat([r, g, b]);
                    assert!((16..=235).contains(&y) && (16..=240).contains(&cb) && (16..=240).contains(&cr));
                    assert!(r != g || g != b || (cb, cr) == (128, 128));
                }
            }
        }
    }

    /// A red half: an edge between two pairs leaves chroma sharp, one inside a pair gives the middle.
    #[test]
    fn chroma_sits_in_the_middle_of_its_pair() {
        for (edge, cr) in [(8, [240, 240, 240, 240, 128, 128, 128, 128]), (7, [240, 240, 240, 184, 128, 128, 128, 128])] {
            let mut picture = frame::Video::new(Pixel::YUV420P, 16, 16);
            let row: Vec<u8> = (0..16).flat_map(|x| if x < edge { [255, 0, 0] } else { [0, 0, 0] }).collect();
            rgb_to_yuv(&row.repeat(16), &mut picture);
            assert_eq!(picture.data(2)[..8], cr);
        }
    }
}
