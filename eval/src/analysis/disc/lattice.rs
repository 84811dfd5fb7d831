//! Where a disc, the ring around it and its outline are sampled.

use std::sync::LazyLock;

/// Sample points of the unit disc, and of the ring around it.
pub(super) static INSIDE: [[f32; 2]; 69] = lattice::<69>(0.0, 0.86, 0.18);
pub(super) static AROUND: [[f32; 2]; 76] = lattice::<76>(1.15, 1.5, 0.2);

/// Directions around the disc, as sample points of the unit circle.
pub(super) static RIM: LazyLock<[[f32; 2]; 48]> = LazyLock::new(|| {
    std::array::from_fn(|i| {
        let angle = i as f32 / 48.0 * std::f32::consts::TAU;
        [libm::cosf(angle), libm::sinf(angle)]
    })
});

/// The lattice points of a pitch whose distance from the centre lies in a range. `N` must be their number.
const fn lattice<const N: usize>(inner: f32, outer: f32, pitch: f32) -> [[f32; 2]; N] {
    let mut out = [[0.0; 2]; N];
    let mut count = 0;
    let mut i = -9;
    while i <= 9 {
        let mut j = -9;
        while j <= 9 {
            let (x, y) = (i as f32 * pitch, j as f32 * pitch);
            let square = x * x + y * y;
            if square >= inner * inner && square <= outer * outer {
                out[count] = [x, y];
                count += 1;
            }
            j += 1;
        }
        i += 1;
    }
    assert!(count == N);
    out
}
