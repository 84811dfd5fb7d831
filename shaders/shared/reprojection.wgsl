// Where what a frame shows lies at other frames of the clip, and where their cameras see it.

#import frame
#import data
#import ray
#import intersect

// A camera, for projecting points.
struct View {
    origin: vec4f,
    // A direction's part along these, over its part forwards, is its place in the picture: pixels right and down of the middle.
    right: vec4f,
    down: vec4f,
    forward: vec4f,
}

#ifdef RESHAPED
// The point of a triangle whose corners start at texel `corners`.
fn on_triangle(corners: u32, uv: vec2f) -> vec3f {
    return (1.0 - uv.x - uv.y) * load4f(corners, 0u).xyz + uv.x * load4f(corners, 1u).xyz + uv.y * load4f(corners, 2u).xyz;
}
#endif

fn instance_of(hit: Hit) -> u32 {
    let texel = hit.primitive & 0x07ffffffu;
    return load4(frame.primitives_base, texel + select(3u, 1u, (hit.primitive & LEAF_SPHERE) != 0u)).x;
}

// A point of an object in the world, where the table of poses at `base` has the object; w: whether it is there. A table has two texels for
// each object. With the place comes by how much a ball is larger than the first of its kin, or 0 for what is not there or is no kin of what
// is there now.
fn placed(base: u32, instance: u32, local: vec3f) -> vec4f {
    let place = load4f(base, 2u * instance + 1u);
    return vec4f(rotate(load4f(base, 2u * instance), place.w * local) + place.xyz, select(0.0, 1.0, place.w > 0.0));
}

// Pixels right and down of the picture's middle, and metres forwards.
fn projected(view: View, direction: vec3f) -> vec3f {
    let depth = dot(direction, view.forward.xyz);
    return vec3f(vec2f(dot(direction, view.right.xyz), dot(direction, view.down.xyz)) / depth, depth);
}
