//! The denoiser on pictures whose truth is known.

mod gpu;
mod post;

use post::Picture;
use raytruth_render::View;
use raytruth_render::internals::Filter;

const W: usize = 96;
const H: usize = 64;

/// Independent noise of standard deviation 1, the same on every run (a sum of four uniform numbers).
fn noise(i: usize) -> f32 {
    let mut h = (i as u32).wrapping_mul(0x9e37_79b9) ^ 0x5bd1_e995;
    let mut sum = 0.0;
    for _ in 0..4 {
        h ^= h >> 16;
        h = h.wrapping_mul(0x7feb_352d);
        h ^= h >> 15;
        h = h.wrapping_mul(0x846c_a68b);
        sum += (h >> 8) as f32 / 16_777_216.0 - 0.5;
    }
    sum * 3.0_f32.sqrt()
}

/// Adds noise of a fraction `sigma` of each pixel, and says so in the variance.
fn disturb(picture: &mut Picture, sigma: f32) {
    for (i, pixel) in picture.radiance.iter_mut().enumerate() {
        let deviation = sigma * pixel[0];
        let shift = deviation * noise(i);
        *pixel = [pixel[0] + shift, pixel[1] + shift, pixel[2] + shift, deviation * deviation];
    }
}

fn denoised(picture: &Picture) -> Vec<f32> {
    picture.finish(View::Neutral, Filter::Still).radiance.iter().map(|p| p[1]).collect()
}

fn rms(values: &[f32], truth: &dyn Fn(usize) -> f32) -> f32 {
    (values.iter().enumerate().map(|(i, v)| (v - truth(i)).powi(2)).sum::<f32>() / values.len() as f32).sqrt()
}

#[test]
fn an_even_wall_stays_as_it_is() {
    let mut picture = Picture::wall(W, H);
    for pixel in &mut picture.radiance {
        pixel[3] = 0.01;
    }
    for value in denoised(&picture) {
        assert!((value - 0.5).abs() < 1e-5, "{value}");
    }
}

#[test]
fn noise_on_a_wall_falls_to_an_eighth() {
    let mut picture = Picture::wall(W, H);
    disturb(&mut picture, 0.3);
    let before = rms(&picture.radiance.iter().map(|p| p[1]).collect::<Vec<_>>(), &|_| 0.5);
    let values = denoised(&picture);
    let after = rms(&values, &|_| 0.5);
    assert!(after < before / 8.0, "{before} to {after}");
    let mean = values.iter().sum::<f32>() / values.len() as f32;
    assert!((mean - 0.5).abs() < 0.01, "and the light stays: {mean}");
}

#[test]
fn the_edge_between_two_objects_stays_sharp() {
    let mut picture = Picture::wall(W, H);
    let truth = |i: usize| if i % W < W / 2 { 0.1 } else { 0.4 };
    for i in 0..W * H {
        let right = i % W >= W / 2;
        picture.radiance[i] = [truth(i), truth(i), truth(i), 0.0];
        picture.object_id[i] = 1 + u32::from(right);
    }
    disturb(&mut picture, 0.3);
    let values = denoised(&picture);
    for row in 8..H - 8 {
        let (left, right) = (values[row * W + W / 2 - 1], values[row * W + W / 2]);
        assert!((left - 0.1).abs() < 0.02 && (right - 0.4).abs() < 0.08, "row {row}: {left} and {right}");
    }
}

#[test]
fn a_shadow_on_one_object_keeps_its_edge() {
    let mut picture = Picture::wall(W, H);
    let truth = |i: usize| if i % W < W / 2 { 0.1 } else { 0.5 };
    for i in 0..W * H {
        picture.radiance[i] = [truth(i), truth(i), truth(i), 0.0];
    }
    disturb(&mut picture, 0.15);
    let values = denoised(&picture);
    let column = |x: usize| (8..H - 8).map(|row| values[row * W + x]).sum::<f32>() / (H - 16) as f32;
    let (left, right) = (column(W / 2 - 1), column(W / 2));
    assert!(right - left > 0.36, "one pixel apart on average {left} and {right}");
    assert!(
        (column(W / 2 - 3) - 0.1).abs() < 0.01 && (column(W / 2 + 2) - 0.5).abs() < 0.02,
        "three pixels on, nothing is left of it"
    );
}

#[test]
fn a_texture_passes_untouched() {
    let mut picture = Picture::wall(W, H);
    for i in 0..W * H {
        let albedo = if (i % W / 3 + i / W / 3).is_multiple_of(2) { [0.8, 0.6, 0.4] } else { [0.3, 0.2, 0.1] };
        picture.albedo[i] = [albedo[0], albedo[1], albedo[2], 1.0];
        picture.radiance[i] = [albedo[0], albedo[1], albedo[2], 0.0];
    }
    let finished = picture.finish(View::Neutral, Filter::Still);
    for (before, after) in picture.radiance.iter().zip(&finished.radiance) {
        for channel in 0..3 {
            assert!((before[channel] - after[channel]).abs() < 1e-4, "{before:?} to {after:?}");
        }
    }
}

