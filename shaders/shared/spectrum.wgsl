// Wavelengths, for glass whose index depends on them. A path that meets such glass is of one wavelength from there on.

// Nanometres.
const SPECTRUM_FIRST = 390.0;
const SPECTRUM_LAST = 720.0;

// Linear Rec. 709 of light of one wavelength; its mean from first to last is white. The observer by Wyman, Sloan, Shirley, "Simple
// Analytic Approximations to the CIE XYZ Color Matching Functions", JCGT 2(2), 2013. What lies outside of the colour space is negative.
fn spectral_color(wavelength: f32) -> vec3f {
    let x = 1.056 * spectral_bump(wavelength, 599.8, 37.9, 31.0) + 0.362 * spectral_bump(wavelength, 442.0, 16.0, 26.7)
        - 0.065 * spectral_bump(wavelength, 501.1, 20.4, 26.2);
    let y = 0.821 * spectral_bump(wavelength, 568.8, 46.9, 40.5) + 0.286 * spectral_bump(wavelength, 530.9, 16.3, 31.1);
    let z = 1.217 * spectral_bump(wavelength, 437.0, 11.8, 36.0) + 0.681 * spectral_bump(wavelength, 459.0, 26.0, 13.8);
    let rgb = vec3f(3.2404542 * x - 1.5371385 * y - 0.4985314 * z, -0.9692660 * x + 1.8760108 * y + 0.0415560 * z,
        0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
    return rgb * vec3f(2.5700511, 3.2505311, 3.4043822);
}

fn spectral_bump(wavelength: f32, middle: f32, below: f32, above: f32) -> f32 {
    let t = (wavelength - middle) / select(above, below, wavelength < middle);
    return exp(-0.5 * t * t);
}

// Cauchy's formula through the index at 587.6 nm and the Abbe number, 20 / `dispersion` (`KHR_materials_dispersion`).
fn dispersed_ior(ior: f32, dispersion: f32, wavelength: f32) -> f32 {
    if dispersion == 0.0 || wavelength == 0.0 {
        return ior;
    }
    return max(ior + (ior - 1.0) * (dispersion / 20.0) * (523655.0 / (wavelength * wavelength) - 1.5168), 1.0);
}
