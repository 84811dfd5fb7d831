//! Writes the reference pictures anew, with the software adapter: after a change of the renderer that is meant to change pictures.

use std::path::Path;

use raytruth_bench::references;
use raytruth_render::{DeviceChoice, DeviceOptions, Renderer};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let renderer = Renderer::new(&DeviceOptions { device: DeviceChoice::Software, ..DeviceOptions::default() })?;
    let adapter = renderer.adapter();
    let on = format!("{} ({})", adapter.name, adapter.driver_info);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("references");
    for (name, bytes) in references::files(&references::of(&renderer)?, &on)? {
        std::fs::write(folder.join(name), bytes)?;
    }
    println!("written by {on} to {}", folder.display());
    Ok(())
}
