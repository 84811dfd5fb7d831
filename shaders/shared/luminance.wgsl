// Luminance of linear Rec. 709 colours (ITU-R BT.709, 3.2).

fn luminance(c: vec3f) -> f32 {
    return dot(c, vec3f(0.2126, 0.7152, 0.0722));
}
