// Objects that shine, sampled directly: triangles, on both faces, and balls. Host: `crates/render/src/emitters.rs`.
//
// Each is chosen by its area times the luminance of its radiance, among those that are turned towards the point: faces of solids are
// looked up before, all else counts as turned towards everyone. A triangle is then sampled by area, a ball by the cone under which it
// is seen, or from within by area. They block light as all objects do.
#import ball
#import choice
#import control
#import data
#import frame
#import intersect
#import ray

const EMITTER_BALL = 1u;
const EMITTER_MOVES = 2u;

struct EmitterSample {
    direction: vec3f,
    distance: f32,
    radiance: vec3f,
    // By solid angle, without the choice of emitters among all lights; 0 where nothing reaches the point.
    pdf: f32,
    // Whether it moves during the clip.
    moves: bool,
    // What changes its power.
    group: u32,
}

// Of face `i` of the solids: `k` = 0, its plane; 1, where the part of 0..1 begins and ends that chooses something on it.
fn emitter_face(i: u32, k: u32) -> vec4f {
    return load4f(frame.emitters_base + (control.emitter_count + 1u) / 2u + 2u * control.emitter_count, 2u * i + k);
}

// How much of 0..1 chooses something that is turned towards `p`.
fn emitters_facing(p: vec3f) -> f32 {
    var sum = 0.0;
    for (var i = 0u; i < control.emitter_faces; i += 1u) {
        let plane = emitter_face(i, 0u);
        let range = emitter_face(i, 1u);
        sum += select(0.0, range.y - range.x, dot(plane.xyz, p) + plane.w > 0.0);
    }
    return select(sum, 1.0, control.emitter_faces == 0u);
}

// Moves `u` from 0..1 into those parts of 0..1 that choose something that is turned towards `p`: they make `facing` together.
fn among_facing(p: vec3f, facing: f32, u: f32) -> f32 {
    if control.emitter_faces == 0u {
        return u;
    }
    var rest = u * facing;
    var at = 0.0;
    for (var i = 0u; i < control.emitter_faces; i += 1u) {
        let plane = emitter_face(i, 0u);
        let range = emitter_face(i, 1u);
        if dot(plane.xyz, p) + plane.w > 0.0 && range.y > range.x {
            // Not the end itself, which belongs to the next.
            at = clamp(range.x + rest, range.x, range.y * (1.0 - 1.0e-7));
            rest -= range.y - range.x;
            if rest < 0.0 {
                break;
            }
        }
    }
    return at;
}

// A direction from `p` towards an emitter; `u_choice.x` chooses it as well.
fn emitter_sample(p: vec3f, u_choice: vec2f) -> EmitterSample {
    let facing = emitters_facing(p);
    if facing <= 0.0 {
        return EmitterSample();
    }
    let choice = choose(frame.emitters_base, control.emitter_count, among_facing(p, facing, u_choice.x));
    let at = frame.emitters_base + (control.emitter_count + 1u) / 2u + 2u * choice.index;
    return sample_emitter(p, at, frame.emitter_density / facing, vec2f(choice.u, u_choice.y));
}

#ifdef CHANGING_EMITTERS
// The same for those whose geometry changes: nothing about them is the same in all frames, not even whether there are any.
fn changing_sample(p: vec3f, u_choice: vec2f) -> EmitterSample {
    var e = EmitterSample();
    if control.changing_count > 0u {
        let choice = choose(frame.changing_base, control.changing_count, u_choice.x);
        let at = frame.changing_base + (control.changing_count + 1u) / 2u + 2u * choice.index;
        e = sample_emitter(p, at, frame.changing_density, vec2f(choice.u, u_choice.y));
    }
    e.moves = true;
    return e;
}

// The pdf of `changing_sample` for a ray that meets `hit`, which shines with `radiance`.
fn changing_pdf(ray: Ray, hit: Hit, normal: vec3f, radiance: vec3f) -> f32 {
    return met_emitter_pdf(ray, hit, normal, luminance(radiance) * frame.changing_density);
}
#endif

// A point on the emitter whose two texels start at `at`. `density`: of choosing a point on it by area, over its luminance.
fn sample_emitter(p: vec3f, at: u32, density: f32, u: vec2f) -> EmitterSample {
    let head = load4(at, 0u);
    let radiance = load4f(at, 1u);
    let moves = (head.y & EMITTER_MOVES) != 0u;
    let group = head.z;
    let weight = luminance(radiance.xyz) * density;
    let a = load4f(frame.primitives_base, head.x);
    if (head.y & EMITTER_BALL) != 0u {
        let centre = a.xyz - p;
        if within_ball(centre, a.w * a.w) {
            let z = 1.0 - 2.0 * u.x;
            let r = sqrt(max(1.0 - z * z, 0.0));
            let n = vec3f(r * cos(2.0 * PI * u.y), r * sin(2.0 * PI * u.y), z);
            let to = centre + a.w * n;
            let d2 = dot(to, to);
            let w = to * inverseSqrt(d2);
            let cosine = abs(dot(n, w));
            let pdf = select(0.0, weight * d2 / cosine, cosine > 1.0e-6);
            return EmitterSample(w, sqrt(d2), radiance.xyz, pdf, moves, group);
        }
        let ball = ball_sample(centre, a.w * a.w, u);
        return EmitterSample(ball.direction, ball.distance, radiance.xyz, ball.pdf * weight * radiance.w, moves, group);
    }
    let e1 = load4f(frame.primitives_base, head.x + 1u).xyz;
    let e2 = load4f(frame.primitives_base, head.x + 2u).xyz;
    let root = sqrt(u.x);
    let to = a.xyz + (root * (1.0 - u.y)) * e1 + (root * u.y) * e2 - p;
    let d2 = dot(to, to);
    let w = to * inverseSqrt(d2);
    let n = normalize(cross(e1, e2));
    let cosine = abs(dot(n, w));
    return EmitterSample(w, sqrt(d2), radiance.xyz, select(0.0, weight * d2 / cosine, cosine > 1.0e-6), moves, group);
}

// The pdf of `emitter_sample` for a ray that meets `hit`, which shines with `radiance`.
fn emitter_pdf(ray: Ray, hit: Hit, normal: vec3f, radiance: vec3f) -> f32 {
    return met_emitter_pdf(ray, hit, normal, luminance(radiance) * frame.emitter_density / emitters_facing(ray.origin));
}

// `weight`: with which density by area a point is chosen.
fn met_emitter_pdf(ray: Ray, hit: Hit, normal: vec3f, weight: f32) -> f32 {
    if (hit.primitive & LEAF_SPHERE) != 0u {
        let ball = load4f(frame.primitives_base, hit.primitive & 0x07ffffffu);
        let r2 = ball.w * ball.w;
        let centre = ball.xyz - ray.origin;
        if !within_ball(centre, r2) {
            return weight * 4.0 * PI * r2 * ball_pdf(centre, r2);
        }
    }
    // No face of a solid is met from behind: the camera is outside.
    let cosine = abs(dot(normal, ray.direction));
    return select(0.0, weight * hit.t * hit.t / cosine, cosine > 1.0e-6);
}

// Points on the surface count as inside, on whichever side rounding puts them.
fn within_ball(to: vec3f, r2: f32) -> bool {
    return dot(to, to) <= r2 * 1.0001;
}
