//! A fault planted in any lobe is found: one expression of `bsdf.wgsl` is replaced by a wrong one, and a question that the shader as
//! it is answers well is answered badly. Fewer samples than in the tests of the shader itself: faults are coarse.

mod bsdf;
mod gpu;
mod statistics;

use bsdf::checks::{follows_pdf, is_reciprocal, sends_on};
use bsdf::{Surface, direction};
use glam::Vec3;
use gpu::with_fault;

const SAMPLES: usize = 100_000;

/// What is asked of a surface.
#[derive(Clone, Copy, Debug)]
enum Question {
    /// Whether samples follow the pdf.
    Pdf(fn() -> Surface),
    /// Whether the surface sends on all that comes in.
    Energy(fn() -> Surface),
    /// Whether it is the same there and back.
    Reciprocity(fn() -> Surface),
    /// Whether so much of white light from a cosine of 0.2 is sent on, in per mille.
    Share(fn() -> Surface, u32),
}
use Question::{Energy, Pdf, Reciprocity, Share};

impl Question {
    fn ask(self) -> Result<(), String> {
        match self {
            // A false alarm in one of a thousand; seeds are fixed.
            Pdf(surface) => follows_pdf(surface(), direction(0.55, 0.4), SAMPLES, 1e-3),
            Energy(surface) => sends_on(surface(), &[0.9, 0.35, 0.12], [0.99, 1.01], SAMPLES),
            Reciprocity(surface) => {
                let directions: Vec<Vec3> = (0..8).map(|i| direction(0.1 + 0.11 * i as f32, 2.4 * i as f32)).collect();
                is_reciprocal(surface(), &directions)
            }
            Share(surface, share) => {
                let share = share as f32 / 1000.0;
                sends_on(surface(), &[0.2], [share - 0.01, share + 0.01], SAMPLES)
            }
        }
    }
}

fn white() -> Surface {
    Surface { base_color: Vec3::ONE, ..Surface::default() }
}

fn plastic() -> Surface {
    Surface { base_color: Vec3::new(0.7, 0.5, 0.3), ..white() }
}

fn smooth_plastic() -> Surface {
    Surface { roughness: 0.0, ..white() }
}

fn metal() -> Surface {
    Surface { metallic: 1.0, ..white() }
}

fn rough_metal() -> Surface {
    Surface { roughness: 1.0, ..metal() }
}

fn glass() -> Surface {
    Surface { transmission: 1.0, ..white() }
}

fn clear_glass() -> Surface {
    Surface { roughness: 0.0, ..glass() }
}

/// What black glass reflects: behind it is nothing.
fn clear_glass_over_black() -> Surface {
    Surface { thin: true, tint: Vec3::ZERO, ..clear_glass() }
}

fn thin_glass() -> Surface {
    Surface { thin: true, ..glass() }
}

fn half_highlight() -> Surface {
    Surface { specular: 0.5, base_color: Vec3::ZERO, ..smooth_plastic() }
}

fn coated() -> Surface {
    Surface { coat: 0.9, coat_roughness: 0.25, ..plastic() }
}

fn coated_black() -> Surface {
    Surface { coat: 1.0, coat_roughness: 0.0, specular: 0.0, base_color: Vec3::ZERO, ..white() }
}

fn coated_mirror() -> Surface {
    Surface { coat: 1.0, coat_roughness: 0.0, roughness: 0.0, ..metal() }
}

