// What surrounds the scene: a sky by direction, and a sun that is sampled on its own.
#import frame

// Radiance of the sky, without the sun's disc. z is up.
fn environment_radiance(dir: vec3f) -> vec3f {
    // The horizon's haze thins out fast and then ever more slowly, as the air's depth does. Twilight below it is narrow.
    let up = max(dir.z, 0.0);
    let rise = sqrt(up) * (1.0 - 0.25 * up) * (1.0 / 0.75);
    let sky = mix(frame.env_horizon.xyz, frame.env_zenith.xyz, rise);
    return mix(sky, frame.env_ground.xyz, smoothstep(0.0, 0.08, -dir.z));
}

// A direction within the sun's disc and its pdf by solid angle.
fn sun_sample(u: vec2f) -> vec4f {
    let w = frame.sun_direction.xyz;
    let below = 1.0 - frame.sun_direction.w;
    // Around the axis in terms of 1 - cos, which does not cancel for a disc as small as the real sun's.
    let down = u.y * below;
    let r = sqrt(down * (2.0 - down));
    let phi = 6.2831853 * u.x;
    // Duff et al., "Building an Orthonormal Basis, Revisited", 2017.
    let sign = select(-1.0, 1.0, w.z >= 0.0);
    let a = -1.0 / (sign + w.z);
    let b = w.x * w.y * a;
    let t = vec3f(1.0 + sign * w.x * w.x * a, sign * b, -sign * w.x);
    let s = vec3f(b, sign + w.y * w.y * a, -w.y);
    let dir = normalize(t * (r * cos(phi)) + s * (r * sin(phi)) + w * (1.0 - down));
    return vec4f(dir, 1.0 / (6.2831853 * below));
}

// Radiance of the sun's disc in a direction; zero beside it.
fn sun_radiance(dir: vec3f) -> vec3f {
    return select(vec3f(0.0), frame.sun_radiance.xyz, in_sun(dir));
}

// The pdf of `sun_sample`.
fn sun_pdf(dir: vec3f) -> f32 {
    return select(0.0, 1.0 / (6.2831853 * (1.0 - frame.sun_direction.w)), in_sun(dir));
}

// By the chord, which stays exact where the cosine does not.
fn in_sun(dir: vec3f) -> bool {
    let chord = dir - frame.sun_direction.xyz;
    return frame.sun_direction.w < 1.0 && dot(chord, chord) <= 2.0 * (1.0 - frame.sun_direction.w) * 1.00001;
}
