// What is summed over the paths of a pixel.

struct PixelSums {
    // w: luminance of the first half of the paths, see `in_first_half`.
    radiance: vec4f,
    // Base colour at the first rough hit, white for the sky; w: how many paths say so.
    albedo: vec4f,
    // Its normal; w: distance to it.
    normal_depth: vec4f,
}

fn add(a: PixelSums, b: PixelSums) -> PixelSums {
    return PixelSums(a.radiance + b.radiance, a.albedo + b.albedo, a.normal_depth + b.normal_depth);
}

// Two halves of a pixel's paths, each stratified on its own, differ as the picture does from the truth, and rather more. So their
// difference tells how noisy the mean is; the spread of single paths knows nothing of stratification, and calls an even edge noisy.
// They take turns of 8 paths, or fewer where there are few.
fn in_first_half(sample_index: u32, samples: u32) -> bool {
    return (sample_index & half_turn(samples)) == 0u;
}

// How many paths the first half has.
fn first_half(samples: u32) -> u32 {
    let turn = half_turn(samples);
    let rest = samples & (2u * turn - 1u);
    return (samples - rest) / 2u + min(rest, turn);
}

fn half_turn(samples: u32) -> u32 {
    return 1u << (clamp(firstLeadingBit(samples | 1u), 1u, 4u) - 1u);
}
