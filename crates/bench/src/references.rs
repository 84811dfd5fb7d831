//! The reference pictures that come with the program, one below the other in two PNG files, colours and ids, and what else is known of them.
//! Written by `cargo run --release -p raytruth-bench --example references`.

use std::collections::BTreeMap;
use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};
use raytruth_render::Renderer;
use serde::{Deserialize, Serialize};

use crate::BenchError;
use crate::correct::{Limits, Picture, SIZE, SUBJECTS, apart, render};

const COLORS: &[u8] = include_bytes!("../references/colors.png");
const IDS: &[u8] = include_bytes!("../references/ids.png");
const KNOWN: &str = include_str!("../references/references.json");

/// How much of what another seed differs by FLIP may be: noise grows with the root of its paths, so that a quarter of them may go elsewhere.
const FLIP: f64 = 0.5;
/// How much the mean radiance may be off at least, and how often what another seed is off by: colours differ by chance, and may do so little.
const ENERGY: (f64, f64) = (0.004, 3.0);

/// By subject, what is expected of each of its frames.
pub type Expected = BTreeMap<String, Vec<(Picture, Limits)>>;

#[derive(Serialize, Deserialize)]
struct Known {
    /// On what the pictures were rendered.
    adapter: String,
    /// By subject, a value a frame.
    frames: BTreeMap<String, Vec<KnownFrame>>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct KnownFrame {
    /// Mean radiance, linear Rec. 709.
    radiance: [f64; 3],
    /// From what a picture with another seed differs by.
    limits: Limits,
}

/// What comes with the program, and on what it was rendered.
///
/// # Errors
/// Where the files do not fit together.
pub fn stored() -> Result<(Expected, String), BenchError> {
    let bad = |what: String| BenchError::Reference(format!("the stored references: {what}"));
    let known: Known = serde_json::from_str(KNOWN).map_err(|e| bad(e.to_string()))?;
    let read = |bytes| image::load_from_memory_with_format(bytes, ImageFormat::Png).map_err(|e| bad(e.to_string()));
    let (colors, ids) = (read(COLORS)?.into_rgb8(), read(IDS)?.into_luma8());
    let pixels = (SIZE.0 * SIZE.1) as usize;
    let mut pictures = colors.as_raw().chunks_exact(3 * pixels).zip(ids.as_raw().chunks_exact(pixels));
    let mut expected = Expected::new();
    for subject in &SUBJECTS {
        let known = known.frames.get(subject.name).filter(|known| known.len() == subject.frames.len());
        let known = known.ok_or_else(|| bad(format!("there is not one for each frame of {}", subject.name)))?;
        let frames = known.iter().map(|KnownFrame { radiance, limits }| {
            let (rgb, ids) = pictures.next().ok_or_else(|| bad("a picture is missing".into()))?;
            let ids = ids.iter().copied().map(u16::from).collect();
            Ok((Picture { rgb: rgb.to_vec(), radiance: *radiance, ids }, *limits))
        });
        expected.insert(subject.name.into(), frames.collect::<Result<_, BenchError>>()?);
    }
    Ok((expected, known.adapter))
}

/// The same of a device at hand.
///
/// # Errors
/// What goes wrong on the device.
pub fn of(renderer: &Renderer) -> Result<Expected, BenchError> {
    let one = |subject| {
        let [first, other] = [render(renderer, subject, 0)?, render(renderer, subject, 1)?];
        let limits = |(a, b): (&Picture, &Picture)| {
            let Limits { flip, energy } = apart(b, a);
            Limits { flip: FLIP * flip, energy: ENERGY.0.max(ENERGY.1 * energy) }
        };
        let limits: Vec<Limits> = first.iter().zip(&other).map(limits).collect();
        Ok((subject.name.to_owned(), first.into_iter().zip(limits).collect()))
    };
    SUBJECTS.iter().map(one).collect()
}

/// The files of a set, by their names.
///
/// # Errors
/// Where a picture cannot be written as PNG.
pub fn files(expected: &Expected, adapter: &str) -> Result<[(&'static str, Vec<u8>); 3], BenchError> {
    let bad = |what: String| BenchError::Reference(format!("references to be written: {what}"));
    let all: Vec<&(Picture, Limits)> = SUBJECTS.iter().flat_map(|s| expected.get(s.name).into_iter().flatten()).collect();
    let colors = all.iter().flat_map(|(p, _)| p.rgb.iter().copied()).collect();
    let ids: Result<Vec<u8>, _> = all.iter().flat_map(|(p, _)| p.ids.iter().map(|id| u8::try_from(*id))).collect();
    let ids = ids.map_err(|_| bad("an object's id is above 255".into()))?;
    let height = SIZE.1 * all.len() as u32;
    let png = |image: Option<DynamicImage>| {
        let mut bytes = Cursor::new(Vec::new());
        let image = image.ok_or_else(|| bad("a picture is not whole".into()))?;
        image.write_to(&mut bytes, ImageFormat::Png).map_err(|e| bad(e.to_string()))?;
        Ok::<_, BenchError>(bytes.into_inner())
    };
    let frames = |pictures: &[(Picture, Limits)]| {
        pictures.iter().map(|(p, limits)| KnownFrame { radiance: p.radiance, limits: *limits }).collect()
    };
    let known = Known { adapter: adapter.into(), frames: expected.iter().map(|(name, p)| (name.clone(), frames(p))).collect() };
    Ok([
        ("colors.png", png(RgbImage::from_raw(SIZE.0, height, colors).map(DynamicImage::from))?),
        ("ids.png", png(GrayImage::from_raw(SIZE.0, height, ids).map(DynamicImage::from))?),
        ("references.json", serde_json::to_vec_pretty(&known).map_err(|e| bad(e.to_string()))?),
    ])
}
