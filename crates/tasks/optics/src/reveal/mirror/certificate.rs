//! The proof that the image tells behind which screen the thing stands, and that nothing else shows it.

use glam::{DVec2, DVec3};
use raytruth_task::{Rejection, Rng, round6};
use serde_json::{Value, json};

use super::{POST, RADIUS, Row, SCREEN, VIEWS, nearest};
use crate::exact::{Optic, World, forms};
use crate::eye::Eye;
use crate::reveal::record;

/// Members of the ensemble, and what a person reads wrongly at most: part of the radius, radians, metres.
const MEMBERS: usize = 64;
const READS: (f64, f64, f64) = (0.02, 1.0 / 180.0 * std::f64::consts::PI, 0.002);
/// Least distance of two images, pixels.
const APART: f64 = 48.0;
/// Least area of the image, pixels, and the part of it that is seen.
const AREA: f64 = 900.0;
const SEEN: f64 = 0.8;
/// Incidence at which the mirror is seen, degrees.
const INCIDENCE: (f64, f64) = (15.0, 60.0);

impl Row {
    /// All that light meets: the mirror, screens, posts, and the thing last.
    pub(super) fn world(&self) -> World {
        let mut bodies = vec![self.mirror.body("mirror")];
        let screen = SCREEN.as_dvec3();
        bodies
            .extend((0..self.places.len()).map(|i| {
                forms::block(&format!("screen_{i}"), screen, Optic::Matte).placed(0.0, self.screen(i).with_z(screen.z))
            }));
        for (i, at) in self.posts.iter().enumerate() {
            bodies.push(forms::ball(&format!("post_{i}"), POST.1, Optic::Matte).placed(0.0, *at));
            let half = DVec3::new(0.004, 0.004, 0.5 * at.z);
            bodies.push(forms::block(&format!("post_{i}_foot"), half, Optic::Matte).placed(0.0, *at - DVec3::Z * 0.5 * at.z));
        }
        bodies.push(forms::ball("thing", RADIUS, Optic::Matte).placed(0.0, self.places[self.place]));
        World { bodies }
    }

    /// Where an image is seen in a mirror without an end.
    pub(super) fn image(&self, eye: &Eye, of: DVec3) -> Option<DVec2> {
        let world = World { bodies: vec![self.mirror.endless()] };
        eye.image(&world, 1, of, eye.project(self.mirror.middle()))
    }

    /// Whether things stand clear of each other, and from wherever it is seen the image tells, and nothing else shows the thing.
    pub(super) fn is_clear(&self) -> Result<(), Rejection> {
        let refuse = |reason, detail: &str| Err(Rejection::new(reason, detail.to_owned()));
        let (at, reach) = (self.mirror.at, self.mirror.reach());
        if at.x.abs() + reach > 0.145 {
            return refuse("no_room", "for the mirror");
        }
        let near = |p: &DVec3| (p.truncate() - at.truncate()).length() < reach + POST.1 + 0.004 && (p.y - at.y).abs() < 0.034;
        if self.posts.iter().any(|p| near(p) || p.x.abs() > 0.13)
            || self.posts.windows(2).any(|w| (w[0].x - w[1].x).abs() < 0.035)
        {
            return refuse("no_room", "for the posts");
        }
        let world = self.world();
        let open = World { bodies: world.bodies[1..].to_vec() };
        let thing = world.bodies.len() - 1;
        let place = self.places[self.place];
        for eye in VIEWS.eyes() {
            let Some(image) = self.image(&eye, place) else { return refuse("no_image", "of the thing") };
            let path = world.trace(eye.ray(image), 2);
            let Some(first) = path.vertices.first() else { return refuse("image_hidden", "the thing's") };
            if path.ends_at() != Some(thing) || !(INCIDENCE.0..INCIDENCE.1).contains(&first.incidence.to_degrees()) {
                return refuse("image_hidden", "the thing's");
            }
            // How large it is: by what lies on both sides of its middle, so that left and right are alike, below and above.
            let [Some(wide), Some(high)] = [DVec3::X, DVec3::Z].map(|axis| {
                let [a, b] = [-0.5, 0.5].map(|side| self.image(&eye, place + side * RADIUS * axis));
                Some((b? - a?).length())
            }) else {
                return refuse("no_image", "of the thing");
            };
            let size = DVec2::new(wide, high);
            if std::f64::consts::PI * size.x * size.y < AREA {
                return refuse("image_small", "the thing's");
            }
            let grid = (0..49).map(|i| DVec2::new(f64::from(i % 7) / 3.0 - 1.0, f64::from(i / 7) / 3.0 - 1.0));
            let inside: Vec<DVec2> = grid.filter(|p| p.length() < 0.95).collect();
            let shows = |p: &&DVec2| {
                let path = world.trace(eye.ray(image + **p * size), 2);
                path.ends_at() == Some(thing) && path.vertices.len() == 1
            };
            if (inside.iter().filter(shows).count() as f64) < SEEN * inside.len() as f64 {
                return refuse("image_hidden", "part of the thing's");
            }
            // Directly nothing of it is seen: its outline, and its top.
            let to = (place - eye.at).normalize();
            let (side, over) = (DVec3::Z.cross(to).normalize(), to.cross(DVec3::Z.cross(to)).normalize());
            let outline = (0..16).map(|k| {
                let angle = f64::from(k) * std::f64::consts::TAU / 16.0;
                place + 1.12 * RADIUS * (libm::cos(angle) * side + libm::sin(angle) * over)
            });
            let is_hidden = |p: DVec3| {
                let body = open.meets(&crate::exact::Ray::towards(eye.at, p));
                body.is_some_and(|b| open.bodies[b].name.starts_with("screen"))
            };
            if !outline.into_iter().all(is_hidden) {
                return refuse("thing_seen", "beside its screen");
            }
            let is_open = |p: &DVec3| {
                let away = eye.at - *p;
                open.meets(&crate::exact::Ray::new(*p + (POST.1 * 1.01) * away.normalize(), away)).is_none()
            };
            if !self.posts.iter().all(is_open) {
                return refuse("post_hidden", "behind a screen");
            }
        }
        // A bystander and its image tell where the mirror is.
        let eye = VIEWS.middle();
        let is_mirrored = |i: usize| {
            let image = self.image(&eye, self.posts[i]);
            let name = format!("post_{i}");
            image.is_some_and(|p| world.trace(eye.ray(p), 2).ends_at().is_some_and(|b| world.bodies[b].name == name))
        };
        if !self.posts.is_empty() && !(0..self.posts.len()).any(is_mirrored) {
            return refuse("no_image", "of any bystander");
        }
        Ok(())
    }
}

