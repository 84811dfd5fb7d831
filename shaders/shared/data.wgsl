// The scene as one long array of texels. On software adapters a texture is read 1.7 to 2.4 times as fast as a storage buffer, so
// everything read at random lives here; how it is laid out is known to this file and to `crates/render/src/texels.rs` alone.

@group(0) @binding(1) var scene_data: texture_2d<u32>;

// Texel `i` of the table that starts at texel `base`. Rows are 4096 texels.
fn load4(base: u32, i: u32) -> vec4u {
    let texel = base + i;
    return textureLoad(scene_data, vec2u(texel & 4095u, texel >> 12u), 0);
}

fn load4f(base: u32, i: u32) -> vec4f {
    return bitcast<vec4f>(load4(base, i));
}
