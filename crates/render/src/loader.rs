//! Vulkan's loader: the system's, or one that was put beside the program.

use std::path::PathBuf;
use std::sync::Once;

/// As wgpu asks for it.
const NAME: &str = "libvulkan.so.1";

/// Sees to it that who asks for the loader by its name gets one: if the system has none, that which lies in `lib/vulkan` beside the program, as
/// in archives that bring all they need. Containers with a GPU often have its driver and no loader.
pub(crate) fn find() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if load(NAME.into()) {
            return;
        }
        let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("lib/vulkan").join(NAME)));
        match beside.filter(|path| path.is_file()) {
            Some(path) if load(path.clone()) => log::info!("Vulkan's loader is {}: the system has none", path.display()),
            Some(path) => log::warn!("Vulkan's loader {} cannot be loaded", path.display()),
            None => log::debug!("no Vulkan loader"),
        }
    });
}

/// Loads a library for good: what is loaded under a name is found by that name.
fn load(path: PathBuf) -> bool {
    #[allow(unsafe_code, reason = "there is no safe way to load a library; see SAFETY")]
    // SAFETY: libloading asks that what a library does as it is loaded and unloaded is sound. This is Vulkan's loader, which wgpu loads by
    // the same call and the same name in any case; it is never unloaded.
    let library = unsafe { libloading::Library::new(path) };
    library.map(std::mem::forget).is_ok()
}
