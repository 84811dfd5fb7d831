//! Faults planted in the path tracing kernel make a test fail. Each is one expression of the WGSL replaced by a wrong one.

use raytruth_scene::Shape;

use super::estimators::{BOTH, NO_NEE, ONLY_NEE, disagreement, estimate};
use super::{furnace, scenes};

/// What is wrong; in which scene, and against which estimator it shows; the expression; what stands in its place.
type Mutant = (&'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const LIGHTS: &[Mutant] = &[
    ("a rectangle's density lacks the cosine", "rectangle, matte", NO_NEE, "probability * d2 / (axis_v.w * cos_light)", "probability * d2 / axis_v.w"),
    ("a rectangle that is met has half its density", "rectangle, matte", ONLY_NEE, "chosen_at(i, ray.origin, pdf) * t * t", "0.5 * chosen_at(i, ray.origin, pdf) * t * t"),
    ("a ball's density is a tenth too high", "ball, metal", NO_NEE, "1.0 / (2.0 * PI * one_minus_cos_max)", "1.1 / (2.0 * PI * one_minus_cos_max)"),
    ("a ball that is met has half its density", "ball, metal", ONLY_NEE, "1.0 / (2.0 * PI * cone_width(", "0.5 / (2.0 * PI * cone_width("),
    ("the sun's density is a tenth too high", "sun, plastic", NO_NEE, "vec4f(dir, 1.0 / (", "vec4f(dir, 1.1 / ("),
    ("the sun that is met has half its density", "sun, plastic", NO_NEE, "select(0.0, 1.0 / (6.2831853", "select(0.0, 0.5 / (6.2831853"),
    ("the choice of the sun is not counted", "sun, plastic", NO_NEE, "sun.w * probability", "sun.w"),
    ("a spot that is met shines all round", "spot, plastic", NO_NEE, "share = in_cone(axis_v, ray.direction);", ""),
    ("a spot shines all round", "spot, plastic", NO_NEE, "share * radiance, ball", "radiance, ball"),
    ("the choice of a light is not counted", "sun, plastic", NO_NEE, "probability * d2 / (", "d2 / ("),
    ("an emissive triangle's density lacks the cosine", "shining shapes", NO_NEE, "weight * d2 / cosine, cosine > 1.0e-6), moves, group)", "weight * d2, true), moves, group)"),
    ("an emissive triangle that is met lacks the cosine", "shining shapes", NO_NEE, "weight * hit.t * hit.t / cosine", "weight * hit.t * hit.t"),
    ("an emissive ball that is met has a quarter of its density", "shining shapes", NO_NEE, "weight * 4.0 * PI * r2", "weight * PI * r2"),
    ("what is turned away is chosen too, but not counted", "shining box", NO_NEE, "dot(plane.xyz, p) + plane.w > 0.0);", "true);"),
    ("a face that is met has the density of all faces", "shining box", ONLY_NEE, "/ emitters_facing(ray.origin)", ""),
    ("a shadow ray meets what shines on it", "shining shapes", NO_NEE, "- 2.0 * length(origin - v.p.position)", ""),
    ("the density of a picture's cells is a tenth too high", "picture around", NO_NEE, "* frame.env_map.z", "* 1.1 * frame.env_map.z"),
    ("a shining ball's density from within is a tenth too high", "within a shining ball", ONLY_NEE, "let pdf = select(0.0, weight * d2 / cosine", "let pdf = select(0.0, 1.1 * weight * d2 / cosine"),
    ("points of a shining ball crowd", "within a shining ball", NO_NEE, "let z = 1.0 - 2.0 * u.x;", "let z = 1.0 - 2.0 * u.x * u.x;"),
    ("a lamp with gaps counts as if sampled", "lamps with images and gaps", NO_NEE, "s.emission_mapped = load4(base, 5u).w != NO_GAPS;", "s.emission_mapped = false;"),
    ("a lamp with an image counts as if sampled", "lamps with images and gaps", NO_NEE, "(*s).emission_mapped = true;", ""),
    ("light behind a surface without effect counts as if sampled", "a bubble in water", NO_NEE, "                pdf = 0.0;\n                passed += 1u;", "                passed += 1u;"),
    ("the choice of the picture is not counted", "picture around", ONLY_NEE, "let other = control.sky_probability * sky.pdf;", "let other = 4.0 * sky.pdf;"),
    ("a portal does not count the others that lead there", "portals", NO_NEE, "way.pdf + portals_pdf(p, way.direction, chosen.index)", "way.pdf"),
    ("the sky through portals counts as if never sampled", "portals", NO_NEE, "mis_weight(pdf, portals_pdf(ray.origin, direction, NO_LIGHT))", "1.0"),
    ("a light that is met was chosen as everywhere", "portals", NO_NEE, "return light_choice(i, p);", "return 9.0 * light_choice(i, p);"),
    ("the sun that is met was chosen as everywhere", "portals", NO_NEE, "probability = sky_choice(ray.origin);", "probability = 0.1 * control.sky_probability;"),
    ("half of the random numbers choose", "portals", NO_NEE, "let at = select(u - (last - first), u, u < first);", "let at = 0.5 * u;"),
    ("portals count the picture many times", "a picture through portals", NO_NEE, "pdf + sky_choice(p) * sky.pdf", "pdf + 9.0 * sky_choice(p) * sky.pdf"),
    ("the picture that is met does not count portals", "a picture through portals", NO_NEE, "sky_choice(ray.origin) * sky.pdf + portals_pdf(ray.origin, direction, NO_LIGHT)", "sky_choice(ray.origin) * sky.pdf"),
    ("the sky takes what belongs to what shines", "portals", NO_NEE, "let for_sky = chosen.index != NO_LIGHT;", "let for_sky = false;"),
    ("the choice of the picture beside portals is not counted", "a picture through portals", NO_NEE, "sky.pdf * probability + portals_pdf(p", "sky.pdf + portals_pdf(p"),
    ("the sun's light on a patch counts as if not sampled from the sun", "sun into a box", ONLY_NEE, "other = length(vec2f(other, v.sunlit", "other = length(vec2f(other, 0.0 * v.sunlit"),
    ("the sun that is met counts as if not sampled from the sun", "sun into a box", ONLY_NEE, "sunlit_pdf = sunlit * sunbeam_density(", "sunlit_pdf = 0.0 * sunbeam_density("),
    ("a sunbeam counts as if nothing else led there", "sun into a box", ONLY_NEE, "let other = f.pdf * length(vec2f(", "let other = 0.0 * length(vec2f("),
    ("a sunbeam counts as if nothing else led on to the sun", "sun into a box", ONLY_NEE, "select(f_lit.pdf / sun_density, 0.0, last)", "0.0"),
    ("a sunbeam's density is thrice what it is", "sun into a box", ONLY_NEE, "return density * cosine / control.sunlit_area;", "return 3.0 * density * cosine / control.sunlit_area;"),
    ("a sunbeam through two portals counts once", "sun into a box", ONLY_NEE, "density += select(0.0, facing / along,", "density = select(density, facing / along,"),
    ("sunbeams come from so far that they miss", "nothing but the sun", ONLY_NEE, "65536.0 / frame.grid_scale", "65536.0 * frame.grid_scale"),
    ("a sunbeam goes through walls", "sun into a box", ONLY_NEE, "pdf > 0.0 && !occluded(", "pdf > 0.0 || !occluded("),
];

