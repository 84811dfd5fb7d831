//! The family *in the water*: a coin, a straw or a marker on the bottom of a basin is not where it seems to be; a bar stops straight above it, and the
//! water drains.

mod certificate;
mod set;
mod sunken;

use glam::{DVec3, Vec3};
use raytruth_task::dress::{Angles, Paint};
use raytruth_task::prose::{STILL_CAMERA, number};
use raytruth_task::{Draw, Rejection, Rng, Way};

use self::sunken::Sunken;
use super::{Actor, Solid, Story, Thing};
use crate::bench::RULED_MM;
use crate::eye::Sights;
use raytruth_task::tried;

/// Its name.
pub(crate) const FAMILY: &str = "in_the_water";
/// From where it is seen.
const VIEWS: Sights =
    Sights { angles: Angles { azimuth: (-6.0, 6.0), elevation: (29.0, 33.0) }, focus: DVec3::new(0.0, 0.0, -0.02) };
/// Half of the basin across and along, and how far below the rim the water stands, metres.
const HALF: [f64; 2] = [0.1, 0.2];
const BELOW: f64 = 0.003;
/// The bar: half its length and half its thickness, and where it waits, metres along y.
const BAR: [f64; 2] = [0.122, 0.006];
const WAITS: f64 = -0.182;
/// From one pair of pegs to the next, metres, and how near to the ends of the basin pegs may stand.
const PITCH: (f64, f64) = (0.072, 0.079);
const ENDS: (f64, f64) = (-0.145, 0.188);
/// How far from the middle the thing lies from side to side, metres.
const ASIDE: f64 = 0.055;
/// The bar slides, and the water drains, from and to seconds.
const SLIDES: (f64, f64) = (0.6, 2.3);
const DRAINS: (f64, f64) = (2.5, 4.1);
/// How often a basin is drawn.
const TRIES: u32 = 400;

/// A basin, and what is in it.
#[derive(Clone, Debug)]
struct Basin {
    /// Depth of the liquid, metres, and its index of refraction.
    depth: f64,
    n: f64,
    sunken: Sunken,
    /// Where the bar may stop, metres along y, and at which of them the thing lies.
    pegs: Vec<f64>,
    place: usize,
    /// Where the thing lies from side to side.
    x: f64,
}

impl Basin {
    /// The middle of the thing, in some place.
    fn thing(&self, place: usize) -> DVec3 {
        DVec3::new(self.x, self.pegs[place], self.sunken.half().z - BELOW - self.depth)
    }
}

/// A problem whose thing lies at the nearer or the farther of the pegs that are in question.
///
/// # Errors
/// [`Rejection`] if none is clear.
pub(crate) fn draw(draw: &mut Draw<'_>, near: bool) -> Result<Story, Rejection> {
    let count = draw.seen("on the rim").int("pegs") as usize;
    let names = draw.choices("sunken");
    let kinds: Vec<Sunken> = Sunken::ALL.into_iter().filter(|kind| names.iter().any(|name| name == kind.name())).collect();
    let sunken = *draw.rng.pick(&kinds);
    draw.seen("on the bottom, through the liquid").value("thing", sunken.name());
    let depth = draw.real("depth_mm").round() as u32;
    let n = (draw.real("liquid_n") * 100.0).round() / 100.0;
    draw.told("of the liquid").value("liquid_mm", depth);
    draw.told("of the liquid").value("refractive_index", n);
    let one = |rng: &mut Rng| {
        let pitch = rng.range(PITCH.0, PITCH.1);
        // Beyond the right one there is another, at which it seems to lie.
        let place = count - if near { 3 } else { 2 };
        let first = rng.range(ENDS.0, ENDS.1 - pitch * (count as f64 - 1.0));
        let pegs = (0..count).map(|i| first + pitch * i as f64).collect();
        let basin = Basin { depth: 1e-3 * f64::from(depth), n, sunken, pegs, place, x: rng.range(-ASIDE, ASIDE) };
        basin.is_clear().map(|()| basin)
    };
    let basin = tried(TRIES, || one(&mut draw.rng))?;
    let (seems, certificate) = certificate::certify(&basin, &mut draw.rng)?;
    let paints = Paint::draw_clear(&mut draw.rng, 2, &[0, 1], &[(0, 1)])?;
    draw.told("side of the squares on the bench").value("ruled_mm", RULED_MM);
    draw.noted().value("thing_color", paints[0].name);
    draw.noted().value("bar_color", paints[1].name);
    draw.hardness("pegs", count as f64);
    draw.hardness("depth_m", basin.depth);
    draw.hardness("n", n);
    let prompt = prompt(&basin, (depth, n), &paints);
    let mistaken = basin.place + 1;
    let bar = |to: usize| {
        let at = Vec3::new(0.0, WAITS as f32, BAR[1] as f32 + 0.0005);
        Way::at(at).to(SLIDES.0, SLIDES.1, at.with_y(basin.pegs[to] as f32))
    };
    let bars: Vec<Way> = (0..count).map(bar).collect();
    let things = [basin.thing(basin.place), seems].map(|at| Way::at(at.as_vec3())).to_vec();
    let slider = Thing {
        actor: Actor {
            name: "bar".to_owned(),
            solid: Solid::Board { half: Vec3::new(BAR[0] as f32, BAR[1] as f32, BAR[1] as f32) },
            paint: 1,
            way: bars[basin.place].clone(),
        },
        slots: bars,
        place: basin.place,
        mistaken: Some(mistaken),
        is_hidden: false,
        parts: SLIDES.0,
    };
    let thing = Thing {
        actor: Actor { name: "sunken".to_owned(), solid: sunken.solid(), paint: 0, way: things[0].clone() },
        slots: things,
        place: 0,
        mistaken: Some(1),
        is_hidden: true,
        parts: DRAINS.0,
    };
    let other = (0..count).find(|&i| i != basin.place && i != mistaken);
    Ok(Story {
        family: FAMILY,
        paints,
        covers: Vec::new(),
        things: vec![slider, thing],
        others: Vec::new(),
        set: Box::new(basin),
        reveal: SLIDES.0,
        shown: DRAINS.1 + 0.1,
        swapped: other.map(|slot| vec![(0, slot)]).unwrap_or_default(),
        doubled: (1, 1),
        angles: VIEWS.angles,
        prompt,
        certificate,
    })
}

fn prompt(basin: &Basin, (depth, n): (u32, f64), paints: &[Paint]) -> String {
    let (color, bar) = (paints[0].name, paints[1].name);
    let [thing, lies, middle] = basin.sunken.told();
    format!(
        "A basin with upright walls is sunk into a bench that is ruled in squares of {RULED_MM} mm. It is filled up to the rim with a clear liquid \
         that is {depth} mm deep and has a refractive index of {n}. On its bottom, seen through the liquid, {lies} a {color} {thing}. A {bar} bar \
         lies across the front of the basin, and {} pairs of pegs on the rim mark where it may stop. The bar slides evenly along the rim, away \
         from the camera, and stops between the pegs that are straight above {middle}. Then the liquid drains away, and the {color} {thing} comes \
         to light where it truly is, below the {bar} bar and nowhere else, and stays there. {STILL_CAMERA}",
        number(basin.pegs.len()),
    )
}
