//! What balls are made of.

use raytruth_physics::{Form, Substance};

/// A ball material. It fixes density, restitution and friction, and with the radius the momentum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum BallMaterial {
    Iron,
    Steel,
    Brass,
    Glass,
    Rubber,
    Wood,
    Cork,
    Plastic,
    Foam,
}

impl BallMaterial {
    pub(crate) const ALL: [Self; 9] =
        [Self::Iron, Self::Steel, Self::Brass, Self::Glass, Self::Rubber, Self::Wood, Self::Cork, Self::Plastic, Self::Foam];

    /// Name in parameters and dials.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Iron => "iron",
            Self::Steel => "steel",
            Self::Brass => "brass",
            Self::Glass => "glass",
            Self::Rubber => "rubber",
            Self::Wood => "wood",
            Self::Cork => "cork",
            Self::Plastic => "hollow_plastic",
            Self::Foam => "foam",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.name() == name)
    }

    /// As the prompt calls the ball, with its article. That one is solid or hollow cannot be seen, so it is told.
    pub(crate) const fn phrase(self) -> &'static str {
        match self {
            Self::Iron => "a heavy solid iron ball",
            Self::Steel => "a heavy solid polished steel ball",
            Self::Brass => "a heavy solid brass ball",
            Self::Glass => "a solid glass ball",
            Self::Rubber => "a solid rubber ball",
            Self::Wood => "a solid wooden ball",
            Self::Cork => "a light solid cork ball",
            Self::Plastic => "a lightweight hollow plastic ball",
            Self::Foam => "a very light foam ball",
        }
    }

    pub(crate) const fn substance(self) -> Substance {
        match self {
            Self::Iron => Substance::Iron,
            Self::Steel => Substance::Steel,
            Self::Brass => Substance::Brass,
            Self::Glass => Substance::Glass,
            Self::Rubber => Substance::Rubber,
            Self::Wood => Substance::Oak,
            Self::Cork => Substance::Cork,
            Self::Plastic => Substance::Plastic,
            Self::Foam => Substance::Foam,
        }
    }

    /// The form for the simulation: a hollow ball has a wall of 1/40 of its radius, as table tennis balls and toys do.
    pub(crate) fn form(self, radius: f32) -> Form {
        match self {
            Self::Plastic => Form::HollowSphere { radius, thickness: radius / 40.0 },
            _ => Form::Sphere { radius },
        }
    }

    /// Kilograms.
    pub(crate) fn mass(self, radius: f32) -> f64 {
        f64::from(self.form(radius).volume().unwrap_or_default()) * f64::from(self.substance().density())
    }
}
