/// A rendered frame. Row by row from the top left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Display colours after the view transform, 8-bit RGB.
    pub rgb: Vec<u8>,
    /// Linear Rec. 709 radiance, denoised where the settings ask for it.
    pub radiance: Vec<[f32; 3]>,
    /// What stands where.
    pub passes: Passes,
}

/// Ground truth per pixel, from one ray through each pixel's centre (no filter, no lens): what the camera sees first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Passes {
    /// [`raytruth_scene::Object::id`] of the nearest surface, 0 where there is none.
    pub object_id: Vec<u16>,
    /// Metres along the camera's axis; infinite where there is nothing.
    pub depth: Vec<f32>,
    /// Unit shading normal in world coordinates, towards the camera; zero where there is nothing.
    pub normal: Vec<[f32; 3]>,
    /// Base colour, linear Rec. 709; zero where there is nothing.
    pub albedo: Vec<[f32; 3]>,
}

/// How far a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Camera paths traced so far.
    pub done: u64,
    /// Camera paths of the frame.
    pub total: u64,
}
