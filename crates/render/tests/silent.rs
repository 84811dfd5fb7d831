//! Opening a device prints nothing, desktop or not: Mesa's layer that orders devices is not made to look for a window system.
#![cfg(target_os = "linux")]

use std::process::{Command, Stdio};

use raytruth_render::{DeviceChoice, DeviceOptions, Renderer};

/// Run in a process of its own by the test below.
#[test]
#[ignore = "the process that the test below looks at"]
fn opens() {
    let device = DeviceChoice::Software;
    Renderer::new(&DeviceOptions { device, ..DeviceOptions::default() }).expect("a software adapter is installed");
}

#[test]
fn opening_a_device_prints_nothing() {
    let output = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "opens", "--ignored", "--nocapture"])
        // A desktop that cannot be reached: what the layer complains about.
        .env("WAYLAND_DISPLAY", "nowhere")
        .env_remove("XDG_RUNTIME_DIR")
        .env_remove("NODEVICE_SELECT")
        .stdin(Stdio::null())
        .output()
        .expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
