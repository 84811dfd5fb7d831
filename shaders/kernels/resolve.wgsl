// Sums to means: S + D over the number of paths. Of lights whose power changes, S is at full power.

#import frame
#import pixel_sums
#import light_groups

@group(0) @binding(2) var<storage, read> static_sums: array<PixelSums>;
@group(0) @binding(3) var<storage, read> dynamic_sums: array<PixelSums>;
// w: variance of the mean luminance.
@group(0) @binding(4) var<storage, read_write> radiance: array<vec4f>;
// Mean over the paths that have one; white where none has.
@group(0) @binding(5) var<storage, read_write> albedo: array<vec4f>;
// Likewise the normal; w: distance.
@group(0) @binding(6) var<storage, read_write> normal_depth: array<vec4f>;

#ifdef LIGHT_GROUPS
@group(0) @binding(7) var<storage, read> static_groups: array<vec4f>;
#endif

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) pixel: vec3u) {
    if any(pixel.xy >= frame.size) {
        return;
    }
    let index = pixel.y * frame.size.x + pixel.x;
    var still = static_sums[index];
#ifdef LIGHT_GROUPS
    for (var g = 1u; g <= 3u; g += 1u) {
        still.radiance += light_power(g) * static_groups[3u * index + g - 1u];
    }
#endif
    let sum = add(still, dynamic_sums[index]);
    let n = f32(frame.samples);
    let mean = sum.radiance.xyz / n;
    let y = dot(mean, vec3f(0.2126, 0.7152, 0.0722));
    // (a - b) / 2 for the means of both halves, where the mean of all is y.
    let first = f32(first_half(frame.samples));
    let apart = 0.5 * n * (sum.radiance.w / first - y) / max(n - first, 1.0);
    let variance = apart * apart;
    radiance[index] = vec4f(mean, variance);
    // Not every path leaves a guide.
    let guides = max(sum.albedo.w, 1.0);
    albedo[index] = select(vec4f(1.0, 1.0, 1.0, 0.0), sum.albedo / guides, sum.albedo.w > 0.0);
    normal_depth[index] = sum.normal_depth / guides;
}
