//! What a walking camera's frames have besides the denoiser: specks and edges are settled. Pictures are made by hand, so their truth is known.

mod gpu;
mod post;

use post::Picture;
use raytruth_render::View;
use raytruth_render::internals::Filter;

const W: usize = 64;
const H: usize = 48;
/// Where the edge is.
const EDGE: usize = 31;

/// Two surfaces, one lit twice as much, that meet in a column of pixels, each of which shows a part of both. Below, the same edge is one of normals
/// alone.
fn edge() -> (Picture, Vec<f32>) {
    let mut picture = Picture::wall(W, H);
    let mut truth = Vec::new();
    for i in 0..W * H {
        let (x, y) = (i % W, i / W);
        let part = if x == EDGE { 0.15 + 0.7 * (y % 8) as f32 / 7.0 } else { f32::from(u8::from(x > EDGE)) };
        let (a, b) = if y < H / 2 { (0.7, 0.3) } else { (0.5, 0.5) };
        let mix = |from: f32, to: f32| from + (to - from) * part;
        let value = mix(a * 0.6, b * 1.2);
        truth.push(value);
        picture.radiance[i] = [value, value, value, 0.0];
        picture.albedo[i] = [mix(a, b), mix(a, b), mix(a, b), 1.0];
        picture.normal_depth[i] = [part, 0.0, 1.0 - part, 1.0];
        picture.object_id[i] = u32::from(part > 0.5) + 1;
    }
    (picture, truth)
}

/// Noise of a fraction of each pixel, the same on every run.
fn disturb(picture: &mut Picture, sigma: f32) {
    let mut state = 7_u32;
    for pixel in &mut picture.radiance {
        let mut sum = 0.0;
        for _ in 0..4 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            sum += (state >> 8) as f32 / 16_777_216.0 - 0.5;
        }
        let deviation = sigma * pixel[0];
        let shift = deviation * sum * 3.0_f32.sqrt();
        *pixel = [pixel[0] + shift, pixel[1] + shift, pixel[2] + shift, deviation * deviation];
    }
}

/// Root of the mean square of errors in the edge's column.
fn error(values: &[[f32; 4]], truth: &[f32]) -> f32 {
    let column = (4..H - 4).filter(|y| y.abs_diff(H / 2) > 3).map(|y| y * W + EDGE);
    let squares: Vec<f32> = column.map(|i| (values[i][1] / truth[i] - 1.0).powi(2)).collect();
    (squares.iter().sum::<f32>() / squares.len() as f32).sqrt()
}

/// How much of the noise is left at the edge, with something changed in the kernels.
fn left_at_the_edge(change: &dyn Fn(&mut String)) -> f32 {
    let (mut picture, truth) = edge();
    disturb(&mut picture, 0.25);
    error(&picture.finish_changed(View::Neutral, Filter::Settled, change).radiance, &truth)
}

/// 0.10 of the pixel's value, then 0.063.
#[test]
fn an_edge_has_the_light_of_both_its_sides() {
    let (mut picture, truth) = edge();
    let calm = picture.finish(View::Neutral, Filter::Settled).radiance;
    assert!(error(&calm, &truth) < 1e-3, "without noise it stays: {}", error(&calm, &truth));
    disturb(&mut picture, 0.25);
    let still = error(&picture.finish(View::Neutral, Filter::Still).radiance, &truth);
    let settled = left_at_the_edge(&|_| ());
    assert!(settled < 0.7 * still, "{still}, then {settled}");
}

