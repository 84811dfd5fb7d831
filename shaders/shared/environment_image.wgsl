// A picture of all directions around the scene, in latitude and longitude. Host: `crates/render/src/sky.rs`.
//
// It is interpolated between the centres of four pixels. Such a cell is one texel, and is chosen for direct light by its mean
// luminance times its solid angle, so that the pdf of a direction is told by that texel alone. Within a cell directions are even.
#import choice
#import frame
#import ray

struct EnvSample {
    direction: vec3f,
    radiance: vec3f,
    // By solid angle.
    pdf: f32,
}

// Radiance and pdf of `env_sample` in a direction.
fn env_look_up(dir: vec3f) -> EnvSample {
    let turn = 0.5 - atan2(dir.y, dir.x) * (0.5 / PI) + frame.env_map.y;
    let size = vec2f(frame.env_image.xy);
    let x = fract(turn) * size.x + (size.x - 0.5);
    let y = acos(clamp(dir.z, -1.0, 1.0)) * (size.y / PI) + 0.5;
    let cell = vec2u(u32(x) % frame.env_image.x, min(u32(y), frame.env_image.y));
    return env_in_cell(dir, cell, fract(x), fract(y));
}

// A direction towards what is bright.
fn env_sample(u: vec2f) -> EnvSample {
    let columns = frame.env_image.x;
    let rows = frame.env_image.y + 1u;
    let row = choose(frame.env_image.w, rows, u.y);
    let first = frame.env_image.w + (rows + 1u) / 2u + row.index * ((columns + 1u) / 2u);
    let column = choose(first, columns, u.x);
    let height = f32(frame.env_image.y);
    let top = cos(PI * max(f32(row.index) - 0.5, 0.0) / height);
    let bottom = cos(PI * min(f32(row.index) + 0.5, height) / height);
    let z = mix(top, bottom, row.u);
    // Around: the inverse of what `env_look_up` does.
    let turn = (f32(column.index) + 0.5 + column.u) / f32(columns) - frame.env_map.y;
    let phi = 2.0 * PI * (0.5 - turn);
    let r = sqrt(max(1.0 - z * z, 0.0));
    let dir = vec3f(r * cos(phi), r * sin(phi), z);
    let y = acos(z) * (height / PI) + 0.5;
    return env_in_cell(dir, vec2u(column.index, row.index), column.u, clamp(y - f32(row.index), 0.0, 1.0));
}

fn env_in_cell(dir: vec3f, cell: vec2u, fx: f32, fy: f32) -> EnvSample {
    let corners = load4(frame.env_image.z, cell.y * frame.env_image.x + cell.x);
    let a = unpack_shared_exponent(corners.x);
    let b = unpack_shared_exponent(corners.y);
    let c = unpack_shared_exponent(corners.z);
    let d = unpack_shared_exponent(corners.w);
    let radiance = mix(mix(a, b, fx), mix(c, d, fx), fy) * frame.env_map.x;
    return EnvSample(dir, radiance, luminance(a + b + c + d) * frame.env_map.z);
}

// Three fractions of 9 bits with one exponent of 5.
fn unpack_shared_exponent(bits: u32) -> vec3f {
    let scale = bitcast<f32>(((bits >> 27u) + 103u) << 23u);
    return scale * vec3f(vec3u(bits, bits >> 9u, bits >> 18u) & vec3u(511u));
}
