//! The family *through the glass*: a card with beads is seen only through glass in a plate, which may turn its image; the plate slides away.

mod certificate;
mod glass;
mod set;

use glam::{DVec3, Vec3};
use raytruth_task::dress::{Angles, Paint};
use raytruth_task::prose::{STILL_CAMERA, list};
use raytruth_task::{Draw, Rejection, Rng, Way};
use serde_json::Value;

use self::glass::{Glass, Kind};
use super::{Actor, Solid, Story, Thing};
use crate::eye::Sights;
use raytruth_task::tried;

/// Its name.
pub(crate) const FAMILY: &str = "through_the_glass";
/// From where it is seen.
const VIEWS: Sights =
    Sights { angles: Angles { azimuth: (-4.0, 4.0), elevation: (9.0, 14.0) }, focus: DVec3::new(0.0, 0.03, 0.065) };
/// The steepness for which card and glass are in line, degrees.
const LEVEL: f64 = 11.5;
/// Middle of the glass.
const MIDDLE: DVec3 = DVec3::new(0.0, 0.0, 0.078);
/// Half of the plate, and the radius of its window, metres.
const PLATE: Vec3 = Vec3::new(0.068, 0.0022, 0.072);
const HOLE: f64 = 0.033;
/// Beads: their radius, and how far from the middle of the card their corners are, metres.
const BEAD: f64 = 0.0118;
const CORNER: f64 = 0.0168;
/// Half of the card's side, and half its thickness, metres.
const CARD: [f64; 2] = [0.031, 0.0015];
/// How many beads there are.
const BEADS: usize = 3;
/// The plate slides, from and to seconds, and how far, metres.
const SLIDES: (f64, f64) = (0.7, 3.0);
const ASIDE: f32 = 0.2;
/// When in its slide the card is wholly hidden still, seconds.
const PARTS: f64 = 1.0;
/// How often a set is drawn.
const TRIES: u32 = 300;

/// A plate, its glass, and the card behind it.
#[derive(Clone, Debug)]
struct Window {
    glass: Glass,
    /// From the middle of the glass to the front of the card, level, metres.
    distance: f64,
    /// The corner of each bead: 0 and 1 above, from left to right, 2 and 3 below.
    corners: [usize; BEADS],
    /// Whether the plate goes to the right.
    rightwards: bool,
}

/// A corner of the card, of its middle, metres: across and up.
fn corner(i: usize) -> [f64; 2] {
    [if i.is_multiple_of(2) { -CORNER } else { CORNER }, if i < 2 { CORNER } else { -CORNER }]
}

/// A corner as it is on the other side, across or up.
const fn flipped(i: usize, flips: [bool; 2]) -> usize {
    i ^ (flips[0] as usize) ^ ((flips[1] as usize) << 1)
}

impl Window {
    /// The middle of the card's front.
    fn card(&self) -> DVec3 {
        MIDDLE + DVec3::new(0.0, self.distance, -self.distance * libm::tan(LEVEL.to_radians()))
    }

    /// The middle of a bead in a corner.
    fn bead(&self, i: usize) -> DVec3 {
        let [x, z] = corner(i);
        self.card() + DVec3::new(x, -0.35 * BEAD, z)
    }
}

