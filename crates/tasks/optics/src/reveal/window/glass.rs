//! What fills the window: exact forms, and how they turn what is seen through them.

use glam::{DVec3, Vec3};
use raytruth_scene::{Pose, Shape};
use raytruth_task::{Rng, SceneBuilder};

use crate::exact::{Body, Optic, Surface, forms};
use crate::meshes;

/// Radius of a ball and of rods; half of a rod's length, and of a block's sides; radius of a lens's rim. Metres.
const ROUND: f64 = 0.0348;
const LONG: f64 = 0.045;
const RIM: f64 = 0.034;

/// Kinds of glass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ball,
    /// Thicker in its middle.
    Convex,
    /// Thinner in its middle.
    Concave,
    Block,
    /// An upright rod, and one that lies across.
    Upright,
    Across,
}

impl Kind {
    pub(super) const ALL: [Self; 6] = [Self::Ball, Self::Convex, Self::Concave, Self::Block, Self::Upright, Self::Across];

    /// As dials name it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Ball => "ball",
            Self::Convex => "convex_lens",
            Self::Concave => "concave_lens",
            Self::Block => "block",
            Self::Upright => "upright_rod",
            Self::Across => "level_rod",
        }
    }

    /// As prompts name it.
    pub(super) const fn told(self) -> &'static str {
        match self {
            Self::Ball => "a glass ball",
            Self::Convex => "a convex lens of glass",
            Self::Concave => "a concave lens of glass",
            Self::Block => "a flat block of glass",
            Self::Upright => "an upright round rod of glass",
            Self::Across => "a round rod of glass that lies across",
        }
    }

    /// Whether what is far enough behind it seems to be turned across, and upside down.
    pub(super) const fn flips(self) -> [bool; 2] {
        match self {
            Self::Ball | Self::Convex => [true, true],
            Self::Concave | Self::Block => [false, false],
            Self::Upright => [true, false],
            Self::Across => [false, true],
        }
    }
}

/// A piece of glass.
#[derive(Clone, Debug)]
pub(super) struct Glass {
    pub kind: Kind,
    pub n: f64,
    /// How thick it is along the view, of blocks and lenses, and the radius of a lens's faces, metres.
    thick: f64,
    curve: f64,
}

impl Glass {
    /// One of a kind, and how far behind its middle a card may stand, metres.
    pub(super) fn draw(rng: &mut Rng, kind: Kind, n: f64) -> (Self, (f64, f64)) {
        let (thick, curve, far) = match kind {
            Kind::Ball | Kind::Upright | Kind::Across => (0.0, 0.0, (0.095, 0.122)),
            Kind::Convex => {
                let curve = rng.range(0.046, 0.056);
                (2.0 * forms::sag(curve, RIM) + 0.002, curve, (0.095, 0.122))
            }
            Kind::Concave => (0.004, -rng.range(0.066, 0.09), (0.036, 0.048)),
            Kind::Block => (rng.range(0.03, 0.05), 0.0, (0.05, 0.065)),
        };
        (Self { kind, n, thick, curve }, far)
    }

    /// The same with another index of refraction.
    pub(super) fn of_index(&self, n: f64) -> Self {
        Self { n, ..self.clone() }
    }

    /// Its exact form, about a middle. Light comes along +y.
    pub(super) fn body(&self, middle: DVec3) -> Body {
        let clear = Optic::Clear { n: self.n };
        let rod = |axis: DVec3| {
            let plane = |side: f64| Surface::Plane { point: side * LONG * axis, normal: side * axis };
            let around = Surface::Cylinder { point: DVec3::ZERO, axis, radius: ROUND, hollow: false };
            Body { name: "glass".to_owned(), surfaces: vec![around, plane(-1.0), plane(1.0)], optic: clear }
        };
        let (body, yaw) = match self.kind {
            Kind::Ball => (forms::ball("glass", ROUND, clear), 0.0),
            Kind::Block => (forms::block("glass", DVec3::new(LONG, 0.5 * self.thick, LONG), clear), 0.0),
            Kind::Convex | Kind::Concave => {
                (forms::lens("glass", [self.curve; 2], self.thick, RIM, self.n), std::f64::consts::FRAC_PI_2)
            }
            Kind::Upright => (rod(DVec3::Z), 0.0),
            Kind::Across => (rod(DVec3::X), 0.0),
        };
        body.placed(yaw, middle)
    }

    /// What it looks like, and how that is turned.
    pub(super) fn shape(&self, builder: &mut SceneBuilder) -> (Shape, Pose) {
        let turned = |axis: Vec3| {
            let half = std::f32::consts::FRAC_1_SQRT_2;
            Pose::new(Vec3::ZERO, glam::Quat::from_xyzw(axis.x * half, axis.y * half, axis.z * half, half))
        };
        match self.kind {
            Kind::Ball => (Shape::Sphere { radius: ROUND as f32 }, Pose::IDENTITY),
            Kind::Block => {
                let half = Vec3::new(LONG as f32, 0.5 * self.thick as f32, LONG as f32);
                (Shape::Box { half_extents: half, bevel: 0.0006 }, Pose::IDENTITY)
            }
            Kind::Convex | Kind::Concave => {
                (builder.mesh("glass", meshes::lens(self.curve as f32, self.thick as f32, RIM as f32)), turned(Vec3::Z))
            }
            Kind::Upright => (builder.mesh("glass", meshes::rod(ROUND as f32, LONG as f32)), turned(Vec3::NEG_Y)),
            Kind::Across => (builder.mesh("glass", meshes::rod(ROUND as f32, LONG as f32)), Pose::IDENTITY),
        }
    }
}
