// Where the surface that a pixel's middle sees was one frame ago, will be one frame on, and lies in its object's own frame.

#import frame
#import camera
#import first_hit
#import hit_point

// A camera, for projecting points.
struct View {
    origin: vec4f,
    // A direction's part along these, over its part forwards, is its place in the picture: pixels right and down of the middle.
    right: vec4f,
    down: vec4f,
    forward: vec4f,
}

// Host: `crates/render/src/motion.rs`, checked against this by reflection.
struct Motion {
    before: View,
    now: View,
    after: View,
    // Where the objects' poses of the other frames start in `scene_data`, in texels.
    before_base: u32,
    after_base: u32,
    // 0 where the clip has no such frame.
    has_before: u32,
    has_after: u32,
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
    var now = ray.direction;
    var before = ray.direction;
    var after = ray.direction;
    if hit.primitive != NO_HIT {
        local = vec4f(hit_point(ray, hit).local, 1.0);
        let instance = instance_of(hit);
        // By the same way for all frames: what does not move then has a flow of exactly zero.
        now = placed(frame.instances_base, instance, local.xyz) - motion.now.origin.xyz;
        before = placed(motion.before_base, instance, local.xyz) - motion.before.origin.xyz;
        after = placed(motion.after_base, instance, local.xyz) - motion.after.origin.xyz;
    }
    coord[index] = local;
    let here = projected(motion.now, now);
    forward_flow[index] = flow(here, projected(motion.after, after), motion.has_after);
    backward_flow[index] = flow(here, projected(motion.before, before), motion.has_before);
}

fn instance_of(hit: Hit) -> u32 {
    let texel = hit.primitive & 0x07ffffffu;
    return load4(frame.primitives_base, texel + select(3u, 1u, (hit.primitive & LEAF_SPHERE) != 0u)).x;
}

// A point of an object in the world, where the table of poses at `base` has the object.
fn placed(base: u32, instance: u32, local: vec3f) -> vec3f {
    return rotate(load4f(base, 2u * instance), local) + load4f(base, 2u * instance + 1u).xyz;
}

// Pixels right and down of the picture's middle, and metres forwards.
fn projected(view: View, direction: vec3f) -> vec3f {
    let depth = dot(direction, view.forward.xyz);
    return vec3f(vec2f(dot(direction, view.right.xyz), dot(direction, view.down.xyz)) / depth, depth);
}

fn flow(here: vec3f, there: vec3f, exists: u32) -> vec4f {
    if exists == 0u || there.z <= 1.0e-6 {
        return vec4f(0.0);
    }
    return vec4f(there.xy - here.xy, 1.0, 0.0);
}
