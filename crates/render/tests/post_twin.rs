//! The denoiser, step by step, against a twin in `f64`: edge-avoiding wavelets of Dammertz et al. 2010 with the thresholds that its
//! documentation names, on a picture in which everything differs. And likeness by the steps that are said to halve it.

mod gpu;
mod post;

use std::cell::Cell;

use glam::{DVec2, DVec3};
use gpu::{Scene, gpu};
use post::Picture;
use raytruth_render::View;
use raytruth_render::internals::Filter;

const W: usize = 40;
const H: usize = 24;

/// Even numbers in 0..1, the same on every run.
fn even(i: usize, k: usize) -> f64 {
    let mut h = (i as u32).wrapping_mul(0x9e37_79b9) ^ (k as u32).wrapping_mul(0x85eb_ca6b);
    for _ in 0..3 {
        h ^= h >> 16;
        h = h.wrapping_mul(0x7feb_352d);
        h ^= h >> 15;
        h = h.wrapping_mul(0x846c_a68b);
    }
    f64::from(h >> 8) / 16_777_216.0
}

/// Surfaces that slope and bend, of several colours and objects, lit unevenly, with noise and specks.
fn busy() -> Picture {
    let mut picture = Picture::wall(W, H);
    for i in 0..W * H {
        let (x, y) = ((i % W) as f64, (i / W) as f64);
        let part = usize::from(x + 0.5 * y > 26.0) + usize::from(y > 15.3);
        picture.object_id[i] = 1 + (part % 2) as u32 + 2 * u32::from(x > 33.2);
        // Grey, red and nearly black, in steps of 1/255 of the root, in which guides are kept.
        let roots = [[0.45, 0.5, 0.55], [0.8, 0.12, 0.2], [0.1, 0.12, 0.11]][part];
        let step = |k: usize| ((255.0 * roots[k] + 8.0 * even(i, k)).round() / 255.0).powi(2) as f32;
        picture.albedo[i] = [step(0), step(1), step(2), 1.0];
        let bend = 0.02 * x + 0.3 * even(i, 8);
        let depth = 2.0 + 0.006 * (x - 20.0).powi(2) + 0.05 * y + 0.12 * even(i, 12) + part as f64;
        picture.normal_depth[i] = [bend.sin() as f32, 0.1, bend.cos() as f32, depth as f32];
        let light = 0.3 + 0.4 * f64::from(u8::from(x > 11.7)) + 0.01 * y;
        // Most pixels are rather sure of themselves, a few are not, and some of these far too bright.
        let unsure = if y < 8.0 { 0.012 } else { [0.15, 0.8][usize::from(even(i, 9) < 0.1)] };
        let speck = if even(i, 10) < 0.02 { 12.0 } else { 1.0 };
        let value = light * speck * (1.0 + unsure * (2.0 * even(i, 11) - 1.0));
        let color = |k: usize| picture.albedo[i][k] * value as f32 * (1.0 + 0.05 * k as f32);
        let luminance = 0.2126 * color(0) + 0.7152 * color(1) + 0.0722 * color(2);
        picture.radiance[i] = [color(0), color(1), color(2), (luminance * unsure as f32 * 0.6).powi(2)];
    }
    picture
}

fn luminance(c: DVec3) -> f64 {
    c.dot(DVec3::new(0.2126, 0.7152, 0.0722))
}

fn divisor(albedo: DVec3) -> DVec3 {
    albedo.max(DVec3::splat((0.25 * albedo.max_element()).max(0.03)))
}

#[derive(Clone, Copy)]
struct Guide {
    normal: DVec3,
    depth: f64,
    /// Its square root.
    albedo: DVec3,
    object: u32,
}

/// Halvings of likeness: by 22 a squared turn, 400 a squared step of the albedo's root, one for 2 % of depth and `slack`.
fn unlike(p: Guide, q: Guide, slope: f64, slack: f64) -> f64 {
    let depth = (q.depth - p.depth - slope) / (0.02 * p.depth + slack);
    let other = if p.object == q.object { 0.0 } else { 64.0 };
    22.0 * p.normal.distance_squared(q.normal) + 400.0 * p.albedo.distance_squared(q.albedo) + depth * depth + other
}

/// A number a pixel, or several.
struct Twin {
    guides: Vec<Guide>,
}

impl Twin {
    fn new(picture: &Picture) -> Self {
        let guide = |i: usize| {
            let [x, y, z, depth] = picture.normal_depth[i].map(f64::from);
            let [r, g, b, _] = picture.albedo[i].map(f64::from);
            let normal = (DVec3::new(x, y, z) * 32767.0).round() / 32767.0;
            let albedo = (DVec3::new(r, g, b).map(f64::sqrt) * 255.0).round() / 255.0;
            Guide { normal, depth, albedo, object: picture.object_id[i] }
        };
        Self { guides: (0..W * H).map(guide).collect() }
    }