/// A frame one pixel wide is like nothing beside it.
#[test]
fn a_thin_line_has_less_noise_and_keeps_its_colour() {
    let line = |sigma: f32, filter: Filter| {
        let mut picture = Picture::wall(W, H);
        for y in 0..H {
            // As it lies askew among the pixels, it is lighter and darker.
            let albedo = 0.1 + 0.06 * (y % 6) as f32 / 5.0;
            picture.albedo[y * W + EDGE] = [albedo, albedo, albedo, 1.0];
            picture.radiance[y * W + EDGE] = [albedo, albedo, albedo, 0.0];
        }
        let truth: Vec<f32> = picture.radiance.iter().map(|p| p[1]).collect();
        disturb(&mut picture, sigma);
        error(&picture.finish(View::Neutral, filter).radiance, &truth)
    };
    assert!(line(0.0, Filter::Settled) < 1e-3);
    let (still, settled) = (line(0.3, Filter::Still), line(0.3, Filter::Settled));
    assert!(settled < 0.9 * still, "{still}, then {settled}");
}

/// A pixel's light beside that of its neighbours: gone where it may be noise, there where it is not, or where it is no single pixel.
#[test]
fn specks_go_and_what_is_there_stays() {
    let bright = |pixels: &[usize], variance: f32, filter: Filter| {
        let mut picture = Picture::wall(W, H);
        for pixel in &mut picture.radiance {
            pixel[3] = 1e-6;
        }
        for &i in pixels {
            picture.radiance[i] = [1.0, 1.0, 1.0, variance];
        }
        picture.finish(View::Neutral, filter).radiance[pixels[0]][1]
    };
    let here = 20 * W + 20;
    assert!(bright(&[here], 0.0, Filter::Settled) > 0.9, "a glint that all samples see");
    let line: Vec<usize> = (0..W).map(|x| 20 * W + (x + 20) % W).collect();
    assert!(bright(&line, 0.0, Filter::Settled) > 0.9, "a bright line");
    // The first filter leaves out what stands so far apart, for no neighbour is as noisy.
    let (still, settled) = (bright(&[here], 0.25, Filter::Still), bright(&[here], 0.25, Filter::Settled));
    assert!((settled - 0.5).abs() < 0.02 && settled < still + 0.01, "{still}, then {settled}");
}

#[test]
fn faults_are_found() {
    let right = left_at_the_edge(&|_| ());
    for (what, from, to) in [
        ("sides are mixed up", "mix(b_light, a_light, part)", "mix(a_light, b_light, part)"),
        ("one side alone counts", "mix(b_light, a_light, part)", "a_light"),
        ("sides keep their own colours", "mix(b_light, a_light, part) / base", "mix(b_light, a_light, part)"),
        ("edges stay as they are", "mix(own.xyz, mixed, trust)", "own.xyz"),
    ] {
        let found = std::cell::Cell::new(0);
        let wrong = left_at_the_edge(&|source| {
            found.set(found.get() + source.matches(from).count());
            *source = source.replace(from, to);
        });
        assert_eq!(found.get(), 1, "{what}: the kernel says something else now");
        assert!(wrong > 1.15 * right, "{what}: {right} and {wrong}");
    }
}

/// A wall on which one pixel of eight is six times as bright as the others, by
/// chance. Little more than half as much of that is left as a still camera's frame keeps (0.08 and 0.14), and the wall is as bright as it is.
#[test]
fn a_wall_is_calm_and_as_bright_as_it_is() {
    let mut picture = Picture::wall(W, H);
    let mut state = 9_u32;
    for pixel in &mut picture.radiance {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let value = if state >> 29 == 0 { 0.9 } else { 0.15 };
        *pixel = [value, value, value, (0.75_f32 * 0.33).powi(2)];
    }
    let mean = |values: &[[f32; 4]]| values.iter().map(|v| v[1]).sum::<f32>() / values.len() as f32;
    let left = |values: &[[f32; 4]]| {
        let middle = mean(values);
        (values.iter().map(|v| (v[1] - middle).powi(2)).sum::<f32>() / values.len() as f32).sqrt() / middle
    };
    let [still, settled] = [Filter::Still, Filter::Settled].map(|f| picture.finish(View::Neutral, f).radiance);
    let truth = mean(&picture.radiance);
    assert!(left(&settled) < 0.65 * left(&still), "{} and {}", left(&settled), left(&still));
    assert!((mean(&settled) / truth - 1.0).abs() < 0.03, "{} of {truth}", mean(&settled));
}
