//! Families in which something comes to light of which only an image was seen: in a mirror, under water, through glass.

pub(crate) mod basin;
pub(crate) mod mirror;
mod problem;
mod solid;
mod stage;
mod truth;
mod twin;
pub(crate) mod window;

pub(crate) use problem::draw as problem;
pub(crate) use solid::Solid;

use glam::{DVec2, Vec3};
use raytruth_scene::{Aabb, Pose};
use raytruth_task::dress::{Angles, Paint};
use raytruth_task::{Clip, Rejection, SceneBuilder, Way};
use serde_json::{Map, Value, json};

use crate::bench::HALF;
use crate::exact::World;
use crate::eye::{Eye, Sights};
use crate::look::Look;

/// Someone who takes part.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    pub name: String,
    pub solid: Solid,
    /// Its colour, by its place in [`Story::paints`].
    pub paint: usize,
    pub way: Way,
}

/// Something whose place in the end is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    pub actor: Actor,
    /// Its way to each place in which it may end.
    pub slots: Vec<Way>,
    /// The one in which it does.
    pub place: usize,
    /// The one in which it would for one who ignores mirror or glass.
    pub mistaken: Option<usize>,
    /// Whether nothing of it is seen at first but for its image.
    pub is_hidden: bool,
    /// From when on wrong versions take another way, seconds.
    pub parts: f64,
}

/// A problem of one of the families.
pub(crate) struct Story {
    pub family: &'static str,
    pub paints: Vec<Paint>,
    /// What goes away, in the order in which it begins to.
    pub covers: Vec<Actor>,
    pub things: Vec<Thing>,
    /// What stands in the open.
    pub others: Vec<Actor>,
    pub set: Box<dyn Set>,
    /// From when on the picture tells the answer, and when all is shown, seconds.
    pub reveal: f64,
    pub shown: f64,
    /// Which things end in which other places in a version with the answer changed; none if there is no place left.
    pub swapped: Vec<(usize, usize)>,
    /// Which thing is seen twice in another, and where.
    pub doubled: (usize, usize),
    pub angles: Angles,
    pub prompt: String,
    pub certificate: Value,
}

/// What mirrors or bends light, and all that holds it.
pub(crate) trait Set: Send + Sync {
    /// Builds it. `pose`: of an actor by name, in a frame.
    fn furnish(&self, builder: &mut SceneBuilder, look: &Look, clip: &Clip, pose: &dyn Fn(&str, u32) -> Pose);
    /// Names of its objects that show something else: mirrors, glass, water.
    fn shows_others(&self) -> Vec<String>;
    /// Boxes around the images of the first thing, once all is shown, if they are known: left, top, right and bottom, pixels.
    fn images(&self, _: &Eye) -> Option<Vec<[f32; 4]>> {
        None
    }
    /// Least part of an image that is seen, of all that would be if nothing stood before it, percent.
    fn seen_percent(&self) -> u8 {
        60
    }
    /// Lamps are so wide at least, edges over distance.
    fn least_lamp(&self) -> f64 {
        0.0
    }
    /// Two corners of the box that the camera must hold, metres.
    fn bounds(&self) -> [Vec3; 2];
    /// The board, with all that stands on it and goes down into it, metres.
    fn board(&self) -> Aabb {
        Aabb { min: (-HALF).extend(0.0), max: HALF.extend(self.bounds()[1].z) }
    }
}

/// A world, cameras by which it is seen, and where one looks from the first of them to see some of its bodies by what turns light.
///
/// # Errors
/// [`Rejection`] `certificate` if it cannot be written.
fn record(world: &World, from: &Sights, sights: &[(&str, DVec2)]) -> Result<Map<String, Value>, Rejection> {
    let eye = from.middle();
    let towards = |(name, pixel): &(&str, DVec2)| json!({ "of": name, "direction": eye.ray(*pixel).direction.to_array() });
    let record = json!({
        // Unrounded: what is recomputed from them should agree to the last digits.
        "bodies": serde_json::to_value(&world.bodies).map_err(|e| Rejection::new("certificate", e.to_string()))?,
        "cameras": from.eyes().iter().map(Eye::told).collect::<Vec<_>>(),
        "eye_m": eye.at.to_array(),
        "sights": sights.iter().map(towards).collect::<Vec<_>>(),
    });
    record.as_object().cloned().ok_or_else(|| Rejection::new("certificate", "no object"))
}