/// A problem whose free corner lies on the left, or on the right.
///
/// # Errors
/// [`Rejection`] if no set is clear.
pub(crate) fn draw(draw: &mut Draw<'_>, left: bool) -> Result<Story, Rejection> {
    // Whether the image is turned says nothing of where the beads are.
    let turns = draw.balanced("glass_turns", 2) == 0;
    let names = draw.choices("glasses");
    let told: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| names.iter().any(|name| name == kind.name())).collect();
    let kinds: Vec<Kind> = told.iter().copied().filter(|kind| (kind.flips() != [false; 2]) == turns).collect();
    let kinds = if kinds.is_empty() { told.clone() } else { kinds };
    let kind = *draw.rng.pick(&kinds);
    let n = (draw.real("n") * 100.0).round() / 100.0;
    draw.told("of the glass").value("refractive_index", n);
    let one = |rng: &mut Rng| {
        let mut corners = [0, 1, 2, 3];
        rng.shuffle(&mut corners);
        // The last one stays free.
        if (corner(corners[3])[0] < 0.0) != left {
            corners = corners.map(|i| flipped(i, [true, false]));
        }
        let (glass, far) = Glass::draw(rng, kind, n);
        let distance = (rng.range(far.0, far.1) * 1000.0).round() / 1000.0;
        let window = Window { glass, distance, corners: [corners[0], corners[1], corners[2]], rightwards: rng.chance(0.5) };
        certificate::certify(&window, rng).map(|record| (window, record))
    };
    let (window, certificate) = tried(TRIES, || one(&mut draw.rng))?;
    let distance = draw.told("from the middle of the glass to the card").value("card_mm", (window.distance * 1e3).round() as u32);
    draw.told("what the card is seen through").value("glass", kind.name());
    draw.told("where the plate goes").value("slides_to", if window.rightwards { "right" } else { "left" });
    let paints = Paint::draw(&mut draw.rng, BEADS + 1);
    draw.noted().value("bead_colors", serde_json::json!(paints[..BEADS].iter().map(|paint| paint.name).collect::<Vec<_>>()));
    draw.noted().value("plate_color", paints[BEADS].name);
    draw.hardness("glasses", told.len() as f64);
    let prompt = prompt(&window, (distance, n), &paints);
    Ok(story(window, paints, prompt, certificate))
}

fn story(window: Window, paints: Vec<Paint>, prompt: String, certificate: Value) -> Story {
    let flips = window.glass.kind.flips();
    let slots: Vec<Way> = (0..4).map(|i| Way::at(window.bead(i).as_vec3())).collect();
    let bead = |(i, &place): (usize, &usize)| Thing {
        actor: Actor {
            name: format!("bead_{i}"),
            solid: Solid::Ball { radius: BEAD as f32 },
            paint: i,
            way: slots[place].clone(),
        },
        slots: slots.clone(),
        place,
        mistaken: Some(flipped(place, flips)).filter(|seems| *seems != place),
        is_hidden: true,
        parts: PARTS,
    };
    let things: Vec<Thing> = window.corners.iter().enumerate().map(bead).collect();
    let stands = Vec3::new(0.0, 0.0, MIDDLE.z as f32);
    let aside = if window.rightwards { ASIDE } else { -ASIDE };
    let plate = Actor {
        name: "plate".to_owned(),
        solid: Solid::Plate { half: PLATE, hole: HOLE as f32 },
        paint: BEADS,
        way: Way::at(stands).by(SLIDES.0, SLIDES.1, aside * Vec3::X),
    };
    let free = (0..4).find(|i| !window.corners.contains(i)).unwrap_or(0);
    Story {
        family: FAMILY,
        covers: vec![plate],
        others: Vec::new(),
        swapped: vec![(0, window.corners[1]), (1, window.corners[0])],
        doubled: (0, free),
        things,
        set: Box::new(window),
        reveal: SLIDES.0,
        shown: SLIDES.1 + 0.1,
        angles: VIEWS.angles,
        paints,
        prompt,
        certificate,
    }
}

fn prompt(window: &Window, (distance, n): (u32, f64), paints: &[Paint]) -> String {
    let beads: Vec<String> = paints[..BEADS].iter().map(|paint| format!("a {} one", paint.name)).collect();
    let side = if window.rightwards { "right" } else { "left" };
    format!(
        "On a bench stands a {} plate whose window is filled by {} with a refractive index of {n}. A pale card stands {distance} mm behind the \
         middle of the glass, hidden by the plate. It has beads in {} of its four corners, {}, which are seen only through the glass. The plate \
         slides evenly to the side, to the {side} as seen by the camera, and takes the glass with it until the card is in the open. Each bead comes \
         to light where it truly is on the card, and nowhere else, and stays there. {STILL_CAMERA}",
        paints[BEADS].name,
        window.glass.kind.told(),
        raytruth_task::prose::number(BEADS),
        list(&beads),
    )
}
