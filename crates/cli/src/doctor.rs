//! `raytruth doctor`: has this machine what it takes, and what to install where it has not.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use raytruth_render::{AdapterReport, SelfTest, adapters, self_test};
use raytruth_video::Versions;
use serde::Serialize;

use crate::args::Doctor;
use crate::device::{newer_mesa, options};
use crate::outcome::{DONE, FAILED};

/// Everything found.
#[derive(Serialize)]
struct Findings {
    version: &'static str,
    commit: &'static str,
    adapters: Vec<AdapterReport>,
    self_test: Result<SelfTest, String>,
    video: Result<Versions, String>,
    /// Whether samples can be made here.
    ok: bool,
    /// What to do.
    advice: Vec<String>,
}

pub(crate) fn run(args: &Doctor) -> Result<ExitCode> {
    let adapters = adapters();
    let self_test = self_test(&options(&args.device)).map_err(|e| e.to_string());
    let video = raytruth_video::self_check().map_err(|e| e.to_string());
    let ok = self_test.is_ok() && video.is_ok();
    let advice = advice(&adapters, &self_test, &video);
    let findings = Findings {
        version: env!("CARGO_PKG_VERSION"),
        commit: env!("RAYTRUTH_GIT_COMMIT"),
        adapters,
        self_test,
        video,
        ok,
        advice,
    };
    let text = if args.json { serde_json::to_string_pretty(&findings)? + "\n" } else { to_text(&findings) };
    std::io::stdout().write_all(text.as_bytes()).context("cannot print")?;
    Ok(ExitCode::from(if ok { DONE } else { FAILED }))
}

fn to_text(f: &Findings) -> String {
    let mut text = format!("raytruth {} ({})\n\ngraphics adapters\n", f.version, f.commit);
    if f.adapters.is_empty() {
        text += "  none\n";
    }
    for (i, a) in f.adapters.iter().enumerate() {
        text += &format!("  {i}: {}, {}, {}, {} {}\n", a.name, a.device_type, a.backend, a.driver, a.driver_info);
        let bus = if a.pci_bus.is_empty() { String::new() } else { format!(" at {}", a.pci_bus) };
        let rays = match (a.is_software(), a.ray_queries) {
            (true, _) => "",
            (false, true) => "; ray queries, which are not needed",
            (false, false) => "; no ray queries, which is normal for data-centre cards: none are needed",
        };
        text += &format!("    PCI {}{bus}{rays}\n", a.pci_id);
        text += &format!(
            "    textures up to {}, buffers up to {} MiB, bindings up to {} MiB, {} storage buffers a stage\n",
            a.limits.max_texture_dimension_2d,
            a.limits.max_buffer_size >> 20,
            a.limits.max_storage_buffer_binding_size >> 20,
            a.limits.max_storage_buffers_per_shader_stage
        );
    }
    text += "\nself-test\n";
    text += &match &f.self_test {
        Ok(test) => format!("  fine: {} answered rightly after {:.0} ms\n", test.adapter.name, test.milliseconds),
        Err(e) => format!("  failed: {e}\n"),
    };
    text += "\nvideo\n";
    text += &match &f.video {
        Ok(v) => format!(
            "  fine: libavcodec {}, libavformat {}, x264 {}\n",
            v.libavcodec,
            v.libavformat,
            v.x264.as_deref().unwrap_or("of unknown build")
        ),
        Err(e) => format!("  failed: {e}\n"),
    };
    for hint in &f.advice {
        text += &format!("\n- {hint}");
    }
    text += if f.ok { "\nThis machine can make samples.\n" } else { "\nThis machine cannot make samples yet.\n" };
    text
}

fn advice(adapters: &[AdapterReport], test: &Result<SelfTest, String>, video: &Result<Versions, String>) -> Vec<String> {
    let mut advice = Vec::new();
    let no_gpu = adapters.iter().all(AdapterReport::is_software);
    if adapters.is_empty() {
        advice.push(install("a Vulkan driver (Mesa's software driver serves where there is no GPU)", VULKAN));
    }
    if no_gpu && nvidia_present() {
        advice.push(
            "an NVIDIA GPU is here but no Vulkan driver for it: in a container set NVIDIA_DRIVER_CAPABILITIES=all (or add \
             `graphics`) before it starts, and see that /usr/share/vulkan/icd.d/nvidia_icd.json and libGLX_nvidia.so.0 are inside; \
             on a machine of your own install the driver's GL part (Debian: nvidia-vulkan-icd)"
                .into(),
        );
    }
    if let Some(hint) = adapters.iter().find_map(newer_mesa).filter(|_| no_gpu) {
        advice.push(hint);
    }
    if let (Err(e), false) = (test, adapters.is_empty()) {
        advice.push(format!("an adapter is here but does not work ({e}): update its driver, or choose another with --device"));
    }
    if video.is_err() {
        advice.push(install("FFmpeg's libraries with x264", FFMPEG));
    }
    advice
}

/// Package names: apt, dnf, brew.
type Packages = [(&'static str, &'static str); 3];
const VULKAN: Packages = [
    ("/usr/bin/apt-get", "apt-get install libvulkan1 mesa-vulkan-drivers"),
    ("/usr/bin/dnf", "dnf install vulkan-loader mesa-vulkan-drivers"),
    ("/opt/homebrew/bin/brew", "nothing: macOS renders through Metal"),
];
const FFMPEG: Packages = [
    ("/usr/bin/apt-get", "apt-get install libavcodec-extra libavformat-dev libavcodec-dev libswscale-dev"),
    ("/usr/bin/dnf", "dnf install ffmpeg-libs ffmpeg-devel (from RPM Fusion)"),
    ("/opt/homebrew/bin/brew", "brew install ffmpeg"),
];

/// What to type on this machine; all of them where it is unknown.
fn install(what: &str, packages: Packages) -> String {
    let here = packages.iter().find(|(tool, _)| Path::new(tool).exists());
    let commands = here.map_or_else(|| packages.map(|(_, command)| command).join(", or "), |(_, command)| (*command).to_owned());
    format!("install {what}: {commands}")
}

fn nvidia_present() -> bool {
    ["/dev/nvidia0", "/dev/nvidiactl", "/proc/driver/nvidia/version"].iter().any(|path| Path::new(path).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let advice = advice(&[], &Err("none".into()), &Err("no x264".into())).join("\n");
        assert!(advice.contains("Vulkan driver") && advice.contains("x264"), "{advice}");
    }
}
