//! Values that options may have, and how they are read.

use std::ops::RangeInclusive;

use clap::ValueEnum;
use raytruth_bench::Part;
use raytruth_dataset::pass_files::PassFormat;
use raytruth_dataset::{Extra, PRESETS, Preset};
use raytruth_render::{DeviceChoice, Pass, Profile, View};
use raytruth_task::{Difficulties, Split};

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum TargetArg {
    /// Blender and Cycles: lamps and sky are meshes that shine
    Blender,
    /// Viewers on the web: punctual lights in candela, the sky as an image-based light
    Web,
}

impl From<TargetArg> for raytruth_gltf::Target {
    fn from(arg: TargetArg) -> Self {
        match arg {
            TargetArg::Blender => Self::Blender,
            TargetArg::Web => Self::Web,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum ProfileArg {
    /// 12 bounces, indirect light clamped
    Look,
    /// Unbounded and unclamped
    Proof,
}

impl From<ProfileArg> for Profile {
    fn from(arg: ProfileArg) -> Self {
        match arg {
            ProfileArg::Look => Self::Look,
            ProfileArg::Proof => Self::Proof,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum PassFormatArg {
    /// 16-bit PNG
    Png,
    /// 32-bit float OpenEXR
    Exr,
    /// EXR for metres and pixels, PNG for ids, colours and normals, as extras/passes/
    Mixed,
}

impl From<PassFormatArg> for PassFormat {
    fn from(arg: PassFormatArg) -> Self {
        match arg {
            PassFormatArg::Png => Self::Png,
            PassFormatArg::Exr => Self::Exr,
            PassFormatArg::Mixed => Self::Mixed,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum ViewArg {
    /// Khronos PBR Neutral
    Neutral,
    /// AgX, Blender's default look
    Agx,
    /// The sRGB curve alone
    Srgb,
}

impl From<ViewArg> for View {
    fn from(arg: ViewArg) -> Self {
        match arg {
            ViewArg::Neutral => Self::Neutral,
            ViewArg::Agx => Self::Agx,
            ViewArg::Srgb => Self::Srgb,
        }
    }
}

pub(super) fn parse_preset(name: &str) -> Result<Preset, String> {
    let known = || PRESETS.map(|p| p.name).join(", ");
    PRESETS.into_iter().find(|p| p.name == name).ok_or_else(|| format!("there are: {}", known()))
}

pub(super) fn parse_device(text: &str) -> Result<DeviceChoice, std::convert::Infallible> {
    text.parse()
}

pub(super) fn parse_part(name: &str) -> Result<Part, String> {
    let known = || Part::ALL.map(Part::name).join(", ");
    Part::ALL.into_iter().find(|p| p.name() == name.trim()).ok_or_else(|| format!("there are: {}", known()))
}

pub(super) fn preset_help() -> String {
    let mut help = String::from("Size, length and quality by name:");
    for p in PRESETS {
        let c = p.clip;
        let before = if p.before_split > 0 { format!(" ({} before the split)", p.before_split) } else { String::new() };
        help += &format!(
            "\n  {:11} {}x{}, at least {} frames{before} at {} fps, {} paths a pixel: {}",
            p.name, c.width, c.height, c.frames, c.fps, p.samples_per_pixel, p.about
        );
    }
    help
}

pub(super) fn parse_size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once(['x', 'X']).and_then(|(w, h)| Some((w.trim().parse().ok()?, h.trim().parse().ok()?)));
    sides.ok_or_else(|| "a size is WIDTHxHEIGHT in pixels, like 800x500".into())
}

/// One frame's number, or the first and the last of several.
pub(super) fn parse_frames(text: &str) -> Result<RangeInclusive<u32>, String> {
    let ends = match text.split_once('-') {
        Some((first, last)) => first.parse().ok().zip(last.parse().ok()),
        None => text.parse().ok().map(|frame| (frame, frame)),
    };
    let (first, last) =
        ends.filter(|(first, last)| first <= last).ok_or("a frame's number, like 40, or the first and the last, like 40-44")?;
    Ok(first..=last)
}

pub(super) fn parse_difficulties(name: &str) -> Result<Difficulties, String> {
    let known = || Difficulties::ALL.map(Difficulties::name).join(", ");
    Difficulties::ALL.into_iter().find(|d| d.name() == name).ok_or_else(|| format!("there are: {}", known()))
}

pub(super) fn parse_split(name: &str) -> Result<Split, String> {
    let known = || Split::ALL.map(Split::name).join(", ");
    Split::ALL.into_iter().find(|s| s.name() == name).ok_or_else(|| format!("there are: {}", known()))
}

pub(super) fn parse_extra(name: &str) -> Result<Extra, String> {
    let known = || Extra::ALL.map(Extra::name).join(", ");
    Extra::ALL.into_iter().find(|e| e.name() == name.trim()).ok_or_else(|| format!("there are: {}", known()))
}

pub(super) fn parse_pass(name: &str) -> Result<Pass, String> {
    let known = || Pass::ALL.map(Pass::name).join(", ");
    Pass::ALL.into_iter().find(|p| p.name() == name.trim()).ok_or_else(|| format!("there are: {}", known()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!(parse_size("800x500"), Ok((800, 500)));
        assert!(parse_size("800").is_err() && parse_size("-1x5").is_err() && parse_size("axb").is_err());
    }
}