/// The place in which one looks for the thing who takes its image for it, and the record.
///
/// # Errors
/// [`Rejection`] `image_shared` if two places have images that are near to each other, `wrong_way_right` if the image, taken for the thing, leads
/// to it, `members_disagree` if small errors of a reading do.
pub(super) fn certify(row: &Row, rng: &mut Rng) -> Result<(usize, Value), Rejection> {
    let eye = VIEWS.middle();
    let images: Vec<Option<DVec2>> = row.places.iter().map(|at| row.image(&eye, *at)).collect();
    let Some(own) = images[row.place] else { return Err(Rejection::new("no_image", "of the thing")) };
    for (i, image) in images.iter().enumerate().filter(|(i, _)| *i != row.place) {
        if image.is_some_and(|image| image.distance(own) < APART) {
            return Err(Rejection::new("image_shared", format!("with place {i}")));
        }
    }
    let mut mistaken = None;
    for eye in VIEWS.eyes() {
        let image = row.image(&eye, row.places[row.place]);
        let found = image.and_then(|image| nearest(&eye, &row.places, image));
        if found.is_none() || found == Some(row.place) || mistaken.is_some_and(|m| Some(m) != found) {
            return Err(Rejection::new("wrong_way_right", format!("the image lies before place {found:?}")));
        }
        mistaken = found;
    }
    let (part, angle, place) = READS;
    for member in 0..MEMBERS {
        let mut moved = |p: DVec3| p + DVec3::new(rng.range(-place, place), rng.range(-place, place), 0.0);
        let mut read = row.clone();
        read.mirror.at = moved(row.mirror.at);
        read.places.iter_mut().for_each(|at| *at = moved(*at));
        read.mirror.turned += rng.range(-angle, angle);
        read.mirror.radius *= 1.0 + rng.range(-part, part);
        let off = |i: usize| read.image(&eye, read.places[i]).map_or(f64::INFINITY, |image| image.distance(own));
        let best = (0..row.places.len()).min_by(|&a, &b| off(a).total_cmp(&off(b)));
        if best != Some(row.place) {
            return Err(Rejection::new("members_disagree", format!("member {member} finds it in place {best:?}")));
        }
    }
    let told = |p: &DVec3| p.to_array().map(round6);
    let pixel = |p: &Option<DVec2>| p.map(|p| p.to_array().map(round6));
    let mut world = record(&row.world(), &VIEWS, &[("thing", own)])?;
    world.insert("places_m".to_owned(), row.places.iter().map(told).collect::<Vec<_>>().into());
    let record = json!({
        "answer": row.place,
        "mistaken": mistaken,
        "members": MEMBERS,
        "images_px": images.iter().map(pixel).collect::<Vec<_>>(),
        "world": world,
    });
    mistaken.map(|mistaken| (mistaken, record)).ok_or_else(|| Rejection::new("no_image", "of the thing"))
}

#[cfg(test)]
mod tests {
    use super::super::row;
    use super::super::set::Curve;
    use super::*;

    /// Else what is told of the mirror would tell on which side the thing stands.
    #[test]
    fn a_row_and_its_image_are_taken_alike() {
        let mut rng = Rng::from_seed(4);
        let flip = |p: &DVec3| DVec3::new(-p.x, p.y, p.z);
        let mut found = 0;
        for i in 0..1200 {
            let Ok(one) = row(&mut rng, (2 + i % 3, 1), i % 2 == 0, Curve::ALL[i % 3]) else { continue };
            let mut image = one.clone();
            (image.mirror.turned, image.mirror.at) = (-one.mirror.turned, flip(&one.mirror.at));
            image.posts = one.posts.iter().map(flip).collect();
            image.place = one.places.len() - 1 - one.place;
            assert!(image.is_clear().is_ok(), "{:?}", image.is_clear());
            found += 1;
        }
        assert!(found > 8, "{found} rows are clear");
    }
}
