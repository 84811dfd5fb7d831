//! The mirror on its stand, screens' rods and posts.

use glam::{DVec2, DVec3, Quat, Vec3, vec3};
use raytruth_scene::{Pose, Role, Shape};
use raytruth_task::{Clip, Rng, SceneBuilder};

use super::{POST, RADIUS, Row, SCREEN};
use crate::bench::{self, HALF};
use crate::exact::{Body, forms};
use crate::eye::Eye;
use crate::look::Look;
use crate::meshes;
use crate::reveal::Set;

/// Half the width of a flat mirror, half its height, and its thickness; the radius of a round one's rim. Metres.
const FLAT: [f64; 2] = [0.05, 0.056];
const RIM: f64 = 0.057;
const THICK: f64 = 0.005;
/// Height of its middle.
const HEIGHT: f64 = 0.066;

/// How a mirror is curved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Curve {
    Flat,
    Convex,
    Concave,
}

impl Curve {
    pub(super) const ALL: [Self; 3] = [Self::Flat, Self::Convex, Self::Concave];

    /// As dials name it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Convex => "convex",
            Self::Concave => "concave",
        }
    }

    /// As prompts name it.
    pub(super) const fn told(self) -> &'static str {
        match self {
            Self::Flat => "a flat mirror",
            Self::Convex => "a convex mirror",
            Self::Concave => "a concave mirror",
        }
    }

    /// Metres: greater than 0 where it bulges.
    pub(super) fn radius(self, rng: &mut Rng) -> f64 {
        match self {
            Self::Flat => f64::INFINITY,
            Self::Convex => rng.range(0.9, 1.3),
            Self::Concave => -rng.range(0.7, 1.1),
        }
    }
}

/// A mirror that stands upright.
#[derive(Clone, Debug)]
pub(super) struct Mirror {
    pub curve: Curve,
    /// Metres: greater than 0 where it bulges, infinite where it is flat.
    pub radius: f64,
    /// From facing the row to the left, radians, seen from above.
    pub turned: f64,
    /// Foot of its middle.
    pub at: DVec3,
}

impl Mirror {
    pub(super) fn new(curve: Curve, radius: f64, turned: f64, at: DVec3) -> Self {
        Self { curve, radius, turned, at }
    }

    pub(super) fn middle(&self) -> DVec3 {
        self.at.with_z(HEIGHT)
    }

    /// Its own frame has its front towards −x.
    fn yaw(&self) -> f64 {
        self.turned + std::f64::consts::FRAC_PI_2
    }

    fn sized(&self, name: &str, larger: f64) -> Body {
        let body = if self.curve == Curve::Flat {
            forms::flat_mirror(name, FLAT.map(|v| larger * v), THICK)
        } else {
            forms::round_mirror(name, self.radius, THICK, larger * RIM)
        };
        body.placed(self.yaw(), self.middle())
    }

    /// Its exact form.
    pub(super) fn body(&self, name: &str) -> Body {
        self.sized(name, 1.0)
    }

    /// The same, far larger: images are where they are, whether there is mirror or not.
    pub(super) fn endless(&self) -> Body {
        self.sized("endless", 4.0)
    }

    /// Half of what it takes up from side to side, at most.
    pub(super) fn reach(&self) -> f64 {
        (if self.curve == Curve::Flat { FLAT[0] } else { RIM }) * libm::cos(self.turned) + 0.008
    }
}

