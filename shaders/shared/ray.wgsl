// Rays, and how to leave a surface without hitting it again.
#import luminance

const FAR = 3.0e38;
const PI = 3.14159265;

struct Ray {
    origin: vec3f,
    direction: vec3f,
}

// Moves a point off its surface along `n` by a few units in the last place of each coordinate.
// Waechter, Binder, "A Fast and Robust Method for Avoiding Self-Intersection", Ray Tracing Gems, ch. 6.
fn offset_point(p: vec3f, n: vec3f) -> vec3f {
    let offset = vec3i(256.0 * n);
    let moved = bitcast<vec3f>(bitcast<vec3i>(p) + select(offset, -offset, p < vec3f(0.0)));
    return select(moved, p + n * (1.0 / 65536.0), abs(p) < vec3f(1.0 / 32.0));
}

// Two unit vectors that make a right-handed frame with the unit vector `n`.
// Duff et al., "Building an Orthonormal Basis, Revisited", JCGT 6(1), 2017.
fn frame_around(n: vec3f) -> mat3x3f {
    let s = select(-1.0, 1.0, n.z >= 0.0);
    let a = -1.0 / (s + n.z);
    let b = n.x * n.y * a;
    return mat3x3f(vec3f(1.0 + s * n.x * n.x * a, s * b, -s * n.x), vec3f(b, s + n.y * n.y * a, -n.y), n);
}

// Turns `v` by the unit quaternion `q` (x, y, z, w).
fn rotate(q: vec4f, v: vec3f) -> vec3f {
    let t = 2.0 * cross(q.xyz, v);
    return v + q.w * t + cross(q.xyz, t);
}

fn rotate_back(q: vec4f, v: vec3f) -> vec3f {
    return rotate(vec4f(-q.xyz, q.w), v);
}

// A unit vector from 32 bits: octahedral map, 16 bits an axis.
// Cigolle et al., "A Survey of Efficient Representations for Independent Unit Vectors", JCGT 3(2), 2014.
fn unpack_unit(bits: u32) -> vec3f {
    let e = unpack2x16snorm(bits);
    let z = 1.0 - abs(e.x) - abs(e.y);
    let folded = (1.0 - abs(e.yx)) * select(vec2f(-1.0), vec2f(1.0), e >= vec2f(0.0));
    return normalize(vec3f(select(folded, e, z >= 0.0), z));
}

// A point in the unit disk. Shirley, Chiu, "A Low Distortion Map Between Disk and Square", 1997.
fn concentric_disk(u: vec2f) -> vec2f {
    let o = 2.0 * u - 1.0;
    if all(o == vec2f(0.0)) {
        return o;
    }
    if abs(o.x) > abs(o.y) {
        let phi = 0.25 * PI * o.y / o.x;
        return o.x * vec2f(cos(phi), sin(phi));
    }
    let phi = 0.5 * PI - 0.25 * PI * o.x / o.y;
    return o.y * vec2f(cos(phi), sin(phi));
}
