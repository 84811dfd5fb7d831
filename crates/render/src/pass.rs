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
