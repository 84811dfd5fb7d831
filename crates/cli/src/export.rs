//! `raytruth export`: a scene, wherever it comes from, for other programs.

use std::process::ExitCode;

use anyhow::{Result, bail};
use raytruth_gltf::ExportOptions;

use crate::args::Export;
use crate::outcome::Usage;
use crate::output_file::{check_folder, write_whole};
use crate::scene_file;

pub(crate) fn run(args: &Export) -> Result<ExitCode> {
    let json = match args.output.extension().and_then(|e| e.to_str()) {
        Some("glb") => false,
        Some("json") => true,
        _ => bail!(Usage(format!("--output {}: a name ending in .glb or .json", args.output.display()))),
    };
    if json && args.target.is_some() {
        bail!(Usage(format!("--for: {} is read by this program alone", args.output.display())));
    }
    check_folder(&args.output)?;
    let job = scene_file::load(&args.scene)?;
    let aspect = job.settings.width as f32 / job.settings.height as f32;
    let bytes = if json {
        (job.scene.to_json() + "\n").into_bytes()
    } else {
        let target = args.target.map_or_else(Default::default, Into::into);
        let options = ExportOptions { target, aspect, ..ExportOptions::default() };
        for lost in raytruth_gltf::losses(&job.scene, &options) {
            eprintln!("{}: {lost}", args.output.display());
        }
        raytruth_gltf::to_glb_bytes(&job.scene, &options)?
    };
    write_whole(&args.output, &bytes)?;
    let animation = if job.frames > 1 { format!(", {} frames at {} a second", job.frames, job.fps) } else { String::new() };
    eprintln!("{}: {} objects{animation}", args.output.display(), job.scene.objects.len());
    Ok(ExitCode::SUCCESS)
}
