// Rays against the bounding volume hierarchy and the triangles and spheres in it.
//
// A node is one texel: a box in 16-bit grid cells and a link. There are eight copies of the tree, one for each octant of ray
// directions, with children in the order in which such rays meet them and each box as (near, far) instead of (min, max). Nodes
// lie in depth-first order, so the first child is the next node and the link of an inner node is where to go on after it: no
// stack. Where much never changes there are two such trees, one after the other. Host: `crates/render/src/bvh`.

#import data
#import frame
#import ray

const LEAF = 0x80000000u;
const LEAF_SPHERE = 0x40000000u;
const NO_HIT = 0xffffffffu;

struct Hit {
    t: f32,
    // Barycentric coordinates of the second and third corner of a triangle.
    uv: vec2f,
    // Texel of the primitive, with LEAF_SPHERE for a sphere; NO_HIT.
    primitive: u32,
    // The same in every frame, unlike the order of primitives in the tree: decides between hits at the same distance.
    id: u32,
}

// A ray in the grid's coordinates: entry distance of a plane at cell c is c * scale + bias.
struct GridRay {
    scale: vec3f,
    bias: vec3f,
    first: u32,
    end: u32,
}

#ifdef COUNT_RAYS
// That one path has sent so far.
var<private> rays_sent: u32;

#endif
fn grid_ray(origin: vec3f, direction: vec3f) -> GridRay {
#ifdef COUNT_RAYS
    rays_sent += 1u;
#endif
    let tiny = select(vec3f(-1.0e-9), vec3f(1.0e-9), direction >= vec3f(0.0));
    let d = select(direction, tiny, abs(direction) < vec3f(1.0e-9));
    let scale = 1.0 / (d * frame.grid_scale.xyz);
    let bias = -(origin - frame.grid_min.xyz) / d;
    let octant = dot(vec3u(d < vec3f(0.0)), vec3u(1u, 2u, 4u));
    let first = frame.nodes_base + octant * frame.nodes_count;
    // The last node of the first hierarchy leads on to the second, if there is one.
    let still_end = frame.still_nodes_base + (octant + 1u) * frame.still_nodes_count;
    return GridRay(scale, bias, first, select(still_end, first + frame.nodes_count, frame.still_nodes_count == 0u));
}

// The next leaf whose box the ray meets before `t_max`, from node `(*node)` on, which moves behind it; 0 where there is none.
fn next_leaf(grid: GridRay, node: ptr<function, u32>, t_max: f32) -> u32 {
    var at = *node;
    var leaf = 0u;
    while at != grid.end {
        let box = load4(at, 0u);
        let enter = vec3f(box.xyz & vec3u(0xffffu)) * grid.scale + grid.bias;
        let leave = vec3f(box.xyz >> vec3u(16u)) * grid.scale + grid.bias;
        let met = max(max(enter.x, enter.y), max(enter.z, 0.0)) <= min(min(leave.x, leave.y), min(leave.z, t_max));
        let is_leaf = box.w >= LEAF;
        at = select(box.w, at + 1u, met || is_leaf);
        if met && is_leaf {
            leaf = box.w;
            break;
        }
    }
    *node = at;
    return leaf;
}

// Nearest hit closer than `t_max`.
fn trace(origin: vec3f, direction: vec3f, t_max: f32) -> Hit {
    let grid = grid_ray(origin, direction);
    var hit = Hit(t_max, vec2f(0.0), NO_HIT, NO_HIT);
    var node = grid.first;
    loop {
        let leaf = next_leaf(grid, &node, hit.t);
        if leaf == 0u {
            break;
        }
        if (leaf & LEAF_SPHERE) != 0u {
            let t = hit_sphere(leaf & 0x07ffffffu, origin, direction, hit.t);
            if t > 0.0 {
                hit = Hit(t, vec2f(0.0), leaf & 0x47ffffffu, NO_HIT);
            }
            continue;
        }
        let last = (leaf & 0x07ffffffu) + ((leaf >> 27u) & 7u) * 4u;
        for (var texel = leaf & 0x07ffffffu; texel <= last; texel += 4u) {
            let found = hit_triangle(texel, origin, direction, hit.t);
            let id = bitcast<u32>(found.w);
            if found.x > 0.0 && (found.x < hit.t || id < hit.id) {
                hit = Hit(found.x, found.yz, texel, id);
            }
        }
    }
    return hit;
}

// Whether anything lies between the origin and `t_max`.
fn occluded(origin: vec3f, direction: vec3f, t_max: f32) -> bool {
    let grid = grid_ray(origin, direction);
    var node = grid.first;
    var blocked = false;
    while !blocked {
        let leaf = next_leaf(grid, &node, t_max);
        if leaf == 0u {
            break;
        }
        if (leaf & LEAF_SPHERE) != 0u {
            blocked = hit_sphere(leaf & 0x07ffffffu, origin, direction, t_max) > 0.0;
            continue;
        }
        let last = (leaf & 0x07ffffffu) + ((leaf >> 27u) & 7u) * 4u;
        for (var texel = leaf & 0x07ffffffu; texel <= last; texel += 4u) {
            blocked |= hit_triangle(texel, origin, direction, t_max).x > 0.0;
        }
    }
    return blocked;
}

// (t, u, v, id) up to and with `t_max`; t = 0 for a miss. Moeller, Trumbore, "Fast, Minimum Storage Ray/Triangle Intersection", 1997.
fn hit_triangle(texel: u32, origin: vec3f, direction: vec3f, t_max: f32) -> vec4f {
    let first = load4f(frame.primitives_base, texel);
    let v0 = first.xyz;
    let e1 = load4f(frame.primitives_base, texel + 1u).xyz;
    let e2 = load4f(frame.primitives_base, texel + 2u).xyz;
    let p = cross(direction, e2);
    let det = dot(e1, p);
    let inv = 1.0 / det;
    let s = origin - v0;
    let u = dot(s, p) * inv;
    let q = cross(s, e1);
    let v = dot(direction, q) * inv;
    let t = dot(e2, q) * inv;
    // A ray in the triangle's plane has no `inv`, and drivers may take for granted that nothing is infinite or NaN.
    let inside = det != 0.0 && u >= 0.0 && v >= 0.0 && u + v <= 1.0 && t > 0.0 && t <= t_max;
    return select(vec4f(0.0), vec4f(t, u, v, first.w), inside);
}

// Nearest distance in (0, t_max), 0 for a miss. Haines et al., "Precision Improvements for Ray/Sphere Intersection", Ray Tracing
// Gems, ch. 7.
fn hit_sphere(texel: u32, origin: vec3f, direction: vec3f, t_max: f32) -> f32 {
    let ball = load4f(frame.primitives_base, texel);
    let f = origin - ball.xyz;
    let b = -dot(f, direction);
    let rest = f + b * direction;
    let disc = ball.w * ball.w - dot(rest, rest);
    let c = dot(f, f) - ball.w * ball.w;
    let q = b + select(-1.0, 1.0, b >= 0.0) * sqrt(max(disc, 0.0));
    let t0 = min(c / q, q);
    let t1 = max(c / q, q);
    let t = select(t1, t0, t0 > 0.0);
    return select(0.0, t, disc >= 0.0 && t > 0.0 && t < t_max);
}
