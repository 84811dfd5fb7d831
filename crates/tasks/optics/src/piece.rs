//! What may stand in the way of a beam, and how large it is.

use glam::DVec3;

use crate::exact::{Body, Optic, forms};

/// Height of a beam over the bench, metres.
pub(crate) const BEAM: f64 = 0.028;
/// Radius of a beam, metres.
pub(crate) const THICK: f64 = 0.002;
/// Half the height of everything that a beam meets, metres.
pub(crate) const HALF_HEIGHT: f64 = 0.022;
/// Half the width of a mirror, and how thick it is.
pub(crate) const MIRROR: [f64; 2] = [0.029, 0.004];
/// Half the width of a slab.
pub(crate) const SLAB: f64 = 0.04;
/// Side of a prism, and of the short sides of one that turns light within.
pub(crate) const PRISM: f64 = 0.062;
pub(crate) const CORNER: f64 = 0.052;
/// Angle between the sides of a prism.
pub(crate) const APEX: f64 = std::f64::consts::FRAC_PI_3;
/// How thick a round mirror is in its middle.
pub(crate) const DISH: f64 = 0.004;
/// Radius of the rim of lenses and round mirrors; it is as high as all else.
pub(crate) const RIM: f64 = 0.025;

/// Kinds of optics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Mirror,
    Convex,
    Concave,
    Slab,
    Prism,
    Lens,
    /// A right-angle prism whose long side reflects all light from within.
    RightAngle,
}

impl Kind {
    pub(crate) const ALL: [Self; 7] =
        [Self::Mirror, Self::Convex, Self::Concave, Self::Slab, Self::Prism, Self::Lens, Self::RightAngle];

    /// As dials and prompts name it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Mirror => "mirror",
            Self::Convex => "convex_mirror",
            Self::Concave => "concave_mirror",
            Self::Slab => "slab",
            Self::Prism => "prism",
            Self::Lens => "lens",
            Self::RightAngle => "right_angle_prism",
        }
    }

    /// As prompts name it: one, or several.
    pub(crate) const fn told(self, several: bool) -> &'static str {
        match (self, several) {
            (Self::Mirror, false) => "a flat mirror",
            (Self::Mirror, true) => "flat mirrors",
            (Self::Convex, false) => "a convex mirror",
            (Self::Convex, true) => "convex mirrors",
            (Self::Concave, false) => "a concave mirror",
            (Self::Concave, true) => "concave mirrors",
            (Self::Slab, false) => "a block of glass",
            (Self::Slab, true) => "blocks of glass",
            (Self::Prism, false) => "a prism with equal sides",
            (Self::Prism, true) => "prisms with equal sides",
            (Self::Lens, false) => "a lens",
            (Self::Lens, true) => "lenses",
            (Self::RightAngle, false) => "a right-angle prism",
            (Self::RightAngle, true) => "right-angle prisms",
        }
    }

    /// How often light turns in it.
    pub(crate) const fn turns(self) -> usize {
        match self {
            Self::Mirror | Self::Convex | Self::Concave => 1,
            Self::Slab | Self::Prism | Self::Lens => 2,
            Self::RightAngle => 3,
        }
    }

    /// Whether light goes through it.
    pub(crate) const fn is_clear(self) -> bool {
        !self.is_mirror()
    }

    /// Whether it mirrors light on its front.
    pub(crate) const fn is_mirror(self) -> bool {
        matches!(self, Self::Mirror) || self.is_round()
    }

    /// Whether that is curved.
    pub(crate) const fn is_round(self) -> bool {
        matches!(self, Self::Convex | Self::Concave)
    }
}

/// One that stands on the bench. In its own frame light comes along +x ([`forms`]).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub kind: Kind,
    /// Where its origin stands, at the height of the beam.
    pub at: DVec3,
    /// Radians to the left, seen from above.
    pub yaw: f64,
    /// Index of refraction; of a mirror it says nothing.
    pub n: f64,
    /// How thick it is along its axis: slabs and lenses.
    pub thick: f64,
    /// Radius of both faces of a lens, or of a round mirror: greater than 0 where they bulge.
    pub curve: f64,
}

impl Piece {
    /// Its exact form, by a name.
    pub(crate) fn body(&self, name: &str) -> Body {
        let n = self.n;
        let body = match self.kind {
            Kind::Mirror => forms::flat_mirror(name, [MIRROR[0], HALF_HEIGHT], MIRROR[1]),
            Kind::Convex | Kind::Concave => forms::round_mirror(name, self.curve, DISH, RIM),
            Kind::Slab => forms::block(name, DVec3::new(0.5 * self.thick, SLAB, HALF_HEIGHT), Optic::Clear { n }),
            Kind::Prism => forms::prism(name, PRISM, APEX, HALF_HEIGHT, n),
            Kind::Lens => forms::lens(name, [self.curve; 2], self.thick, RIM, n),
            Kind::RightAngle => forms::prism(name, CORNER, std::f64::consts::FRAC_PI_2, HALF_HEIGHT, n),
        };
        body.placed(self.yaw, self.at)
    }

    /// The same, but for a flat mirror in the place of a round one.
    pub(crate) fn flattened(&self) -> Self {
        Self { kind: if self.kind.is_round() { Kind::Mirror } else { self.kind }, ..self.clone() }
    }

    /// Radius of a circle about its origin, on the bench, in which all of it stands.
    pub(crate) fn reach(&self) -> f64 {
        match self.kind {
            Kind::Mirror => MIRROR[0] + 0.001,
            Kind::Slab => (0.25 * self.thick * self.thick + SLAB * SLAB).sqrt(),
            Kind::Prism => 0.67 * PRISM,
            Kind::Lens | Kind::Convex | Kind::Concave => RIM + 0.003,
            Kind::RightAngle => 0.8 * CORNER,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_a_piece_stands_within_its_reach() {
        for kind in Kind::ALL {
            let piece = Piece { kind, at: DVec3::Z * BEAM, yaw: 0.4, n: 1.5, thick: 0.03, curve: 0.1 };
            let thick = if kind == Kind::Lens { 0.012 } else { piece.thick };
            let curve = if kind == Kind::Concave { -piece.curve } else { piece.curve };
            let piece = Piece { thick, curve, ..piece };
            let (body, reach) = (piece.body("it"), piece.reach());
            let mut farthest = 0.0_f64;
            for i in 0..160_i32 * 160 {
                let p = DVec3::new(f64::from(i % 160) - 79.5, f64::from(i / 160) - 79.5, 0.0) * 5e-4 + DVec3::Z * BEAM;
                if body.contains(p) {
                    farthest = farthest.max((p - piece.at).length());
                }
            }
            assert!(farthest < reach && farthest > 0.8 * reach, "{kind:?}: {farthest} of {reach}");
        }
    }
}
