// Everything that conditions and loops of the path tracing kernel depend on alone.
//
// A storage buffer, on purpose: Mesa 22's software driver writes the values of uniform buffers that decide conditions into the code
// and compiles that anew at every submission (16 ms, and 1.7 MB that it never gives back). For plain arithmetic uniform buffers are
// the faster ones. Host: `Control` in `crates/render/src/frame_params.rs`.

struct Control {
    // The part of the frame that a dispatch does.
    first_group: u32,
    first_sample: u32,
    sample_count: u32,
    light_count: u32,
    swept_count: u32,
    max_bounces: u32,
    // Metres; 0 for a pinhole.
    lens_radius: f32,
    // Of choosing the sun, or the picture around the scene, for direct light; 0 where there is none.
    sky_probability: f32,
    // Of choosing the objects that shine, and where their part of the random number ends.
    emitter_probability: f32,
    emitters_end: f32,
    emitter_count: u32,
    // Faces of solids among them, and one more for what is part of none; 0 where there are no solids.
    emitter_faces: u32,
    // Of choosing the objects that shine and whose geometry changes, and where their part of the random number ends.
    changing_probability: f32,
    changing_end: f32,
    changing_count: u32,
    // Capsules around what deforms.
    capsule_count: u32,
    // Group of what surrounds the scene.
    sky_group: u32,
    // After the lights.
    portal_count: u32,
    // Of the portals as the sun sees them, square metres.
    sunlit_area: f32,
}

@group(0) @binding(2) var<storage, read> control: Control;
