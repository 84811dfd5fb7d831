//! What is laid over the finished picture: signs, plans, arrows.

mod paint;

use glam::{Vec2, Vec3};
use serde::{Deserialize, Serialize};

use crate::Power;

pub use paint::Painted;

/// A picture laid over the finished frame: never lit, reflected, filtered or denoised, and seen in front of everything.
///
/// Places and sizes are told in shorter sides of the picture, x to the right and y down. So x and y within ±0.5 of the picture's middle
/// are its central square, whatever its form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// Unique among the overlays.
    pub name: String,
    /// What the object-id pass writes where it covers at least half: 1..=65535, of its own.
    pub id: u16,
    /// Place of its rectangle's middle, from the middle of the picture.
    pub center: Vec2,
    /// Width and height of its rectangle, which must lie within the picture.
    pub size: Vec2,
    /// Picture that fills the rectangle: a key into [`crate::Scene::images`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// What is drawn over that, the later over the earlier. What reaches beyond the rectangle is cut off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// How much of it shows, frame by frame.
    #[serde(default, skip_serializing_if = "Power::is_full")]
    pub opacity: Power,
}

/// Something drawn, in shorter sides of the picture from the middle of its overlay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Its form.
    pub form: MarkForm,
    /// Linear Rec. 709 in 0..=1, shown by the sRGB curve alone.
    pub color: Vec3,
    /// How much of it shows, 0..=1.
    #[serde(default = "one")]
    pub opacity: f32,
}

const fn one() -> f32 {
    1.0
}

/// The form of something drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum MarkForm {
    /// A straight stroke with round ends.
    Line {
        /// Place of one end.
        from: Vec2,
        /// Place of the other.
        to: Vec2,
        /// Width of the stroke.
        width: f32,
    },
    /// A filled circle.
    Disc {
        /// Place of its middle.
        center: Vec2,
        /// Radius.
        radius: f32,
    },
    /// A stroke that ends in a triangle.
    Arrow {
        /// Place where it begins.
        from: Vec2,
        /// Place of its tip.
        to: Vec2,
        /// Width of the stroke.
        width: f32,
        /// Length and width of the triangle.
        head: f32,
    },
    /// A filled polygon, which may cross itself: what it goes around twice is not filled.
    Polygon {
        /// Places of its corners, at least three.
        points: Vec<Vec2>,
    },
}

impl Overlay {
    /// An empty one, to be filled by its fields.
    #[must_use]
    pub fn new(name: impl Into<String>, id: u16, center: Vec2, size: Vec2) -> Self {
        Self { name: name.into(), id, center, size, image: None, marks: Vec::new(), opacity: Power::FULL }
    }

    /// The same with one more thing drawn over it.
    #[must_use]
    pub fn mark(mut self, form: MarkForm, color: Vec3) -> Self {
        self.marks.push(Mark { form, color, opacity: 1.0 });
        self
    }

    /// Upper left and lower right corner of its rectangle in a picture of `size`, pixels.
    #[must_use]
    pub fn rect(&self, size: (u32, u32)) -> [Vec2; 2] {
        let middle = 0.5 * Vec2::new(size.0 as f32, size.1 as f32);
        let side = size.0.min(size.1) as f32;
        [-0.5, 0.5].map(|end| middle + side * (self.center + end * self.size))
    }

    /// Whether its rectangle lies within a picture of `size`, to a hundredth of a pixel.
    #[must_use]
    pub fn fits(&self, size: (u32, u32)) -> bool {
        let [lo, hi] = self.rect(size);
        lo.min_element() >= -0.01 && hi.x <= size.0 as f32 + 0.01 && hi.y <= size.1 as f32 + 0.01
    }
}