#[rustfmt::skip]
const TRANSPORT: &[Mutant] = &[
    ("weights of the strategies do not add up to 1", "ball, metal", ONLY_NEE, "let ratio = other / pdf;", "let ratio = 0.7 * other / pdf;"),
    ("direct light counts twice", "disk, coat", ONLY_NEE, "mis_weight(light.pdf, other)", "1.0"),
    ("direct light lacks the cosine", "rectangle, matte", NO_NEE, "beta * f.f_cos * arriving", "beta * f.f_cos / abs(wi.z) * arriving"),
    ("the surface's density is forgotten", "ball, metal", ONLY_NEE, "pdf = select(next.pdf, 0.0, is_delta);", "pdf = 1.0;"),
    ("what absorbs leaves light that is sampled directly", "coloured water", NO_NEE, "select(v.medium_beyond, v.medium, wi.z > 0.0)", "vec3f(0.0)"),
    ("what absorbs leaves light that is met", "coloured water", NO_NEE, "of_group(seen * transmittance(medium, distance - t_min), kind >> 16u)", "of_group(seen, kind >> 16u)"),
    ("gaps let all light through that is sampled directly", "gaps", NO_NEE, "(through * weight)", "weight"),
    ("gaps let none of it through", "gaps", NO_NEE, "through = mix(vec3f(1.0), through, opacity_at(hit, p.material));", ""),
    ("a light behind a gap is as near as the gap", "gaps", NO_NEE, "hit.t += before;", ""),
    ("light that is sampled within water is not divided", "coloured water", NO_NEE, "light.radiance * (1.0 / (ior * ior))", "light.radiance"),
    ("light that is met within water is not divided", "coloured water", NO_NEE, "tinted(beta * inv_n2, seen)", "tinted(beta, seen)"),
    ("panes take nothing from light that is sampled", "panes before a lamp", NO_NEE, "through = thin_transmittance(", "through = vec3f(1.0) + 0.0 * thin_transmittance("),
    ("the far side of a bubble takes nothing", "panes before a lamp", NO_NEE, "if other > t && other < reach {", "if false {"),
    ("light through a pane counts twice", "panes before a lamp", NO_NEE, "before += hit.t;", "before += hit.t; pdf = 0.0;"),
    ("a light behind a pane is as near as the pane", "panes before a lamp", NO_NEE, "before += hit.t;", "before += 9.0 * hit.t;"),
    ("a pane's tint is forgotten where it is sampled", "panes before a lamp", NO_NEE, "var through = s.tint * (glass", "var through = vec3f(glass"),
    ("a growing emitter behind a pane has the density of the pane's place", "lamps that grow behind panes", NO_NEE, "changing_pdf(from_source, whole_way,", "changing_pdf(ray, hit,"),
    ("an emitter behind panes is as near as the last of them", "lamps that grow behind panes", NO_NEE, "let whole_way = Hit(before + hit.t,", "let whole_way = Hit(hit.t,"),
    ("of several panes the last alone is on the way", "lamps that grow behind panes", NO_NEE, "before += hit.t;", "before = hit.t;"),
    ("light within rough glass is absorbed as outside", "a lamp within rough glass", NO_NEE, "transmittance(select(v.medium_beyond, v.medium, wi.z > 0.0), light", "transmittance(v.medium, light"),
    ("light within rough glass is divided as outside", "a lamp within rough glass", NO_NEE, "let ior = select(v.ior_beyond, v.ior, wi.z > 0.0);", "let ior = v.ior;"),
    ("light through glass counts as if sampled", "rectangle, clear glass", ONLY_NEE, "pdf = select(next.pdf, 0.0, is_delta);", "pdf = next.pdf;"),
];

