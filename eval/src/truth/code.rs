//! The code of label maps: rows xored with the row above (or the map with the entry before), runs, one zlib stream, base64.
//!
//! The runs are pairs (length, value) of unsigned LEB128 numbers over the labels of all entries, one after the other. Upright edges
//! vanish under the xor of rows, what stands still under that of entries.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use serde::{Deserialize, Serialize};

/// Effort of the compression: the runs are short, so the most there is.
const LEVEL: u8 = 10;
/// Most labels of all entries together, so that a file cannot ask for any amount of memory.
pub const MAX_LABELS: usize = 1 << 27;

/// Label maps as they stand in the truth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodedMaps {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// First frame that each entry holds for: 0, and growing.
    pub frames: Vec<u32>,
    /// Whether each entry is xored with the one before, instead of each of its rows with the row above.
    pub from_previous: Vec<bool>,
    /// The runs, deflated (RFC 1950), in base64.
    pub data: String,
}

impl CodedMaps {
    /// Codes the labels of all entries.
    pub(super) fn pack(width: usize, height: usize, frames: &[u32], cells: &[u8]) -> Self {
        let size = width * height;
        let mut runs = Runs::default();
        let mut from_previous = Vec::with_capacity(frames.len());
        for entry in 0..frames.len() {
            let map = &cells[entry * size..(entry + 1) * size];
            let by_row: Vec<u8> = (0..size).map(|at| map[at] ^ if at < width { 0 } else { map[at - width] }).collect();
            let by_entry: Option<Vec<u8>> =
                (entry > 0).then(|| map.iter().zip(&cells[(entry - 1) * size..entry * size]).map(|(a, b)| a ^ b).collect());
            let shorter = by_entry.filter(|coded| changes(coded) <= changes(&by_row));
            from_previous.push(shorter.is_some());
            runs.add(&shorter.unwrap_or(by_row));
        }
        let data = STANDARD.encode(compress_to_vec_zlib(&runs.finish(), LEVEL));
        Self { width: width as u32, height: height as u32, frames: frames.to_vec(), from_previous, data }
    }

    /// The labels of all entries.
    ///
    /// # Errors
    /// What is wrong with the code, in a sentence.
    pub(super) fn unpack(&self) -> Result<Vec<u8>, String> {
        let (width, size) = (self.width as usize, self.width as usize * self.height as usize);
        let wanted = size.saturating_mul(self.frames.len());
        if wanted > MAX_LABELS {
            return Err(format!("truth.maps has {} entries of {size} pixels: too many", self.frames.len()));
        }
        let packed = STANDARD.decode(&self.data).map_err(|e| format!("truth.maps.data is not base64: {e}"))?;
        // A run has at most three bytes for each of its labels.
        let runs = decompress_to_vec_zlib_with_limit(&packed, wanted.saturating_mul(3).saturating_add(16))
            .map_err(|e| format!("truth.maps.data does not inflate: {e}"))?;
        let mut cells = vec![0_u8; wanted];
        let mut at = 0;
        let mut numbers = runs.iter();
        while at < wanted {
            let (length, value) = (number(&mut numbers)?, number(&mut numbers)?);
            let end = at.checked_add(length).filter(|&end| length > 0 && end <= wanted);
            let (Some(end), Ok(value)) = (end, u8::try_from(value)) else {
                return Err(format!("truth.maps.data has a run of {length} times {value} at label {at} of {wanted}"));
            };
            if value != 0 {
                cells[at..end].fill(value);
            }
            at = end;
        }
        if numbers.next().is_some() {
            return Err("truth.maps.data has more labels than pixels".to_owned());
        }
        for entry in 0..self.frames.len() {
            let start = entry * size;
            if self.from_previous[entry] {
                let (before, map) = cells[start.saturating_sub(size)..].split_at_mut(size);
                map[..size].iter_mut().zip(before).for_each(|(m, b)| *m ^= *b);
            } else {
                let map = &mut cells[start..start + size];
                for y in 1..self.height as usize {
                    let (above, row) = map[(y - 1) * width..(y + 1) * width].split_at_mut(width);
                    row.iter_mut().zip(above).for_each(|(m, a)| *m ^= *a);
                }
            }
        }
        Ok(cells)
    }
}

fn changes(cells: &[u8]) -> usize {
    cells.windows(2).filter(|w| w[0] != w[1]).count()
}

/// Runs under way: the last may go on in the next entry.
#[derive(Default)]
struct Runs {
    bytes: Vec<u8>,
    length: usize,
    value: u8,
}

