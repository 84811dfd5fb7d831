// Light told apart by what changes its power during the clip. Group 0 is what never changes; up to three more are summed apart at full
// power, so that a lamp that goes on or out costs no path. Host: `crates/render/src/groups.rs`.
#import frame

#ifdef LIGHT_GROUPS
// Column by group.
alias Light = mat4x3f;

#ifdef MANY_POWERS
// Whether this path met light of a group that is not summed apart.
var<private> met_changing_light: bool;
#endif

// Part of its full power that a group has in this frame.
fn light_power(group: u32) -> f32 {
    return frame.powers[group >> 2u][group & 3u];
}

fn no_light() -> Light {
    return mat4x3f();
}

// Light of one group. What is of one group too many comes at the power of this frame, and is held down at that.
fn of_group(c: vec3f, group: u32) -> Light {
#ifdef MANY_POWERS
    if group > 3u {
        met_changing_light = true;
        return mat4x3f(c * light_power(group), vec3f(0.0), vec3f(0.0), vec3f(0.0));
    }
#endif
    let none = vec3f(0.0);
    return mat4x3f(
        select(none, c, group == 0u),
        select(none, c, group == 1u),
        select(none, c, group == 2u),
        select(none, c, group == 3u),
    );
}

fn tinted(beta: vec3f, light: Light) -> Light {
    return mat4x3f(beta * light[0], beta * light[1], beta * light[2], beta * light[3]);
}

// A contribution, each group held down on its own, so that it stays in proportion to its power.
fn limited(light: Light, indirect: bool) -> Light {
    return mat4x3f(
        limited_color(light[0], indirect),
        limited_color(light[1], indirect),
        limited_color(light[2], indirect),
        limited_color(light[3], indirect),
    );
}

fn shines(light: Light) -> bool {
    return any(light[0] + light[1] + light[2] + light[3] > vec3f(0.0));
}

// What arrives in this frame.
fn at_power(light: Light) -> vec3f {
    return light[0] + light_power(1u) * light[1] + light_power(2u) * light[2] + light_power(3u) * light[3];
}
#else
alias Light = vec3f;

fn no_light() -> Light {
    return vec3f(0.0);
}

fn of_group(c: vec3f, group: u32) -> Light {
    return c;
}

fn tinted(beta: vec3f, light: Light) -> Light {
    return beta * light;
}

fn limited(light: Light, indirect: bool) -> Light {
    return limited_color(light, indirect);
}

fn shines(light: Light) -> bool {
    return any(light > vec3f(0.0));
}

fn at_power(light: Light) -> vec3f {
    return light;
}
#endif

// A contribution, held down to what the profile allows where it is indirect. Cycles' "indirect clamp".
fn limited_color(c: vec3f, indirect: bool) -> vec3f {
    let sum = c.x + c.y + c.z;
    return select(c, c * (frame.indirect_clamp / sum), indirect && sum > frame.indirect_clamp);
}
