// Camera rays.

#import control
#import frame
#import data
#import ray

// The ray through `offset` (pixels) from the middle of a pixel, from a point of the lens chosen by `u`.
fn camera_ray(pixel: vec2u, offset: vec2f, u: vec2f) -> Ray {
    let size = vec2f(frame.size);
    let film = 2.0 * (vec2f(pixel) + 0.5 + offset) / size - 1.0;
    let through = frame.camera_forward.xyz + film.x * frame.camera_right.xyz - film.y * frame.camera_up.xyz;
    if control.lens_radius == 0.0 {
        return Ray(frame.camera_origin.xyz, normalize(through));
    }
    let disk = control.lens_radius * concentric_disk(u);
    let origin = frame.camera_origin.xyz + disk.x * normalize(frame.camera_right.xyz) + disk.y * normalize(frame.camera_up.xyz);
    let focus = frame.camera_origin.xyz + frame.camera_right.w * through;
    return Ray(origin, normalize(focus - origin));
}

// The ray through a pixel's middle from the lens's.
fn pinhole_ray(pixel: vec2u) -> Ray {
    let film = 2.0 * (vec2f(pixel) + 0.5) / vec2f(frame.size) - 1.0;
    let through = frame.camera_forward.xyz + film.x * frame.camera_right.xyz - film.y * frame.camera_up.xyz;
    return Ray(frame.camera_origin.xyz, normalize(through));
}

// Offset from a pixel's middle, distributed as the pixel filter: every sample then counts the same. The filter's inverse
// cumulative distribution is a table of 256 steps; a texel holds both ends of one.
fn filter_offset(u: vec2f) -> vec2f {
    let at = u * 256.0;
    let cell = min(vec2u(at), vec2u(255u));
    let part = at - vec2f(cell);
    let x = load4f(frame.filter_base, cell.x).xy;
    let y = load4f(frame.filter_base, cell.y).xy;
    return vec2f(mix(x.x, x.y, part.x), mix(y.x, y.y, part.y));
}