    /// Pixels at whole steps from a pixel, with the steps; those within the picture.
    fn around(p: usize, reach: i32, step: i32) -> impl Iterator<Item = (usize, DVec2)> {
        let (x, y) = ((p % W) as i32, (p / W) as i32);
        let taps = (-reach..=reach).flat_map(move |dy| (-reach..=reach).map(move |dx| (dx, dy)));
        taps.filter_map(move |(dx, dy)| {
            let (x, y) = (x + dx * step, y + dy * step);
            let inside = (0..W as i32).contains(&x) && (0..H as i32).contains(&y);
            inside.then(|| (y as usize * W + x as usize, DVec2::new(f64::from(dx), f64::from(dy))))
        })
    }

    /// Of two one-sided differences the smaller.
    fn slope(&self, p: usize, along: (i32, i32)) -> f64 {
        let at = |sign: i32| {
            let x = ((p % W) as i32 + sign * along.0).clamp(0, W as i32 - 1);
            let y = ((p / W) as i32 + sign * along.1).clamp(0, H as i32 - 1);
            self.guides[y as usize * W + x as usize].depth
        };
        let (ahead, behind) = (at(1) - at(0), at(0) - at(-1));
        if ahead.abs() < behind.abs() { ahead } else { behind }
    }

    /// Light per albedo and the variance of its luminance, without specks that stand alone and disagree with themselves.
    fn prepared(picture: &Picture) -> Vec<(DVec3, f64)> {
        let radiance = |i: usize| {
            let [r, g, b, _] = picture.radiance[i].map(f64::from);
            DVec3::new(r, g, b)
        };
        (0..W * H)
            .map(|i| {
                let [r, g, b, _] = picture.albedo[i].map(f64::from);
                let base = divisor(DVec3::new(r, g, b));
                let mut around: Vec<f64> =
                    Self::around(i, 1, 1).filter(|(q, _)| *q != i).map(|(q, _)| luminance(radiance(q))).collect();
                around.sort_by(f64::total_cmp);
                let second = around[around.len() - 2];
                let (l, variance) = (luminance(radiance(i)), f64::from(picture.radiance[i][3]));
                let noise = variance.sqrt();
                let limit = if noise > 0.25 * l { second.max(l - 4.0 * noise) } else { l };
                let keep = (limit / l).min(1.0);
                (radiance(i) * keep / base, variance * keep * keep / luminance(base).powi(2))
            })
            .collect()
    }

    fn pilot(&self, light: &[(DVec3, f64)]) -> Vec<[f64; 2]> {
        (0..W * H)
            .map(|p| {
                let (mut sum, mut variance, mut weights) = (0.0, 0.0, 0.0);
                for (q, _) in Self::around(p, 1, 1) {
                    let apart = if q == p { 0.0 } else { 0.5 };
                    let w = (-unlike(self.guides[p], self.guides[q], 0.0, 0.1 * self.guides[p].depth) - apart).exp2();
                    sum += w * luminance(light[q].0);
                    variance += w * w * light[q].1;
                    weights += w;
                }
                [sum / weights, variance / (weights * weights)]
            })
            .collect()
    }

    /// One pass of the filter. `look`: luminance and variance to compare by.
    fn filtered(&self, light: &[(DVec3, f64)], look: &[[f64; 2]], step: i32) -> Vec<(DVec3, f64)> {
        (0..W * H)
            .map(|p| {
                let slope = DVec2::new(self.slope(p, (1, 0)), self.slope(p, (0, 1)));
                let (mut sum, mut variance, mut weights) = (DVec3::ZERO, 0.0, 0.0);
                for (q, tap) in Self::around(p, 2, step) {
                    let away = slope.dot(tap * f64::from(step));
                    let [seen, noise] = look[p];
                    let [other, other_noise] = look[q];
                    // Two standard deviations, or 0.8 % of the light.
                    let alike = 4.0 * (noise + noise.min(other_noise)) + (0.008 * seen).powi(2) + 1e-8;
                    let spline = [1.0, 2.0 / 3.0, 1.0 / 6.0];
                    let b = spline[tap.x.abs() as usize] * spline[tap.y.abs() as usize];
                    let unlike = unlike(self.guides[p], self.guides[q], away, 0.5 * away.abs()) + (seen - other).powi(2) / alike;
                    let w = if p == q { 1.0 } else { b * (-unlike).exp2() };
                    sum += w * light[q].0;
                    variance += w * w * light[q].1;
                    weights += w;
                }
                (sum / weights, variance / (weights * weights))
            })
            .collect()
    }

