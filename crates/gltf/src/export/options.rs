//! What a file is for.

/// Which program a file is written for: they read lights in different units, and show different things of a sky.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// Blender and its path tracer Cycles. Lamps and sky are meshes that shine, spots have Blender's unit.
    #[default]
    Blender,
    /// Viewers on the web. Lamps are punctual lights in candela, the sky is `EXT_lights_image_based`.
    Web,
}

/// How to write what glTF leaves open.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportOptions {
    /// Who reads it.
    pub target: Target,
    /// Facets to a full turn of round shapes, 8 to 1024; see [`raytruth_scene::Shape::tessellate`].
    pub segments: u32,
    /// Width over height of the picture that is framed.
    pub aspect: f32,
    /// Longer side of the images that patterns are baked into, at most; 8 to 8192.
    pub texels: u32,
}

impl Default for ExportOptions {
    /// For Blender, 64 facets, 16 : 10, 2048 texels.
    fn default() -> Self {
        Self { target: Target::Blender, segments: 64, aspect: 1.6, texels: 2048 }
    }
}
