//! The kinds of passes.

/// A kind of ground truth per pixel. What each holds, with units and frames, stands at the fields of [`crate::Passes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Pass {
    /// [`crate::Passes::depth`].
    Depth,
    /// [`crate::Passes::normal`].
    Normal,
    /// [`crate::Passes::albedo`].
    Albedo,
    /// [`crate::Passes::object_id`].
    Id,
    /// [`crate::Passes::flow_forward`] and [`crate::Passes::flow_backward`].
    Flow,
    /// [`crate::Passes::coord`].
    Coord,
    /// [`crate::Passes::specular_id`] and [`crate::Passes::specular_throughput`].
    SpecularId,
}

/// What a frame is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Output {
    /// [`crate::Frame::rgb`].
    Rgb,
    /// [`crate::Frame::radiance`].
    Radiance,
    /// One of [`crate::Frame::passes`]. Passes alone trace no paths: they cost some rays per pixel.
    Pass(Pass),
}

impl Output {
    /// Whether paths must be traced for it.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Rgb | Self::Radiance)
    }
}

impl From<Pass> for Output {
    fn from(pass: Pass) -> Self {
        Self::Pass(pass)
    }
}

impl Pass {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Depth, Self::Normal, Self::Albedo, Self::Id, Self::Flow, Self::Coord, Self::SpecularId];

    /// As the command line calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Depth => "depth",
            Self::Normal => "normal",
            Self::Albedo => "albedo",
            Self::Id => "id",
            Self::Flow => "flow",
            Self::Coord => "coord",
            Self::SpecularId => "specular-id",
        }
    }
}
