//! Passes as files.
//!
//! Each file is called `{name}_{frame:05}.{png|exr}`. PNG holds 16-bit numbers `v`; EXR holds 32-bit floats, compressed without
//! loss (ZIP), in the units of [`Passes`].
//!
//! | name | PNG | EXR channels | where there is nothing |
//! |---|---|---|---|
//! | `depth` | grey: millimetres along the camera's axis; 65535 for 65.535 m and more | `Y`: metres | PNG 0, EXR infinite |
//! | `normal` | RGB: world normal `n = 2 v / 65535 − 1` | `R G B`: x, y, z | PNG 32768 (zero), EXR 0 |
//! | `albedo` | RGB: base colour, linear Rec. 709, `v / 65535` | `R G B` | 0 |
//! | `object_id` | grey: the object's id | `Y` | 0 |
//! | `flow_forward`, `flow_backward` | RGB as KITTI has it: x = (R − 32768) / 64 pixels right, y = (G − 32768) / 64 down, B = 1 | `R`: x, `G`: y, `B`: 1 | no flow, or in PNG one of 512 pixels and more: all 0 |
//! | `coord` | RGB: (v − 32768) / 4000 metres in the object's own frame; up to ±8.19 m, what is farther is held there | `R G B`: metres, `A`: 1 | all 0 |
//! | `specular_id` | grey: id of the object seen through mirrors and glass | `Y` | 0 |
//! | `specular_throughput` | RGB: fraction of its light that arrives, linear Rec. 709, `v / 65535` | `R G B` | (of the background) |

use image::ExtendedColorType;
use raytruth_render::Passes;

use crate::picture::{Channel, exr, png_16};
use crate::staging::Staging;
use crate::{Error, Result};

/// How passes are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PassFormat {
    /// 16-bit PNG: small, and opens everywhere.
    Png,
    /// OpenEXR: every value as it is.
    Exr,
    /// EXR for metres and pixels (depth, coordinates, flow), PNG for ids, colours and normals. What `extras/passes/` holds.
    Mixed,
}

/// A file's name without frame and extension, its extension, and its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassFile {
    /// `depth`, ...
    pub name: &'static str,
    /// `png` or `exr`.
    pub extension: &'static str,
    /// The whole file.
    pub bytes: Vec<u8>,
}

impl PassFile {
    /// `depth_00007.png`.
    #[must_use]
    pub fn file_name(&self, frame: u32) -> String {
        format!("{}_{frame:05}.{}", self.name, self.extension)
    }
}

/// One frame's passes as files: those that are not empty.
///
/// # Errors
/// Where a pass has not as many values as the picture has pixels.
pub fn pass_files(size: (u32, u32), passes: &Passes, format: PassFormat) -> Result<Vec<PassFile>> {
    let all = [
        ("depth", Values::Depth(&passes.depth)),
        ("normal", Values::Normals(&passes.normal)),
        ("albedo", Values::Colors(&passes.albedo)),
        ("object_id", Values::Ids(&passes.object_id)),
        ("flow_forward", Values::Flow(&passes.flow_forward)),
        ("flow_backward", Values::Flow(&passes.flow_backward)),
        ("coord", Values::Coord(&passes.coord)),
        ("specular_id", Values::Ids(&passes.specular_id)),
        ("specular_throughput", Values::Colors(&passes.specular_throughput)),
    ];
    let mut files = Vec::new();
    for (name, values) in all {
        let count = values.len();
        if count == 0 {
            continue;
        }
        if count as u64 != u64::from(size.0) * u64::from(size.1) {
            return Err(Error::Internal(format!("pass {name} of a {}x{} picture has {count} pixels", size.0, size.1)));
        }
        let as_png = match format {
            PassFormat::Png => true,
            PassFormat::Exr => false,
            PassFormat::Mixed => matches!(values, Values::Normals(_) | Values::Colors(_) | Values::Ids(_)),
        };
        let (extension, bytes) = if as_png { ("png", values.png(size)?) } else { ("exr", values.exr(size)?) };
        files.push(PassFile { name, extension, bytes });
    }
    Ok(files)
}