impl Runs {
    fn add(&mut self, cells: &[u8]) {
        for part in cells.chunk_by(|a, b| a == b) {
            if self.length > 0 && self.value != part[0] {
                self.close();
            }
            self.value = part[0];
            self.length += part.len();
        }
    }

    fn close(&mut self) {
        for mut number in [self.length, usize::from(self.value)] {
            while number > 127 {
                self.bytes.push((number & 127) as u8 | 128);
                number >>= 7;
            }
            self.bytes.push(number as u8);
        }
        self.length = 0;
    }

    fn finish(mut self) -> Vec<u8> {
        if self.length > 0 {
            self.close();
        }
        self.bytes
    }
}

/// One LEB128 number.
fn number(bytes: &mut std::slice::Iter<'_, u8>) -> Result<usize, String> {
    let mut value = 0_usize;
    for shift in (0..35).step_by(7) {
        let byte = *bytes.next().ok_or("truth.maps.data ends before the last pixel")?;
        value |= usize::from(byte & 127) << shift;
        if byte < 128 {
            return Ok(value);
        }
    }
    Err("truth.maps.data has a number of more than five bytes".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(count: usize, labels: u32) -> Vec<u8> {
        let mut state = 7_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % labels
        };
        (0..count).map(|_| next() as u8).collect()
    }

    #[test]
    fn whatever_is_packed_is_unpacked() {
        for (width, height, entries) in [(1, 1, 1), (7, 5, 1), (7, 5, 4), (31, 17, 3)] {
            let frames: Vec<u32> = (0..entries as u32).map(|e| e * 3).collect();
            let size = width * height;
            let mut maps = vec![vec![0; size * entries], noise(size * entries, 256), noise(size * entries, 2)];
            // Stripes, and a first map that stays.
            maps.push((0..size * entries).map(|at| (at % width % 3) as u8).collect());
            maps.push((0..entries).flat_map(|_| noise(size, 5)).collect());
            for cells in maps {
                let coded = CodedMaps::pack(width, height, &frames, &cells);
                assert_eq!(coded.unpack().as_ref(), Ok(&cells), "{width}x{height}, {entries} entries");
            }
        }
    }

    #[test]
    fn what_stands_still_costs_next_to_nothing() {
        let map = noise(480 * 300, 9);
        let one = CodedMaps::pack(480, 300, &[0], &map);
        let again = CodedMaps::pack(480, 300, &[0, 1], &[map.clone(), map].concat());
        assert!(again.data.len() < one.data.len() + 64, "{} {}", again.data.len(), one.data.len());
        assert_eq!(again.from_previous, [false, true]);
    }

    #[test]
    fn hostile_data_is_refused() {
        let good = CodedMaps::pack(8, 8, &[0, 1], &noise(128, 3));
        let with = |data: String| CodedMaps { data, ..good.clone() }.unpack();
        let runs = |bytes: &[u8]| with(STANDARD.encode(compress_to_vec_zlib(bytes, 6)));
        assert!(with("%%%".into()).is_err_and(|e| e.contains("base64")));
        assert!(with(STANDARD.encode([1, 2, 3])).is_err_and(|e| e.contains("inflate")));
        assert!(with(good.data[..good.data.len() / 2].to_owned()).is_err());
        assert!(runs(&[128, 1]).is_err_and(|e| e.contains("ends before")), "half a number");
        assert!(runs(&[127, 1]).is_err_and(|e| e.contains("ends before")), "too few");
        assert!(runs(&[127, 1, 1, 0, 1, 0]).is_err_and(|e| e.contains("more labels")));
        assert!(runs(&[0, 1, 127, 1, 1, 0]).is_err_and(|e| e.contains("a run of 0")));
        assert!(runs(&[128, 2, 1]).is_err_and(|e| e.contains("a run of 256")), "longer than all");
        assert!(runs(&[127, 128, 2, 1, 0]).is_err_and(|e| e.contains("times 256")), "no label");
        assert!(runs(&[255, 255, 255, 255, 255, 1, 0]).is_err_and(|e| e.contains("five bytes")));
        assert!(runs(&vec![1; 4096]).is_err_and(|e| e.contains("inflate")), "a bomb is not blown up");
        let huge = CodedMaps { width: 400, height: 300, frames: vec![0; 3000], ..good.clone() };
        assert!(huge.unpack().is_err_and(|e| e.contains("too many")));
    }
}
