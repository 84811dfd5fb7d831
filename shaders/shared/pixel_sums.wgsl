// What is summed over the paths of a pixel.

struct PixelSums {
    // w: sum of squared luminance.
    radiance: vec4f,
    // Base colour at the first rough hit, white for the sky; w: how many paths say so.
    albedo: vec4f,
    // Its normal; w: distance to it.
    normal_depth: vec4f,
}

fn add(a: PixelSums, b: PixelSums) -> PixelSums {
    return PixelSums(a.radiance + b.radiance, a.albedo + b.albedo, a.normal_depth + b.normal_depth);
}