#[test]
fn a_firefly_is_put_out_and_a_glint_is_not() {
    let mut picture = Picture::wall(W, H);
    disturb(&mut picture, 0.05);
    // One of 16 samples was 400 times too bright: the samples disagree.
    let firefly = 20 * W + 20;
    picture.radiance[firefly] = [13.0, 13.0, 13.0, 150.0];
    // All samples see this one.
    let glint = 40 * W + 60;
    picture.radiance[glint] = [9.0, 9.0, 9.0, 0.01];
    let values = denoised(&picture);
    assert!((values[firefly] - 0.5).abs() < 0.05, "firefly: {}", values[firefly]);
    assert!((values[firefly + 1] - 0.5).abs() < 0.05, "beside it: {}", values[firefly + 1]);
    assert!((values[glint] - 9.0).abs() < 0.5, "glint: {}", values[glint]);
    assert!((values[glint + 1] - 0.5).abs() < 0.05, "beside it: {}", values[glint + 1]);
}

/// Most pixels miss a small bright light, a few see much of it: the filter leaves those out, and the wall would get darker.
#[test]
fn rare_bright_samples_do_not_get_lost() {
    let mut picture = Picture::wall(W, H);
    for (i, pixel) in picture.radiance.iter_mut().enumerate() {
        // One pixel of twelve.
        let bright = noise(i).abs() > 1.72;
        let value = if bright { 2.0 } else { 0.4 };
        *pixel = [value, value, value, if bright { 2.0 } else { 0.02 }];
    }
    let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len() as f32;
    let before = mean(&picture.radiance.iter().map(|p| p[1]).collect::<Vec<_>>());
    let after = denoised(&picture);
    assert!((mean(&after) / before - 1.0).abs() < 0.03, "{before} became {}", mean(&after));
    // And no specks.
    assert!(rms(&after, &|_| before) < 0.1 * before);
}

#[test]
fn what_happens_far_away_changes_nothing_here() {
    let mut picture = Picture::wall(W, H);
    disturb(&mut picture, 0.2);
    let before = picture.finish(View::Neutral, Filter::Still);
    for i in (0..W * H).filter(|i| i % W >= 60) {
        picture.radiance[i] = [0.9, 0.1, 0.1, 0.2];
    }
    let after = picture.finish(View::Neutral, Filter::Still);
    // Taps reach 2 * (1 + 2 + 4) pixels in three passes, the pilot and the firefly filter one more each, and the mean of what was taken
    // 1 + 3 + 9.
    let same = |i: &usize| i % W < 60 - 29;
    assert!((0..W * H).filter(same).all(|i| before.radiance[i] == after.radiance[i]), "equal to the bit out of reach");
}

/// Two surfaces that differ in one thing that is known without noise do not share their light, however noisy they are.
#[test]
fn unlike_surfaces_do_not_share_light() {
    type Tell = fn(&mut Picture, usize);
    let tells: [(&str, Tell); 4] = [
        ("object", |p, i| p.object_id[i] = 2),
        ("normal", |p, i| p.normal_depth[i] = [0.5, 0.0, 0.866, 1.0]),
        ("depth", |p, i| p.normal_depth[i][3] = 1.25),
        ("albedo", |p, i| p.albedo[i] = [0.9, 0.9, 0.9, 1.0]),
    ];
    for (name, tell) in tells {
        let mut picture = Picture::wall(W, H);
        for i in 0..W * H {
            let mut light = 0.4;
            if i % W >= W / 2 {
                tell(&mut picture, i);
                light = 0.5;
            }
            // Light per albedo: what the filter compares.
            picture.radiance[i] = [light * picture.albedo[i][0]; 4];
        }
        disturb(&mut picture, 0.3);
        let values = denoised(&picture);
        let column = |x: usize| (0..H).map(|row| values[row * W + x] / picture.albedo[row * W + x][0]).sum::<f32>() / H as f32;
        let (left, right) = (column(W / 2 - 1), column(W / 2));
        assert!((left - 0.4).abs() < 0.02 && (right - 0.5).abs() < 0.02, "{name}: {left} and {right}");
    }
}

/// Where a surface runs away from the viewer its noise falls as on a wall.
#[test]
fn noise_on_a_slope_falls_as_well() {
    let mut picture = Picture::wall(W, H);
    for i in 0..W * H {
        picture.normal_depth[i][3] = 1.0 + 0.1 * (i / W) as f32;
    }
    disturb(&mut picture, 0.3);
    let before = rms(&picture.radiance.iter().map(|p| p[1]).collect::<Vec<_>>(), &|_| 0.5);
    let after = rms(&denoised(&picture), &|_| 0.5);
    assert!(after < before / 6.0, "{before} to {after}");
}