    /// One pass of the mean over what was taken.
    fn averaged(&self, taken: &[(DVec3, f64)], step: i32) -> Vec<(DVec3, f64)> {
        (0..W * H)
            .map(|p| {
                let (mut sum, mut variance, mut weights) = (DVec3::ZERO, 0.0, 0.0);
                for (q, tap) in Self::around(p, 1, step) {
                    let slack = 0.02 * f64::from(step) * self.guides[p].depth;
                    let w = (-unlike(self.guides[p], self.guides[q], 0.0, slack) - tap.length_squared()).exp2();
                    sum += w * taken[q].0;
                    variance += w * w * taken[q].1;
                    weights += w;
                }
                (sum / weights, variance / (weights * weights))
            })
            .collect()
    }

    fn denoised(picture: &Picture) -> Vec<DVec3> {
        let twin = Self::new(picture);
        let noisy = Self::prepared(picture);
        let mut light = twin.filtered(&noisy, &twin.pilot(&noisy), 1);
        for step in [2, 4] {
            let look: Vec<[f64; 2]> = light.iter().map(|(c, v)| [luminance(*c), *v]).collect();
            light = twin.filtered(&light, &look, step);
        }
        let base = |i: usize| {
            let [r, g, b, _] = picture.albedo[i].map(f64::from);
            divisor(DVec3::new(r, g, b))
        };
        let mut taken: Vec<(DVec3, f64)> = (0..W * H)
            .map(|i| {
                let [r, g, b, variance] = picture.radiance[i].map(f64::from);
                (DVec3::new(r, g, b) / base(i) - light[i].0, variance / luminance(base(i)).powi(2))
            })
            .collect();
        for step in [1, 3, 9] {
            taken = twin.averaged(&taken, step);
        }
        // What is more than one and a half times the noise.
        let share = |difference: f64, noise: f64| (difference - 1.5 * noise).max(0.0) / difference.max(1e-20);
        (0..W * H)
            .map(|p| {
                let (mut difference, mut noise) = (0.0, 0.0);
                for dy in -2..=2 {
                    for dx in -2..=2 {
                        let x = ((p % W) as i32 + dx).clamp(0, W as i32 - 1) as usize;
                        let y = ((p / W) as i32 + dy).clamp(0, H as i32 - 1) as usize;
                        difference += luminance(light[y * W + x].0 - noisy[y * W + x].0).powi(2);
                        noise += noisy[y * W + x].1;
                    }
                }
                let (mean, variance) = taken[p];
                let whole = (light[p].0 + share(luminance(mean).powi(2), variance) * mean).max(DVec3::ZERO);
                whole.lerp(noisy[p].0, share(difference, noise)) * base(p)
            })
            .collect()
    }
}

/// The part of pixels whose light is off by more than 0.2 %, and the largest error.
fn errors(change: &dyn Fn(&mut String)) -> (f64, f64) {
    let picture = busy();
    let got = picture.finish_changed(View::Neutral, Filter::Still, change).radiance;
    let off: Vec<f64> = got
        .iter()
        .zip(Twin::denoised(&picture))
        .map(|(got, expected)| {
            let got = DVec3::new(got[0].into(), got[1].into(), got[2].into());
            (got / expected - 1.0).abs().max_element()
        })
        .collect();
    (off.iter().filter(|e| **e > 2e-3).count() as f64 / off.len() as f64, off.iter().copied().fold(0.0, f64::max))
}

#[test]
fn the_denoiser_does_what_its_documentation_says() {
    let (part, most) = errors(&|_| ());
    assert!(part == 0.0, "{part} of the pixels are off, by {most} at most");
}

