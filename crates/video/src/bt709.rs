//! RGB to Y'CbCr 4:2:0 in integers: ITU-R BT.709-6, limited range (item 4.6: 219 and 224 steps).
//!
//! Chroma sits at the left column of each pair and half-way between the two rows, H.264's default (chroma_sample_loc_type 0),
//! so it is filtered (1 2 1)/4 across and (1 1)/2 down.

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

fn dot(weights: [i32; 3], rgb: [i32; 3]) -> i32 {
    weights[0] * rgb[0] + weights[1] * rgb[1] + weights[2] * rgb[2]
}

/// Fills a YUV420P frame of the same, even size from packed RGB.
pub(crate) fn rgb_to_yuv(rgb: &[u8], picture: &mut frame::Video) {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let row_bytes = 3 * width;

    let stride = picture.stride(0);
    for (row, out) in rgb.chunks_exact(row_bytes).zip(picture.data_mut(0).chunks_mut(stride)) {
        for (pixel, y) in row.chunks_exact(3).zip(out) {
            let rgb = [i32::from(pixel[0]), i32::from(pixel[1]), i32::from(pixel[2])];
            *y = (16 + ((dot(LUMA, rgb) + (1 << (SHIFT - 1))) >> SHIFT)) as u8;
        }
    }

    let mut chroma = [vec![0_u8; width / 2], vec![0_u8; width / 2]];
    for j in 0..height / 2 {
        let top = &rgb[2 * j * row_bytes..][..row_bytes];
        let bottom = &rgb[(2 * j + 1) * row_bytes..][..row_bytes];
        let column = |x: usize| -> [i32; 3] { std::array::from_fn(|c| i32::from(top[3 * x + c]) + i32::from(bottom[3 * x + c])) };
        let mut left = column(0);
        for i in 0..width / 2 {
            let (here, right) = (column(2 * i), column(2 * i + 1));
            // Eight times the filtered colour.
            let sum: [i32; 3] = std::array::from_fn(|c| left[c] + 2 * here[c] + right[c]);
            left = right;
            let step = |weights| (128 + ((dot(weights, sum) + (1 << (SHIFT + 2))) >> (SHIFT + 3))) as u8;
            chroma[0][i] = step(CB);
            chroma[1][i] = step(CR);
        }
        for (plane, row) in chroma.iter().enumerate() {
            let stride = picture.stride(plane + 1);
            picture.data_mut(plane + 1)[j * stride..][..width / 2].copy_from_slice(row);
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

    /// The 100 % colour bars of BT.709 (EBU Tech 3299 lists them in 8 bits).
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

    /// Every grey is without chroma, and every colour stays within the legal codes.
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

    /// A red left half: the chroma sample on the edge's right side sees a quarter of the red, the one left of it all.
    #[test]
    fn chroma_sits_on_the_left_column() {
        let mut picture = frame::Video::new(Pixel::YUV420P, 16, 16);
        let row: Vec<u8> = (0..16).flat_map(|x| if x < 8 { [255, 0, 0] } else { [0, 0, 0] }).collect();
        rgb_to_yuv(&row.repeat(16), &mut picture);
        assert_eq!(picture.data(2)[..8], [240, 240, 240, 240, 156, 128, 128, 128]);
    }
}