impl Set for Row {
    fn furnish(&self, builder: &mut SceneBuilder, look: &Look, _: &Clip, _: &dyn Fn(&str, u32) -> Pose) {
        bench::add_board(builder, (&look.board, &look.metal), HALF, None);
        let yaw = self.mirror.yaw();
        let turn = Quat::from_xyzw(0.0, 0.0, libm::sin(0.5 * yaw) as f32, libm::cos(0.5 * yaw) as f32);
        let pose = Pose::new(self.mirror.middle().as_vec3(), turn);
        let at = |x: f32, y: f32, z: f32| pose.mul(&Pose::from_translation(vec3(x, y, z)));
        let thick = THICK as f32;
        if self.mirror.curve == Curve::Flat {
            let [wide, high] = FLAT.map(|v| v as f32);
            let front = Shape::Box { half_extents: vec3(0.0005, wide, high), bevel: 0.0 };
            builder.add("mirror", Role::Apparatus, front, &look.silver).pose = at(0.0005, 0.0, 0.0);
            let back = Shape::Box { half_extents: vec3(0.5 * thick, wide, high), bevel: 0.0005 };
            builder.add("mirror_back", Role::Apparatus, back, &look.frosted).pose = at(0.0012 + 0.5 * thick, 0.0, 0.0);
            // A frame that stands a little before the glass.
            for (i, side) in [-1.0_f32, 1.0].into_iter().enumerate() {
                let post = Shape::Box { half_extents: vec3(0.004, 0.0025, high + 0.005), bevel: 0.001 };
                builder.part("mirror_back", &format!("mirror_side_{i}"), post, &look.metal).pose =
                    at(0.002, side * (wide + 0.0025), 0.0);
                let bar = Shape::Box { half_extents: vec3(0.004, wide, 0.0025), bevel: 0.001 };
                builder.part("mirror_back", &format!("mirror_bar_{i}"), bar, &look.metal).pose =
                    at(0.002, 0.0, side * (high + 0.0025));
            }
        } else {
            let mesh = builder.mesh("mirror", meshes::round_mirror(self.mirror.radius as f32, thick, RIM as f32));
            builder.add("mirror", Role::Apparatus, mesh, &look.silver).pose = pose;
            let circle = |i: u32| {
                let (sin, cos) = libm::sincosf(std::f32::consts::TAU * i as f32 / 32.0);
                let radius = RIM as f32 + 0.002;
                vec3(0.5 * thick, radius * cos, radius * sin)
            };
            let ring = Shape::tube(0.003, (0..32).map(circle).collect(), true);
            builder.add("mirror_back", Role::Apparatus, ring, &look.metal).pose = pose;
        }
        let foot = Shape::Box { half_extents: vec3(0.016, 0.03, 0.003), bevel: 0.001 };
        let low = self.mirror.at.as_vec3() + 0.003 * Vec3::Z;
        builder.add("mirror_foot", Role::Apparatus, foot, &look.metal).pose =
            Pose::new(low, turn).mul(&Pose::from_translation(vec3(0.006, 0.0, 0.0)));
        for i in 0..self.places.len() {
            let rod = Shape::Cylinder { radius: 0.0012, half_height: 0.2, bevel: 0.0 };
            let screen = format!("screen_{i}");
            let object = builder.part(&screen, &format!("{screen}_rod"), rod, &look.metal);
            object.pose = Pose::from_translation((SCREEN.z + 0.2) * Vec3::Z);
            object.parent = Some(screen);
        }
        for (i, p) in self.posts.iter().enumerate() {
            let high = (POST.0 - 0.9 * POST.1) as f32;
            let post = Shape::Cylinder { radius: 0.004, half_height: 0.5 * high, bevel: 0.0 };
            let place = p.as_vec3().with_z(0.5 * high);
            builder.add(&format!("post_{i}_foot"), Role::Apparatus, post, &look.metal).pose = Pose::from_translation(place);
        }
    }

    fn shows_others(&self) -> Vec<String> {
        vec!["mirror".to_owned()]
    }

    fn images(&self, eye: &Eye) -> Option<Vec<[f32; 4]>> {
        let corner = |i: u32| {
            let side = |bit: u32| if i >> bit & 1 == 0 { -RADIUS } else { RADIUS };
            self.image(eye, self.places[self.place] + DVec3::new(side(0), side(1), side(2)))
        };
        let corners: Vec<DVec2> = (0..8).map(corner).collect::<Option<_>>()?;
        let (lo, hi) = corners.iter().fold((DVec2::INFINITY, DVec2::NEG_INFINITY), |(lo, hi), p| (lo.min(*p), hi.max(*p)));
        Some(vec![[lo.x, lo.y, hi.x, hi.y].map(|v| ((v * 100.0).round() / 100.0) as f32)])
    }

    fn bounds(&self) -> [Vec3; 2] {
        [vec3(-0.142, -0.07, 0.0), vec3(0.142, 0.13, 0.118)]
    }
}