#[rustfmt::skip]
const FAULTS: &[(&str, &str)] = &[
    ("const LIKENESS: f32 = 2.0;", "const LIKENESS: f32 = 1.9;"),
    ("const INDIFFERENCE: f32 = 0.008;", "const INDIFFERENCE: f32 = 0.016;"),
    ("const NORMAL_SHARPNESS: f32 = 22.0;", "const NORMAL_SHARPNESS: f32 = 24.0;"),
    ("const ALBEDO_SHARPNESS: f32 = 400.0;", "const ALBEDO_SHARPNESS: f32 = 440.0;"),
    ("const DEPTH_TOLERANCE: f32 = 0.02;", "const DEPTH_TOLERANCE: f32 = 0.022;"),
    ("select(64.0, 0.0, p.object == q.object)", "select(0.0, 0.0, p.object == q.object)"),
    ("vec2f(0.6666667)", "vec2f(0.6)"),
    ("vec2f(0.1666667)", "vec2f(0.2)"),
    ("select(behind, ahead, abs(ahead) < abs(behind))", "0.5 * (ahead + behind)"),
    ("away, 0.5 * abs(away))", "away, 0.4 * abs(away))"),
    ("away, 0.5 * abs(away))", "0.0, 0.5 * abs(away))"),
    ("(seen.y + min(seen.y, other.y))", "(seen.y + other.y)"),
    ("variance += w * w * v.w;\n        weights += w;\n    }\n    textureStore(filtered", "variance += w * v.w;\n        weights += w;\n    }\n    textureStore(filtered"),
    ("0.1 * here.depth) - 0.5 * f32(k != 4)", "0.1 * here.depth) - 0.7 * f32(k != 4)"),
    ("0.0, 0.1 * here.depth)", "0.0, 0.05 * here.depth)"),
    ("second = max(second, min(first, l));", "second = max(second, l);"),
    ("noise > 0.25 * l)", "noise > 0.5 * l)"),
    ("max(here.w, 0.0) * keep * keep * scale * scale", "max(here.w, 0.0) * keep * keep * scale"),
    ("0.02 * f32(params.step) * here.depth", "0.04 * f32(params.step) * here.depth"),
    ("- f32(dot(tap, tap)))", "- 0.5 * f32(dot(tap, tap)))"),
    ("here.w * scale * scale", "here.w * scale"),
    ("const REACH = 2;", "const REACH = 1;"),
    ("const CHANCE = 1.5;", "const CHANCE = 1.4;"),
    ("const CHANCE_OF_MEAN = 1.5;", "const CHANCE_OF_MEAN = 1.4;"),
    ("share(l * l, CHANCE_OF_MEAN * mean.w) * mean.xyz", "mean.xyz"),
    ("max(0.25 * max(albedo.x", "max(0.5 * max(albedo.x"),
];

/// Each fault shows in one pixel of fifty or more.
#[test]
fn faults_in_the_denoiser_are_found() {
    let survivors: Vec<&str> = FAULTS
        .iter()
        .filter(|(from, to)| {
            let found = Cell::new(false);
            let (part, _) = errors(&|source| {
                assert!(source.matches(from).count() <= 1, "`{from}` stands in more than one place");
                found.set(found.get() || source.contains(from));
                *source = source.replace(from, to);
            });
            assert!(found.get(), "no shader says `{from}` any more");
            part < 0.02
        })
        .map(|fault| fault.1)
        .collect();
    assert_eq!(survivors, [""; 0], "nobody sees these");
}

/// Halvings of likeness between two surfaces that differ in something.
fn halvings(pairs: &[[f32; 20]]) -> Vec<f32> {
    let kernel = "
#import denoise_weight
@group(1) @binding(0) var<storage, read> pairs: array<vec4f>;
@group(1) @binding(1) var<storage, read_write> results: array<f32>;
fn guide(i: u32) -> Guide {
    return Guide(pairs[i].xyz, pairs[i].w, pairs[i + 1u].xyz, u32(pairs[i + 1u].w));
}
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    let i = 5u * id.x;
    if i < arrayLength(&pairs) {
        let p = unpack_guide(pack_guide(guide(i)));
        let q = unpack_guide(pack_guide(guide(i + 2u)));
        results[id.x] = guide_distance(p, q, pairs[i + 4u].x, pairs[i + 4u].y);
    }
}
";
    gpu().run(kernel, &[], &Scene::default(), pairs.as_flattened(), pairs.len(), 1)
}

/// A turn of 12 degrees, 5 % of display lightness and 2 % of depth are each one halving; another object is as good as infinity.
#[test]
fn likeness_halves_where_it_is_said_to() {
    let root = |steps: f32| (steps / 255.0).powi(2);
    let grey = root(102.0);
    let wall = [0.0, 0.0, 1.0, 3.0, grey, grey, grey, 40_000.0];
    let pair = |change: &dyn Fn(&mut [f32; 8]), slope: f32, slack: f32| -> [f32; 20] {
        let mut other = wall;
        change(&mut other);
        let mut all = [0.0; 20];
        all[..8].copy_from_slice(&wall);
        all[8..16].copy_from_slice(&other);
        (all[16], all[17]) = (slope, slack);
        all
    };
    let turn = 12f32.to_radians();
    let got = halvings(&[
        pair(&|_| (), 0.0, 0.0),
        pair(&|q| (q[0], q[2]) = (turn.sin(), turn.cos()), 0.0, 0.0),
        pair(&|q| q[5] = root(115.0), 0.0, 0.0),
        pair(&|q| q[3] = 3.06, 0.0, 0.0),
        pair(&|q| q[3] = 3.12, 0.0, 0.06),
        pair(&|q| q[3] = 3.36, 0.3, 0.0),
        pair(&|q| q[7] = 40_001.0, 0.0, 0.0),
    ]);
    for (got, expected) in got.iter().zip([0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 64.0]) {
        assert!((got - expected).abs() < 0.05 * expected.max(0.01), "{got:?}, not {expected}");
    }
}
