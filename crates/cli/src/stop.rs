//! Ctrl-C and SIGTERM: finish or drop the sample at hand, within seconds.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::outcome::TRY_AGAIN;

/// A spot machine gives little time. What is not done by then is dropped; the next start sweeps it up.
const PATIENCE: Duration = Duration::from_millis(4500);

/// A flag that is set when somebody asks the program to stop.
pub(crate) fn flag() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&stop);
    let installed = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::SeqCst) {
            // Asked twice.
            leave();
        }
        std::thread::spawn(|| {
            std::thread::sleep(PATIENCE);
            // Something waits for what does not come: a driver that hangs, say. The other end may be closed.
            let _ = writeln!(std::io::stderr(), "stopped: what was under way is dropped");
            leave();
        });
    });
    if let Err(e) = installed {
        log::warn!("signals are not handled: {e}");
    }
    stop
}

/// Ends the process at once. `std::process::exit` would run the exit handlers of C and C++ libraries while the driver's threads
/// still work with what these tear down: now and then that ends in a segmentation fault in place of our exit status.
fn leave() {
    signal_hook::low_level::exit(i32::from(TRY_AGAIN))
}
