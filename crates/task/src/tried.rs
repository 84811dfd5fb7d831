//! Setting something up again until it is clear: most that is drawn has no room, and to see that takes little.

use crate::Rejection;

/// The first of so many that is taken, at least one.
///
/// # Errors
/// The last [`Rejection`], if none is.
pub fn tried<T>(times: u32, mut one: impl FnMut() -> Result<T, Rejection>) -> Result<T, Rejection> {
    let mut last = one();
    for _ in 1..times {
        if last.is_ok() {
            break;
        }
        last = one();
    }
    last
}