/// One frame's passes under `extras/passes/`.
pub(crate) fn write_passes(staging: &Staging, frame: u32, size: (u32, u32), passes: &Passes) -> Result<()> {
    for file in pass_files(size, passes, PassFormat::Mixed)? {
        staging.write(&format!("extras/passes/{}", file.file_name(frame)), &file.bytes)?;
    }
    Ok(())
}

/// A pass by what its numbers are.
enum Values<'a> {
    Depth(&'a [f32]),
    Normals(&'a [[f32; 3]]),
    Colors(&'a [[f32; 3]]),
    Ids(&'a [u16]),
    Flow(&'a [Option<[f32; 2]>]),
    Coord(&'a [Option<[f32; 3]>]),
}

impl Values<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Depth(values) => values.len(),
            Self::Normals(values) | Self::Colors(values) => values.len(),
            Self::Ids(values) => values.len(),
            Self::Flow(values) => values.len(),
            Self::Coord(values) => values.len(),
        }
    }

    fn png(&self, size: (u32, u32)) -> Result<Vec<u8>> {
        // Casts hold at the ends, and take NaN for 0.
        let unit = |x: f32| (x.clamp(0.0, 1.0) * 65535.0).round() as u16;
        let scaled = |x: f32, steps: f32| (x * steps).round() + 32768.0;
        let rgb = |values: Vec<u16>| png_16(size, &values, ExtendedColorType::Rgb16);
        let grey = |values: &[u16]| png_16(size, values, ExtendedColorType::L16);
        match self {
            Self::Depth(values) => {
                let millimetres = |z: f32| if z.is_finite() { (z * 1000.0).round().max(1.0) as u16 } else { 0 };
                grey(&values.iter().map(|z| millimetres(*z)).collect::<Vec<_>>())
            }
            Self::Normals(values) => rgb(values.iter().flatten().map(|n| unit(0.5 * n + 0.5)).collect()),
            Self::Colors(values) => rgb(values.iter().flatten().map(|c| unit(*c)).collect()),
            Self::Ids(values) => grey(values),
            Self::Flow(values) => {
                let held = |v: f32| (0.0..=65535.0).contains(&v);
                let pixel = |flow: &Option<[f32; 2]>| match flow.map(|f| f.map(|x| scaled(x, FLOW_STEPS))) {
                    Some([x, y]) if held(x) && held(y) => [x as u16, y as u16, 1],
                    _ => [0; 3],
                };
                rgb(values.iter().flat_map(pixel).collect())
            }
            Self::Coord(values) => {
                let pixel = |p: &Option<[f32; 3]>| p.map_or([0; 3], |p| p.map(|x| scaled(x, COORD_STEPS).max(1.0) as u16));
                rgb(values.iter().flat_map(pixel).collect())
            }
        }
    }

    fn exr(&self, size: (u32, u32)) -> Result<Vec<u8>> {
        match self {
            Self::Depth(values) => exr(size, vec![("Y", values.to_vec())]),
            Self::Ids(values) => exr(size, vec![("Y", values.iter().map(|id| f32::from(*id)).collect())]),
            Self::Normals(values) | Self::Colors(values) => exr(size, channels(["R", "G", "B"], values.iter().copied())),
            Self::Flow(values) => {
                let pixel = |flow: &Option<[f32; 2]>| flow.map_or([0.0; 3], |[x, y]| [x, y, 1.0]);
                exr(size, channels(["R", "G", "B"], values.iter().map(pixel)))
            }
            Self::Coord(values) => {
                let pixel = |p: &Option<[f32; 3]>| p.map_or([0.0; 4], |[x, y, z]| [x, y, z, 1.0]);
                exr(size, channels(["R", "G", "B", "A"], values.iter().map(pixel)))
            }
        }
    }
}

/// Steps per pixel, and per metre.
const FLOW_STEPS: f32 = 64.0;
const COORD_STEPS: f32 = 4000.0;

/// Pixels taken apart into channels.
fn channels<const N: usize>(names: [&'static str; N], pixels: impl Iterator<Item = [f32; N]> + Clone) -> Vec<Channel> {
    names.into_iter().enumerate().map(|(i, name)| (name, pixels.clone().map(|p| p[i]).collect())).collect()
}

#[cfg(test)]
#[path = "pass_files_tests.rs"]
mod tests;
