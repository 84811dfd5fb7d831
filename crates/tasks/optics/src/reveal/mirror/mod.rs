//! The family *mirror image*: behind one of several screens stands a thing, of which only a mirror shows anything.

mod certificate;
mod set;

use glam::{DVec2, DVec3, Vec3};
use raytruth_task::dress::{Angles, Paint};
use raytruth_task::prose::{STILL_CAMERA, list, number};
use raytruth_task::{Draw, Rejection, Rng, Way};

use self::set::{Curve, Mirror};
use super::{Actor, Solid, Story, Thing};
use crate::exact::World;
use crate::eye::{Eye, Sights};
use raytruth_task::tried;

/// Its name.
pub(crate) const FAMILY: &str = "mirror_image";
/// From where it is seen.
const VIEWS: Sights =
    Sights { angles: Angles { azimuth: (-6.0, 6.0), elevation: (24.0, 30.0) }, focus: DVec3::new(0.0, 0.02, 0.04) };
/// Half the width of a screen, half its thickness and half its height, metres.
const SCREEN: Vec3 = Vec3::new(0.0315, 0.002, 0.042);
/// Where the screens stand, the things behind them, and the mirror, metres along y.
const ROW: f64 = -0.04;
const THINGS: f64 = -0.004;
const MIRROR: (f64, f64) = (0.098, 0.11);
/// How much nearer to the middle a screen stands than its place, for a camera in front.
const IN_LINE: f64 = 0.945;
/// Radius of a ball as large as the thing, metres.
const RADIUS: f64 = 0.0225;
/// A mirror is turned so far from facing the row, degrees.
const TURNED: (f64, f64) = (14.0, 36.0);
/// How far from the middle of the mirror the image may lie, metres.
const OFF: f64 = 0.012;
/// The first screen begins to rise, takes so long, the last is up; and how high they go, seconds and metres.
const RISES: (f64, f64, f64) = (0.6, 0.9, 4.2);
const UP: f32 = 0.3;
/// Posts: where they stand, their height to the middle of the cap, and the cap's radius, metres.
const POSTS: (f64, f64) = (0.04, 0.06);
const POST: (f64, f64) = (0.076, 0.0115);
/// How often a set is drawn.
const TRIES: u32 = 400;

/// Where things may be, and what they are seen by.
#[derive(Clone, Debug)]
struct Row {
    mirror: Mirror,
    /// Middles of the places behind the screens, from left to right.
    places: Vec<DVec3>,
    place: usize,
    /// Middles of the caps of posts.
    posts: Vec<DVec3>,
}

/// A problem whose thing stands in the left half of the row, or in the right half.
///
/// # Errors
/// [`Rejection`] if no set is clear.
pub(crate) fn draw(draw: &mut Draw<'_>, left: bool) -> Result<Story, Rejection> {
    let count = draw.seen("in the row").int("screens") as usize;
    let posts = draw.seen("beside the row").int("posts") as usize;
    let curves: Vec<Curve> =
        Curve::ALL.into_iter().filter(|curve| draw.choices("mirrors").iter().any(|name| name == curve.name())).collect();
    let curve = *draw.rng.pick(&curves);
    let solids = Solid::all(RADIUS as f32);
    let form = draw.rng.range(0.0, solids.len() as f64) as usize;
    let solid = solids[form.min(solids.len() - 1)].clone();
    let one = |rng: &mut Rng| {
        let row = row(rng, (count, posts), left, curve)?;
        let record = certificate::certify(&row, rng)?;
        Ok((row, record))
    };
    let (row, (mistaken, certificate)) = tried(TRIES, || one(&mut draw.rng))?;
    let paints = Paint::draw_clear(&mut draw.rng, 2 + posts, &[0], &[(0, 1)])?;
    draw.seen("what stands behind a screen, in the mirror").value("form", solid.name());
    draw.told("what bends the image").value("mirror", curve.name());
    draw.noted().value("thing_color", paints[0].name);
    draw.noted().value("screen_color", paints[1].name);
    draw.hardness("screens", count as f64);
    draw.hardness("curved", f64::from(u8::from(curve != Curve::Flat)));
    draw.hardness("posts", posts as f64);
    let prompt = prompt(&row, curve, &solid, &paints);
    Ok(story(row, solid, paints, mistaken, certificate, prompt))
}

/// From one place to the next, metres.
fn pitch(count: usize) -> f64 {
    match count {
        2 => 0.14,
        3 => 0.098,
        _ => 0.072,
    }
}

