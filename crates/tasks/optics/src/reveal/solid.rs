//! Forms of what takes part.

use glam::Vec3;
use raytruth_scene::Shape;
use raytruth_task::SceneBuilder;

use crate::meshes;

/// A form, about its middle; metres.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Solid {
    Ball {
        radius: f32,
    },
    Cube {
        half: f32,
    },
    Drum {
        radius: f32,
        half_height: f32,
    },
    Board {
        half: Vec3,
    },
    /// Along x.
    Rod {
        radius: f32,
        half: f32,
    },
    /// An upright plate across y with a round window in its middle.
    Plate {
        half: Vec3,
        hole: f32,
    },
}

impl Solid {
    /// Forms of things that are told apart, each about as large as a ball of a radius.
    pub(crate) fn all(radius: f32) -> [Self; 3] {
        [
            Self::Ball { radius },
            Self::Cube { half: 0.84 * radius },
            Self::Drum { radius: 0.92 * radius, half_height: 0.84 * radius },
        ]
    }

    /// As prompts call it.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Ball { .. } => "ball",
            Self::Cube { .. } => "cube",
            Self::Drum { .. } => "cylinder",
            Self::Board { .. } => "board",
            Self::Rod { .. } => "rod",
            Self::Plate { .. } => "plate",
        }
    }

    /// Height of its middle over what it stands on.
    pub(crate) fn stands(&self) -> f32 {
        match self {
            Self::Ball { radius } | Self::Rod { radius, .. } => *radius,
            Self::Cube { half } => *half,
            Self::Drum { half_height, .. } => *half_height,
            Self::Board { half } | Self::Plate { half, .. } => half.z,
        }
    }

    pub(crate) fn shape(&self, builder: &mut SceneBuilder) -> Shape {
        match self {
            Self::Ball { radius } => Shape::Sphere { radius: *radius },
            Self::Cube { half } => Shape::Box { half_extents: Vec3::splat(*half), bevel: 0.0015 },
            Self::Drum { radius, half_height } => {
                Shape::Cylinder { radius: *radius, half_height: *half_height, bevel: (0.3 * half_height).min(0.002) }
            }
            Self::Board { half } => Shape::Box { half_extents: *half, bevel: 0.3 * half.min_element() },
            Self::Rod { radius, half } => builder.mesh("rod", meshes::rod(*radius, *half)),
            Self::Plate { half, hole } => builder.mesh("plate", meshes::pierced(*half, *hole)),
        }
    }
}
