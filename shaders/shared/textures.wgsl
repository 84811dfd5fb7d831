// Procedural patterns over the object's own coordinates, measured in features (the material's `scale`).
// They vary lightness more than hue: an object keeps the colour that its name promises.

const PATTERN_NONE: u32 = 0u;
const PATTERN_CHECKER: u32 = 1u;
const PATTERN_WOOD: u32 = 2u;
const PATTERN_CONCRETE: u32 = 3u;
const PATTERN_BRUSHED: u32 = 4u;
const PATTERN_TILES: u32 = 5u;
const PATTERN_SPECKLE: u32 = 6u;
const PATTERN_STRIPES: u32 = 7u;

// x: how far to blend towards the second colour, 0..=1; y, z: relative change of lightness and roughness. All at full strength.
fn texture_pattern(pattern: u32, p: vec3f, seed: u32) -> vec3f {
    // Software adapters run every branch for every lane, so the noise is shared: each pattern only says where to look it up.
    var coarse_at = p * 0.5;
    var fine_at = p * 4.0;
    if pattern == PATTERN_WOOD {
        coarse_at = p * vec3f(0.12, 0.4, 0.4);
        fine_at = p * vec3f(0.5, 9.0, 9.0);
    } else if pattern == PATTERN_BRUSHED {
        coarse_at = p * vec3f(0.02, 0.3, 0.3);
        fine_at = p * vec3f(0.04, 1.0, 1.0);
    } else if pattern == PATTERN_SPECKLE {
        coarse_at = p;
        fine_at = p * 2.3;
    }
    let coarse = value_noise(coarse_at, seed) * 0.65 + value_noise(turned(coarse_at), seed ^ 0x51u) * 0.35;
    let fine = value_noise(fine_at, seed ^ 0xa7u);

    let cell = vec3i(floor(p));
    let within = p - floor(p);
    switch pattern {
        case PATTERN_CHECKER: {
            return vec3f(f32((cell.x + cell.y + cell.z) & 1), 0.0, 0.0);
        }
        case PATTERN_WOOD: {
            // The board is cut some rings away from the heart of the trunk.
            let heart = vec2f(5.3, 2.9) + vec2f(f32(seed & 3u), f32((seed >> 2u) & 3u));
            let ring = fract(length(p.yz + heart) + 1.1 * coarse);
            // Late wood darkens slowly and ends at once.
            let late = ring * ring * smoothstep(1.0, 0.9, ring) * 1.25;
            return vec3f(clamp(0.75 * late + 0.5 * fine * fine, 0.0, 1.0), 0.12 * (coarse - 0.5), 0.3 * (fine - 0.5));
        }
        case PATTERN_CONCRETE: {
            let pit = smoothstep(0.82, 0.9, fine);
            return vec3f(clamp(smoothstep(0.25, 0.75, coarse) * 0.6 + 0.4 * pit, 0.0, 1.0), 0.14 * (fine - 0.5), 0.15 * (coarse - 0.5));
        }
        case PATTERN_BRUSHED: {
            return vec3f(0.35 * smoothstep(0.6, 0.9, coarse), 0.2 * (fine - 0.5), 0.7 * (fine - 0.5) + 0.5 * (coarse - 0.5));
        }
        case PATTERN_TILES: {
            let edge = min(min(within.x, 1.0 - within.x), min(within.y, 1.0 - within.y));
            let joint = smoothstep(0.035, 0.02, edge);
            let tone = unit(lattice(vec3i(cell.xy, 0), seed)) - 0.5;
            return vec3f(joint, (1.0 - joint) * (0.12 * tone + 0.06 * (coarse - 0.5)), 0.8 * joint);
        }
        case PATTERN_SPECKLE: {
            let spot = smoothstep(0.58, 0.68, coarse) * 0.8 + smoothstep(0.72, 0.8, fine) * 0.6;
            return vec3f(clamp(spot, 0.0, 1.0), 0.08 * (fine - 0.5), 0.25 * (coarse - 0.5));
        }
        case PATTERN_STRIPES: {
            return vec3f(select(0.0, 1.0, within.z < 0.5), 0.0, 0.0);
        }
        default: {
            return vec3f(0.0);
        }
    }
}

// Turns and scales, so that a second octave shares no lattice with the first. Rows are orthogonal, of length 2.07.
fn turned(p: vec3f) -> vec3f {
    return vec3f(
        dot(p, vec3f(0.0, 1.656, 1.242)),
        dot(p, vec3f(-1.656, 0.7452, -0.9936)),
        dot(p, vec3f(-1.242, -0.9936, 1.3248)),
    ) + 17.3;
}

// Random values on the integer lattice, blended smoothly; 0..1.
fn value_noise(p: vec3f, seed: u32) -> f32 {
    let floor_p = floor(p);
    let i = vec3i(floor_p);
    let f = p - floor_p;
    let w = f * f * (3.0 - 2.0 * f);
    let x0 = mix(unit(lattice(i, seed)), unit(lattice(i + vec3i(1, 0, 0), seed)), w.x);
    let x1 = mix(unit(lattice(i + vec3i(0, 1, 0), seed)), unit(lattice(i + vec3i(1, 1, 0), seed)), w.x);
    let x2 = mix(unit(lattice(i + vec3i(0, 0, 1), seed)), unit(lattice(i + vec3i(1, 0, 1), seed)), w.x);
    let x3 = mix(unit(lattice(i + vec3i(0, 1, 1), seed)), unit(lattice(i + vec3i(1, 1, 1), seed)), w.x);
    return mix(mix(x0, x1, w.y), mix(x2, x3, w.y), w.z);
}

// A hash of a lattice point: enough mixing for noise, few instructions.
fn lattice(i: vec3i, seed: u32) -> u32 {
    let v = bitcast<vec3u>(i);
    var h = v.x * 0x8da6b343u ^ v.y * 0xd8163841u ^ v.z * 0xcb1ab31fu ^ seed * 0x9e3779b9u;
    h = (h ^ (h >> 15u)) * 0x2c1b3c6du;
    h = (h ^ (h >> 12u)) * 0x297a2d39u;
    return h ^ (h >> 15u);
}

fn unit(h: u32) -> f32 {
    return f32(h >> 8u) * 5.9604645e-8;
}
