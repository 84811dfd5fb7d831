//! Wavelengths have the colours of the standard observer and bend as their Abbe number says.

mod gpu;

use glam::{Mat3, Vec3, Vec4};
use gpu::{Scene, gpu};

const KERNEL: &str = include_str!("kernels/spectrum.wgsl");

/// For each index, dispersion and wavelength its colour, and the index there.
fn run(cases: &[[f32; 3]]) -> Vec<Vec4> {
    let input: Vec<f32> = cases.iter().flat_map(|&[ior, dispersion, wavelength]| [ior, dispersion, wavelength, 0.0]).collect();
    let out = gpu().run(KERNEL, &[], &Scene::default(), &input, 4 * cases.len(), cases.len().div_ceil(64) as u32);
    out.chunks_exact(4).map(Vec4::from_slice).collect()
}

/// The Abbe number is defined by the lines d, F and C of Fraunhofer: `V = (n_d - 1) / (n_F - n_C)`.
#[test]
fn the_abbe_number_is_kept() {
    // BK7 and SF11.
    for (ior, abbe) in [(1.5168, 64.17), (1.7847, 25.68)] {
        let dispersion = 20.0 / abbe;
        let n: Vec<f32> = run(&[587.56, 486.13, 656.27, 0.0].map(|w| [ior, dispersion, w])).iter().map(|v| v.w).collect();
        assert!((n[0] - ior).abs() < 1e-5 && n[3] == ior, "{n:?}");
        assert!(((ior - 1.0) / (n[1] - n[2]) / abbe - 1.0).abs() < 0.002, "{n:?} for {abbe}");
    }
    assert_eq!(run(&[[1.5, 0.0, 400.0]])[0].w, 1.5, "without dispersion all are bent alike");
}

/// Colours against the tables of the CIE's observer of 1931 (2°), which the approximation follows within a hundredth.
#[test]
fn wavelengths_have_the_colours_of_the_standard_observer() {
    const TABLE: [(f32, Vec3); 8] = [
        (420.0, Vec3::new(0.134_38, 0.004_00, 0.645_60)),
        (450.0, Vec3::new(0.336_20, 0.038_00, 1.772_11)),
        (480.0, Vec3::new(0.095_64, 0.139_02, 0.812_95)),
        (500.0, Vec3::new(0.004_90, 0.323_00, 0.272_00)),
        (520.0, Vec3::new(0.063_27, 0.710_00, 0.078_25)),
        (550.0, Vec3::new(0.433_45, 0.994_95, 0.008_75)),
        (600.0, Vec3::new(1.062_20, 0.631_00, 0.000_80)),
        (650.0, Vec3::new(0.283_50, 0.107_00, 0.000_00)),
    ];
    // XYZ to linear Rec. 709, by rows.
    let to_rgb = Mat3::from_cols_array(&[
        3.240_454_2,
        -1.537_138_5,
        -0.498_531_4,
        -0.969_266,
        1.876_010_8,
        0.041_556,
        0.055_643_4,
        -0.204_025_9,
        1.057_225_2,
    ])
    .transpose();
    // The table's sum over all nanometres is 106.86 each; the mean over 330 of them is to be white.
    let scale = 330.0 / (106.86 * (to_rgb * Vec3::ONE));
    for ((wavelength, xyz), got) in TABLE.iter().zip(run(&TABLE.map(|(w, _)| [1.5, 0.0, w]))) {
        let got = to_rgb.inverse() * (got.truncate() / scale);
        assert!((got - *xyz).abs().max_element() < 0.02, "{wavelength} nm: {got}, not {xyz}");
    }
}
