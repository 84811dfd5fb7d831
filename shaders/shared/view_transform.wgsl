// From linear radiance to display values in 0..=1.

// view 0: the sRGB curve alone. view 1: Khronos PBR Neutral before it. view 2: AgX before it.
fn display(color: vec3f, view: u32) -> vec3f {
    // A broken sample must not reach the file as anything but black; min and max discard NaN.
    let c = clamp(color, vec3f(0.0), vec3f(65504.0));
    if view == 2u {
        return srgb_encode(clamp(agx(c), vec3f(0.0), vec3f(1.0)));
    }
    return srgb_encode(clamp(select(c, pbr_neutral(c), view == 1u), vec3f(0.0), vec3f(1.0)));
}

// Khronos PBR Neutral tone mapper, specification 1.0 (2024): base colours up to 0.8 are kept, highlights compressed and
// desaturated towards white.
fn pbr_neutral(color: vec3f) -> vec3f {
    let start = 0.8 - 0.04;
    let x = min(color.x, min(color.y, color.z));
    let offset = select(0.04, x - 6.25 * x * x, x < 0.08);
    let c = color - offset;
    let peak = max(c.x, max(c.y, c.z));
    if peak < start {
        return c;
    }
    let d = 1.0 - start;
    let new_peak = 1.0 - d * d / (peak + d - start);
    let g = 1.0 - 1.0 / (0.15 * (peak - new_peak) + 1.0);
    return mix(c * (new_peak / peak), vec3f(new_peak), g);
}

// AgX as Blender has it (T. Sobotka; base set by E. Chow, 2023): log2 exposure from 10 stops below middle grey to 6.5 above, a sigmoid
// of slope 2.4 through middle grey, both within primaries drawn together, so that bright colours go to white. Without Blender's
// treatment of colours outside of the gamut, which there are few of.
fn agx(color: vec3f) -> vec3f {
    // Rec. 709 to Rec. 2020 and the inset; the outset and back.
    let inset = mat3x3f(
        vec3f(0.544908138, 0.140440059, 0.088827412),
        vec3f(0.373779460, 0.754109599, 0.178877125),
        vec3f(0.081384977, 0.105433586, 0.732250000));
    let outset = mat3x3f(
        vec3f(1.964550960, -0.299322434, -0.164368338),
        vec3f(-0.855858451, 1.326451074, -0.238224641),
        vec3f(-0.108867107, -0.027084021, 1.402665347));
    let grey = 0.18;
    let stops = vec2f(10.0, 6.5);
    let exposure = (log2(max(inset * color, vec3f(1.0e-10)) / grey) + stops.x) / (stops.x + stops.y);
    let x = clamp(exposure, vec3f(0.0), vec3f(1.0));
    // At black rounding may leave a little less than nothing, which has no power.
    let shaped = max(agx_curve(x, stops.x / (stops.x + stops.y), pow(grey, 1.0 / 2.4)), vec3f(0.0));
    return outset * pow(shaped, vec3f(2.4));
}

// A sigmoid through `pivot` that meets (0, 0) and (1, 1): a line of slope m bent by (1 + t d^p)^(-1/p), where d is the distance from the
// pivot as a share of the room on its side.
fn agx_curve(x: vec3f, pivot_x: f32, pivot_y: f32) -> vec3f {
    let slope = 2.4;
    let power = 1.5;
    let above = x > vec3f(pivot_x);
    let room_x = select(vec3f(pivot_x), vec3f(1.0 - pivot_x), above);
    let room_y = select(vec3f(pivot_y), vec3f(1.0 - pivot_y), above);
    let bend = pow(slope * room_x / room_y, vec3f(power)) - 1.0;
    let d = x - pivot_x;
    return pivot_y + slope * d * pow(1.0 + bend * pow(abs(d) / room_x, vec3f(power)), vec3f(-1.0 / power));
}

// IEC 61966-2-1.
fn srgb_encode(c: vec3f) -> vec3f {
    return select(1.055 * pow(max(c, vec3f(0.0031308)), vec3f(1.0 / 2.4)) - 0.055, 12.92 * c, c <= vec3f(0.0031308));
}
