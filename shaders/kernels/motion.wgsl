// Where the surface that a pixel's middle sees was one frame ago, will be one frame on, and lies in its object's own frame.

#import frame
#import camera
#import first_hit
#import hit_point
#import reprojection

// Host: `crates/render/src/motion.rs`, checked against this by reflection.
struct Motion {
    before: View,
    now: View,
    after: View,
    // Where the objects' poses of the three frames start in `scene_data`, in texels.
    before_base: u32,
    now_base: u32,
    after_base: u32,
    // Where the corners of triangles that change their shape start: three of each of the three frames, in the object's own frame.
    corners_base: u32,
    // 0 where the clip has no such frame.
    has_before: u32,
    has_after: u32,
    padding: vec2u,
}

// A point at the three times, seen from the cameras, and whether it is there.
struct Places {
    before: vec4f,
    now: vec4f,
    after: vec4f,
}

@group(0) @binding(2) var<uniform> motion: Motion;
// Metres; w: 1 where there is an object, else 0.
@group(0) @binding(3) var<storage, read_write> coord: array<vec4f>;
// Pixels right and down; z: 1 where there is a flow, else 0.
@group(0) @binding(4) var<storage, read_write> forward_flow: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> backward_flow: array<vec4f>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) pixel: vec3u) {
    if any(pixel.xy >= frame.size) {
        return;
    }
    let index = pixel.y * frame.size.x + pixel.x;
    let ray = pinhole_ray(pixel.xy);
    let hit = first_hit(ray);
    var local = vec4f(0.0);
    // Seen from the cameras. What is infinitely far is a direction, and stays it.
    let infinitely_far = vec4f(ray.direction, 1.0);
    var places = Places(infinitely_far, infinitely_far, infinitely_far);
    if hit.primitive != NO_HIT {
        local = vec4f(hit_point(ray, hit).local, 1.0);
        let instance = instance_of(hit);
        // By the same way for all frames: what does not move then has a flow of exactly zero.
        places = Places(
            placed(motion.before_base, instance, local.xyz),
            placed(motion.now_base, instance, local.xyz),
            placed(motion.after_base, instance, local.xyz),
        );
#ifdef RESHAPED
        if (hit.primitive & LEAF_SPHERE) == 0u && hit.id >= frame.reshaped_first {
            let corners = motion.corners_base + 9u * (hit.id - frame.reshaped_first);
            places.before = vec4f(placed(motion.before_base, instance, on_triangle(corners, hit.uv)).xyz, places.before.w);
            places.now = vec4f(placed(motion.now_base, instance, on_triangle(corners + 3u, hit.uv)).xyz, 1.0);
            places.after = vec4f(placed(motion.after_base, instance, on_triangle(corners + 6u, hit.uv)).xyz, places.after.w);
        }
#endif
        places.before -= vec4f(motion.before.origin.xyz, 0.0);
        places.now -= vec4f(motion.now.origin.xyz, 0.0);
        places.after -= vec4f(motion.after.origin.xyz, 0.0);
    }
    coord[index] = local;
    let here = projected(motion.now, places.now.xyz);
    forward_flow[index] = flow(here, projected(motion.after, places.after.xyz), motion.has_after, places.after.w);
    backward_flow[index] = flow(here, projected(motion.before, places.before.xyz), motion.has_before, places.before.w);
}

fn flow(here: vec3f, there: vec3f, exists: u32, is_there: f32) -> vec4f {
    if exists == 0u || is_there == 0.0 || there.z <= 1.0e-6 {
        return vec4f(0.0);
    }
    return vec4f(there.xy - here.xy, 1.0, 0.0);
}
