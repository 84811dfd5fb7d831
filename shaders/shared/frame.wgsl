// What is the same for every path of a frame. Host: `crates/render/src/frame_params.rs`, checked against this by reflection.

struct FrameParams {
    // Position.
    camera_origin: vec4f,
    // Half of the picture's width at distance 1, as a vector to the right; w: distance of the plane in focus.
    camera_right: vec4f,
    // Half of its height, upwards.
    camera_up: vec4f,
    camera_forward: vec4f,
    // Smallest corner of the grid that the boxes of the hierarchy are quantised to.
    grid_min: vec4f,
    // Cells per metre.
    grid_scale: vec4f,
    env_zenith: vec4f,
    env_horizon: vec4f,
    env_ground: vec4f,
    // Towards the sun; w: cosine of its angular radius.
    sun_direction: vec4f,
    sun_radiance: vec4f,
    size: vec2u,
    groups_x: u32,
    groups: u32,
    // Coprime to `groups`: spreads neighbouring groups over the cores.
    group_stride: u32,
    seed: u32,
    flags: u32,
    // Bounces: diffuse, glossy, through glass.
    max_diffuse: u32,
    max_glossy: u32,
    max_transmission: u32,
    // Largest sum of r, g, b that one indirect contribution may have.
    indirect_clamp: f32,
    // Where the tables start in `scene_data`, in texels.
    nodes_base: u32,
    nodes_count: u32,
    primitives_base: u32,
    instances_base: u32,
    materials_base: u32,
    filter_base: u32,
    // Cycles' "filter glossy": how much rough surfaces before a bounce blur what comes after; huge for not at all.
    blur_glossy: f32,
    samples: u32,
    // The table for choosing a triangle or ball that shines, then two texels for each.
    emitters_base: u32,
    // Width, height, and where the cells and the tables for choosing one start.
    env_image: vec4u,
    // Radiance of the value 1, turns to the left, 1 / (sum over cells of four times the mean luminance times solid angle).
    env_map: vec4f,
    // What the camera is in, see `media.wgsl`.
    eye_media: vec4u,
    // 1 / (sum over emitters of area times luminance).
    emitter_density: f32,
    // Four texels for each light, where there are more than fit below.
    lights_base: u32,
    // One texel for each image, and two or three for what lies on the corners of each triangle, see `maps.wgsl`.
    images_base: u32,
    corners_base: u32,
    // The same as for emitters, of those whose geometry changes, in this frame.
    changing_base: u32,
    changing_density: f32,
    // The hierarchy of what never changes, which comes after that of the rest; 0 nodes where all is in one.
    still_nodes_base: u32,
    still_nodes_count: u32,
    // Ids of triangles from here on belong to objects whose shape changes; where their corners start, and where the three corners of
    // each lie on the first of its kin.
    reshaped_first: u32,
    reshaped_corners_base: u32,
    reference_base: u32,
    // Irradiance by luminance of the sun, or of the picture around the scene.
    sky_strength: f32,
    // Two corners for each box around what moves during the clip.
    swept: array<vec4f, 32>,
    // Four vectors for each light, see `lights.wgsl`. Every ray looks at all of these and of the boxes, which is faster here than
    // in `scene_data`.
    lights: array<vec4f, 128>,
    // Two ends and, with the first, the radius of each capsule around what deforms during the clip.
    capsules: array<vec4f, 64>,
    // Part of its full power that each group of lights has in this frame; that of group 0 is 1.
    powers: array<vec4f, 64>,
}

// The profile without limits.
const FLAG_PROOF = 1u;

@group(0) @binding(0) var<uniform> frame: FrameParams;
