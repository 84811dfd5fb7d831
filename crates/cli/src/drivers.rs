//! A software driver that was put beside the program, as in archives that bring one.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

use crate::args::Command as Asked;

/// Where the driver says what it is, beside the program.
const BESIDE: &str = "lib/lavapipe/lavapipe.json";
/// By which a loader is told of drivers, newer ones and older ones.
const NAMED_BY: [&str; 3] = ["VK_DRIVER_FILES", "VK_ADD_DRIVER_FILES", "VK_ICD_FILENAMES"];

/// If Vulkan finds no adapter, begins again with the driver beside the program. Returns where there is none, where it is not needed, and where the
/// environment names drivers: a driver is found through the environment alone, which a program cannot change once it runs.
pub(crate) fn fall_back(asked: &Asked) {
    let renders =
        matches!(asked, Asked::Generate(_) | Asked::Controls(_) | Asked::Doctor(_) | Asked::Bench(_) | Asked::Render(_));
    if !renders || NAMED_BY.iter().any(|name| std::env::var_os(name).is_some()) {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let Some(driver) = program.parent().map(|folder| folder.join(BESIDE)).filter(|path| path.is_file()) else { return };
    if !raytruth_render::adapters().is_empty() {
        return;
    }
    log::info!("no adapter: the software driver beside the program is used");
    let mut again = Command::new(&program);
    again.args(std::env::args_os().skip(1)).env(NAMED_BY[0], &driver).env(NAMED_BY[2], &driver);
    let failed = again.exec();
    log::warn!("cannot begin again with {}: {failed}", driver.display());
}
