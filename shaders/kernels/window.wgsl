// A walking camera's frame as the mean of itself and of the light that the frames before it found on the same surfaces. The window is finite:
// the result depends on these frames alone, and on none of their results.
//
// Each pixel's middle is followed to where it was (as in Nehab et al., "Accelerating Real-Time Shading with Reverse Reprojection Caching",
// Graphics Hardware 2007). The nearest pixel is taken there, so that textures, which are no part of the light, stay as sharp as they are, and
// noise stays that of single pixels, which the denoiser counts on.

#import frame
#import camera
#import first_hit
#import hit_point
#import surface
#ifdef MAPS
#import maps
#endif
#import reprojection
#import denoise_weight

// A frame of the window. Host: `crates/render/src/window.rs`, checked against this by reflection.
struct Past {
    view: View,
    // Where the objects' poses start in `scene_data`, in texels.
    poses_base: u32,
    // Where its light is kept.
    layer: u32,
    // 1 where the powers of all lights are those of this frame, else 0: its light is of no use.
    lit_alike: u32,
    padding: u32,
}

struct Window {
    // This frame, then those before, the last one first.
    frames: array<Past, 5>,
    // Where the corners of triangles that change their shape start: three of each frame, in the object's own frame.
    corners_base: u32,
}

@group(0) @binding(2) var<uniform> window: Window;
@group(0) @binding(3) var light: texture_2d_array<f32>;
@group(0) @binding(4) var guides: texture_2d_array<u32>;
@group(0) @binding(5) var<storage, read> albedo: array<vec4f>;
// w: variance of the mean luminance.
@group(0) @binding(6) var<storage, read_write> radiance: array<vec4f>;

const FRAMES = 5u;
// A guide that is so much farther or nearer than what the pixel's middle shows is of something else.
const OWN_SURFACE: f32 = 0.1;
// How many standard deviations of means over nine pixels are still the same light; differences of this fraction of it are, too.
const SAME_LIGHT: f32 = 2.0;
const INDIFFERENCE: f32 = 0.02;

fn guide_at(at: vec2i, layer: u32) -> Guide {
    return unpack_guide(textureLoad(guides, at, layer, 0));
}

// Likeness of two places on one surface, whatever is painted there.
fn alike(here: Guide, there: Guide, slope: f32, slack: f32) -> f32 {
    return exp2(-guide_distance(Guide(here.normal, here.depth, vec3f(0.0), here.object), Guide(there.normal, there.depth, vec3f(0.0), there.object), slope, slack));
}

// The luminance of the light about a pixel, and its variance.
fn look(at: vec2i, layer: u32, here: Guide) -> vec2f {
    var sum = vec2f(0.0);
    var weights = 0.0;
    for (var k = 0; k < 9; k++) {
        let q = at + vec2i(k % 3 - 1, k / 3 - 1);
        if all(q >= vec2i(0)) && all(q < vec2i(frame.size)) {
            let w = alike(here, guide_at(q, layer), 0.0, 0.1 * here.depth);
            let v = textureLoad(light, q, layer, 0);
            sum += w * vec2f(luminance(v.xyz), w * v.w * v.w);
            weights += w;
        }
    }
    return vec2f(sum.x / weights, sum.y / (weights * weights));
}

fn slope_along(at: vec2i, axis: vec2i, depth: f32, layer: u32) -> f32 {
    let last = vec2i(frame.size) - 1;
    return slope_of(guide_at(min(at + axis, last), layer).depth - depth, depth - guide_at(max(at - axis, vec2i(0)), layer).depth);
}

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if any(id.xy >= frame.size) {
        return;
    }
    let ray = pinhole_ray(id.xy);
    let hit = first_hit(ray);
    let now = window.frames[0];
    let p = vec2i(id.xy);
    let here = guide_at(p, now.layer);
    if hit.primitive == NO_HIT || abs(here.depth - hit.t) > OWN_SURFACE * hit.t {
        return;
    }
    let point = hit_point(ray, hit);
    // What is seen in a mirror or through glass moves unlike its surface.
    var surface = load_surface(point.material, point.local, point.local_normal);
#ifdef MAPS
    apply_maps(&surface, point.material, hit);
#endif
    if shows_others(surface) {
        return;
    }
    let instance = instance_of(hit);
    let turned = load4f(now.poses_base, 2u * instance);
    let slope = vec2f(slope_along(p, vec2i(1, 0), here.depth, now.layer), slope_along(p, vec2i(0, 1), here.depth, now.layer));
    let seen = look(p, now.layer, here);

    let index = id.y * frame.size.x + id.x;
    let base = divisor(albedo[index].xyz);
    let scale = luminance(base);
    let own = radiance[index];
    var sum = own.xyz / base;
    var variance = own.w / (scale * scale);
    var weights = 1.0;
    for (var i = 1u; i < FRAMES; i++) {
        let past = window.frames[i];
        var then = placed(past.poses_base, instance, point.local);
#ifdef RESHAPED
        if (hit.primitive & LEAF_SPHERE) == 0u && hit.id >= frame.reshaped_first {
            let corners = window.corners_base + 3u * (FRAMES * (hit.id - frame.reshaped_first) + i);
            then = vec4f(placed(past.poses_base, instance, on_triangle(corners, hit.uv)).xyz, then.w);
        }
#endif
        let away = then.xyz - past.view.origin.xyz;
        let film = projected(past.view, away);
        let place_then = film.xy + 0.5 * vec2f(frame.size);
        let q = vec2i(floor(place_then));
        if past.lit_alike == 0u || then.w == 0.0 || film.z <= 1.0e-6 || any(q < vec2i(0)) || any(q >= vec2i(frame.size)) {
            continue;
        }
        // As that frame should see the same place.
        let ratio = length(away) / hit.t;
        let normal = rotate(load4f(past.poses_base, 2u * instance), rotate_back(turned, here.normal));
        let due = Guide(normal, here.depth * ratio, here.albedo, here.object);
        let beside = ratio * dot(slope, vec2f(q) + 0.5 - place_then);
        var w = alike(due, guide_at(q, past.layer), beside, 0.5 * ratio * (abs(slope.x) + abs(slope.y)));
        let was = look(q, past.layer, guide_at(q, past.layer));
        let change = seen.x - was.x;
        let fair = SAME_LIGHT * SAME_LIGHT * (seen.y + was.y) + INDIFFERENCE * INDIFFERENCE * seen.x * seen.x + 1e-8;
        w *= exp2(-change * change / fair);
        let v = textureLoad(light, q, past.layer, 0);
        sum += w * v.xyz;
        variance += w * w * v.w * v.w;
        weights += w;
    }
    radiance[index] = vec4f(base * sum / weights, scale * scale * variance / (weights * weights));
}