/// The faults that no test sees.
fn survivors(mutants: &[Mutant]) -> Vec<&'static str> {
    mutants
        .iter()
        .filter(|(what, scene, alone, from, to)| {
            let found = std::cell::Cell::new(false);
            let change = |source: &mut String| {
                let places = source.matches(from).count();
                assert!(places <= 1, "{what}: `{from}` stands in {places} places");
                found.set(found.get() || places == 1);
                *source = source.replace(from, to);
            };
            let killed = disagreement(&scenes::named(scene), &[alone], &change);
            assert!(found.get(), "{what}: the shader does not say `{from}` any more");
            killed.is_none()
        })
        .map(|mutant| mutant.0)
        .collect()
}

#[test]
fn faults_in_lights_are_found() {
    assert_eq!(survivors(LIGHTS), [""; 0]);
}

#[test]
fn faults_in_transport_are_found() {
    assert_eq!(survivors(TRANSPORT), [""; 0]);
}

/// All estimators leave out the same where paths that survive Russian roulette are not scaled up; the furnace tells.
#[test]
fn a_fault_in_russian_roulette_is_found() {
    let scene = furnace::furnace(Shape::Sphere { radius: 1.5 }, 0.0);
    let glow = |to: &str| {
        estimate(&scene, BOTH, &|source| {
            assert_eq!(source.matches("beta /= survival;").count(), 1);
            *source = source.replace("beta /= survival;", to);
        })
        .mean()
    };
    let [right, wrong] = [glow("beta /= survival;"), glow("")];
    assert!((right - 1.0).abs() < 0.005 && wrong < 0.975, "{right} and {wrong}");
}