#[rustfmt::skip]
const FAULTS: &[(&str, Question, &str, &str)] = &[
    ("left-over: pdf lacks the choice", Pdf(plastic), "pdf = cosine * (1.0 - l.p_specular);", "pdf = cosine;"),
    ("left-over: one side is forgotten", Reciprocity(plastic), "l.left_wo * left_wi / l.left_mean", "l.left_wo / l.left_mean"),
    ("left-over: a tenth too bright", Energy(white), "f = l.rest * (cosine", "f = l.rest * 1.1 * (cosine"),
    ("left-over: directions crowd", Pdf(plastic), "let r = sqrt(u.y);", "let r = u.y;"),
    ("left-over: cosine is forgotten", Pdf(plastic), "let cosine = opaque * cos_i * 0.31830989;", "let cosine = opaque * 0.31830989;"),
    ("choice of the left-over", Pdf(plastic), "(1.0 - l.glass) * l.p_specular", "(1.0 - l.glass) * 0.8 * l.p_specular"),
    ("reflection: pdf a tenth too high", Pdf(metal), "let pdf_lobe = 0.5 * d", "let pdf_lobe = 0.55 * d"),
    ("reflection: normals crowd", Pdf(metal), "* alpha, c.z));", "* (0.9 * alpha), c.z));"),
    ("reflection: a twentieth too bright", Energy(metal), "let f_lobe = d * visible * cos_i;", "let f_lobe = 1.05 * d * visible * cos_i;"),
    ("reflection: distribution is too wide", Energy(metal), "return a2 / (3.14159265 * t * t);", "return a2 / (3.14159265 * t);"),
    ("reflection: masking is forgotten", Energy(metal), "return sqrt(a2 + (1.0 - a2) * cos_theta * cos_theta);", "return cos_theta;"),
    ("reflection: Schlick's power", Energy(white), "return m2 * m2 * m;", "return m2 * m;"),
    ("metal: light between facets", Energy(rough_metal), "l.rest += f_mean * f_mean", "l.rest += 0.9 * f_mean * f_mean"),
    ("mirror over a base: the choice", Energy(smooth_plastic), "/ max(l.p_specular, 1e-6)", "/ 1.0"),
    ("transmission: pdf a tenth too high", Pdf(glass), "* 2.0 / (wo.z + lambda_o)", "* 2.2 / (wo.z + lambda_o)"),
    ("transmission: Jacobian", Pdf(glass), "(denominator * denominator)", "denominator"),
    ("transmission: a tenth too bright", Energy(glass), "visible * 4.0 * cos_i", "visible * 4.4 * cos_i"),
    ("transmission: bent too little", Pdf(glass), "(oh - fg.y) * h", "(oh - 0.95 * fg.y) * h"),
    ("transmission: gain", Energy(glass), "l.glass_gain = 1.0 / select(", "l.glass_gain = 0.95 / select("),
    ("transmission: choice", Pdf(glass), "choice >= l.glass * p_reflect", "choice >= l.glass * fg.x"),
    ("clear glass: reflection is not weighed", Energy(clear_glass), "vec3f(fg.x / p_reflect)", "vec3f(1.0)"),
    ("clear glass: transmission is not weighed", Energy(clear_glass), "(1.0 - fg.x) / max(1.0 - p_reflect, 1e-6)", "1.0 / max(1.0 - p_reflect, 1e-6)"),
    ("clear glass: choice", Energy(clear_glass), "choice >= l.glass * p_reflect", "choice >= l.glass * fg.x"),
    // Reflectance under a cosine of 0.2 is 0.3389 by Fresnel's equations for an index of 1.5; of both faces together 2 r / (1 + r).
    ("Fresnel's equations", Share(clear_glass_over_black, 506), "(1.0 + p * p), g)", "(1.0 + p), g)"),
    ("thin: only one face", Share(clear_glass_over_black, 506), "select(f.x, 2.0 * f.x / (1.0 + f.x), s.thin)", "f.x"),
    ("thin: goes through as it came back", Pdf(thin_glass), "wi.z = -wi.z;", ""),
    ("thin: transmission a tenth too dark", Energy(thin_glass), "s.tint * (glass * (1.0 - fg))", "s.tint * (0.9 * glass * (1.0 - fg))"),
    ("thin: choice", Pdf(thin_glass), "select(l.glass * (1.0 - choice), ", "select(l.glass * choice, "),
    // Half of the highlight of index 1.5 and 0.8^5: 0.02 + 0.48 * 0.3277.
    ("weak highlight: full at grazing", Share(half_highlight, 177), "l.f90 = mix(s.specular, 1.0, metal);", "l.f90 = 1.0;"),
    ("weak highlight: full at right angles", Share(half_highlight, 177), "let f0_dielectric = s.specular * r0 * r0;", "let f0_dielectric = r0 * r0;"),
    ("coat: pdf a fifth too high", Pdf(coated), "pdf += l.p_coat * 0.5 * d", "pdf += l.p_coat * 0.6 * d"),
    ("coat: pdf below it", Pdf(coated), "pdf *= 1.0 - l.p_coat;", ""),
    ("coat: choice", Pdf(coated), "in_coat = choice < l.p_coat;", "in_coat = choice < 0.5 * l.p_coat;"),
    ("coat: light is dimmed on one way only", Reciprocity(coated), "let through = (1.0 - l.p_coat) * ", "let through = "),
    // A smooth coat reflects 0.04 + 0.96 * 0.8^5 = 0.3546 of it, and dims what a mirror below it sends on twice: 0.6454^2 more.
    ("coat: reflects as much again", Share(coated_black, 355), "f += vec3f(s.coat * coat_fresnel(", "f += vec3f(2.0 * s.coat * coat_fresnel("),
    ("coat: a mirror below is not dimmed", Share(coated_mirror, 771), "result.weight *= 1.0 - s.coat * coat_fresnel(abs(wi.z));", ""),
];

#[test]
fn without_a_fault_all_is_well() {
    let wrong: Vec<String> = FAULTS
        .iter()
        .filter_map(|(what, question, ..)| question.ask().err().map(|e| format!("{what}: {question:?}: {e}")))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn faults_are_found() {
    let survivors: Vec<&str> = FAULTS
        .iter()
        .filter(|(_, question, from, to)| with_fault(from, to, || question.ask()).is_ok())
        .map(|fault| fault.0)
        .collect();
    assert_eq!(survivors, [""; 0], "nobody sees these faults");
}