/// A row, and a mirror that shows its thing in about its middle.
fn row(rng: &mut Rng, (count, posts): (usize, usize), left: bool, curve: Curve) -> Result<Row, Rejection> {
    let middle = 0.5 * (count as f64 - 1.0);
    let places: Vec<DVec3> = (0..count).map(|i| DVec3::new((i as f64 - middle) * pitch(count), THINGS, RADIUS)).collect();
    // The middle one lies in both halves, and so half as often in each.
    let mut half: Vec<usize> = Vec::new();
    for (i, at) in places.iter().enumerate() {
        let weight = if at.x == 0.0 { 1 } else { 2 * usize::from((at.x < 0.0) == left) };
        half.extend(std::iter::repeat_n(i, weight));
    }
    let place = *rng.pick(&half);
    let turned = rng.range(TURNED.0, TURNED.1).to_radians() * if rng.chance(0.5) { 1.0 } else { -1.0 };
    let mut mirror = Mirror::new(curve, curve.radius(rng), turned, DVec3::new(0.0, rng.range(MIRROR.0, MIRROR.1), 0.0));
    let eye = VIEWS.middle();
    let off = rng.range(-OFF, OFF);
    for _ in 0..16 {
        let world = World { bodies: vec![mirror.endless()] };
        let image = eye.image(&world, 1, places[place], eye.project(mirror.middle()));
        let Some(image) = image else { return Err(Rejection::new("no_image", "of the thing")) };
        let Some(hit) = world.trace(eye.ray(image), 2).vertices.first().map(|v| v.point) else {
            return Err(Rejection::new("no_image", "of the thing"));
        };
        mirror.at.x += 0.6 * (hit.x - mirror.at.x - off);
    }
    // The first where the mirror is likely to show it.
    let mut post = |i: usize| {
        let x = if i == 0 { places[place].x + rng.range(-0.07, 0.07) } else { rng.range(-0.125, 0.125) };
        DVec3::new(x, rng.range(POSTS.0, POSTS.1), POST.0)
    };
    let posts = (0..posts).map(&mut post).collect();
    let row = Row { mirror, places, place, posts };
    row.is_clear()?;
    Ok(row)
}

impl Row {
    /// The middle of a screen's foot: in line with its place, seen from the front.
    fn screen(&self, i: usize) -> DVec3 {
        DVec3::new(self.places[i].x * IN_LINE, ROW, 0.0)
    }
}

/// Where one looks for a thing who takes an image for it: the place that is nearest in the picture, from side to side; if it is not clear, none.
fn nearest(eye: &Eye, places: &[DVec3], image: DVec2) -> Option<usize> {
    let off = |i: usize| (eye.project(places[i]).x - image.x).abs();
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|&a, &b| off(a).total_cmp(&off(b)));
    (off(order[1]) - off(order[0]) > 12.0).then_some(order[0])
}

fn story(row: Row, solid: Solid, paints: Vec<Paint>, mistaken: usize, certificate: serde_json::Value, prompt: String) -> Story {
    let count = row.places.len();
    let on = |p: DVec3, height: f32| p.as_vec3().with_z(height);
    let gap = (RISES.2 - RISES.0 - RISES.1) / (count as f64 - 1.0);
    let gap = gap.min(RISES.1);
    let cover = |i: usize| {
        let (foot, start) = (on(row.screen(i), SCREEN.z + 0.001), RISES.0 + i as f64 * gap);
        let way = Way::at(foot).by(start, start + RISES.1, UP * Vec3::Z);
        Actor { name: format!("screen_{i}"), solid: Solid::Board { half: SCREEN }, paint: 1, way }
    };
    let slots: Vec<Way> = row.places.iter().map(|at| Way::at(on(*at, solid.stands()))).collect();
    let covers: Vec<Actor> = (0..count).map(cover).collect();
    let thing = Thing {
        actor: Actor { name: "thing".to_owned(), solid, paint: 0, way: slots[row.place].clone() },
        slots,
        place: row.place,
        mistaken: Some(mistaken),
        is_hidden: true,
        parts: RISES.0,
    };
    let other = (0..count).find(|&i| i != row.place && i != mistaken);
    let post = |(i, at): (usize, &DVec3)| Actor {
        name: format!("post_{i}"),
        solid: Solid::Ball { radius: POST.1 as f32 },
        paint: 2 + i,
        way: Way::at(at.as_vec3()),
    };
    Story {
        family: FAMILY,
        covers,
        others: row.posts.iter().enumerate().map(post).collect(),
        things: vec![thing],
        set: Box::new(row),
        reveal: RISES.0,
        shown: RISES.0 + (count as f64 - 1.0) * gap + RISES.1,
        swapped: other.map(|slot| vec![(0, slot)]).unwrap_or_default(),
        doubled: (0, mistaken),
        angles: VIEWS.angles,
        paints,
        prompt,
        certificate,
    }
}

fn prompt(row: &Row, curve: Curve, solid: &Solid, paints: &[Paint]) -> String {
    let thing = format!("{} {}", paints[0].name, solid.name());
    let posts: Vec<String> = paints[2..].iter().map(|paint| format!("a {} ball", paint.name)).collect();
    let open = match posts.len() {
        0 => String::new(),
        1 => format!(" {} on a post stands in the open.", list(&posts)),
        _ => format!(" {} on posts stand in the open.", list(&posts)),
    };
    let open = open.replacen(" a ", " A ", 1);
    format!(
        "On a ruled bench stand {} and, in a row before it, {} {} screens. Behind one of them stands a {thing}, of which only the image in the \
         mirror is seen.{open} The screens rise one after the other, from left to right, straight up and out of the picture. The {thing} comes to \
         light where, by the law of reflection, its image in the mirror shows that it stands, and nowhere else, and stays there. {STILL_CAMERA}",
        curve.told(),
        number(row.places.len()),
        paints[1].name,
    )
}
