//! The way of light through a world of bodies: at each surface of a clear body the branch that has more of the light is taken.

use glam::DVec3;
use serde::{Deserialize, Serialize};

use super::body::Edge;
use super::law::{reflect, reflectance, refract};
use super::{Body, Optic, Ray};

/// Bodies. Where clear ones overlap, the earlier one is there; beside all of them is air, of index 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct World {
    /// In the order of their precedence.
    pub bodies: Vec<Body>,
}

/// What happens to light at a surface.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// By a mirror.
    Mirrored,
    /// It goes on in another medium.
    Refracted,
    /// A clear surface reflects all of it, or most.
    Reflected,
}

/// A point at which light turns.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Vertex {
    /// Where.
    pub point: DVec3,
    /// Normal of the surface, to the side that light comes from, of length 1.
    pub normal: DVec3,
    /// Which body, by its place in the world.
    pub body: usize,
    /// Which of its surfaces.
    pub surface: usize,
    /// What happens.
    pub event: Event,
    /// Between the ray and the normal.
    pub incidence: f64,
    /// Indices of refraction before and behind the surface, whether light goes there or not; of a mirror twice that before it.
    pub n: [f64; 2],
}

impl Vertex {
    /// Index of refraction of what light is in behind it.
    #[must_use]
    pub fn behind(&self) -> f64 {
        self.n[usize::from(self.event == Event::Refracted)]
    }
}

/// A straight piece of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leg {
    /// Where it begins.
    pub from: DVec3,
    /// Where it ends.
    pub to: DVec3,
    /// Index of refraction of what it lies in.
    pub n: f64,
}

impl Leg {
    /// Metres.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.from.distance(self.to)
    }
}

/// How light ends.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum End {
    /// At a body.
    At {
        /// Where.
        point: DVec3,
        /// Which body.
        body: usize,
        /// Which of its surfaces.
        surface: usize,
    },
    /// Nothing is met any more.
    Away {
        /// Where it goes.
        direction: DVec3,
    },
    /// It still goes on after as many turns as were asked for.
    Unfinished,
}

/// The way of a ray.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Path {
    /// Where it begins.
    pub origin: DVec3,
    /// Index of refraction there.
    pub n: f64,
    /// Where it turns, in order.
    pub vertices: Vec<Vertex>,
    /// How it ends.
    pub end: End,
    /// Share of the light that takes this way, 0 to 1: what clear surfaces lead elsewhere is lost, mirrors lose nothing.
    pub share: f64,
}

impl Path {
    /// Its corners, the origin and the end among them. Where it goes away it ends with its last turn.
    #[must_use]
    pub fn points(&self) -> Vec<DVec3> {
        let end = if let End::At { point, .. } = self.end { Some(point) } else { None };
        std::iter::once(self.origin).chain(self.vertices.iter().map(|v| v.point)).chain(end).collect()
    }

    /// Its straight pieces.
    pub fn legs(&self) -> impl Iterator<Item = Leg> {
        let points = self.points();
        (0..points.len() - 1).map(move |k| Leg {
            from: points[k],
            to: points[k + 1],
            n: k.checked_sub(1).map_or(self.n, |k| self.vertices[k].behind()),
        })
    }

    /// Where its straight piece behind so many turns begins, and its direction, of length 1; none if it does not turn so often.
    #[must_use]
    pub fn stretch(&self, turns: usize) -> Option<(DVec3, DVec3)> {
        let from = if turns == 0 { self.origin } else { self.vertices.get(turns - 1)?.point };
        let to = self.vertices.get(turns).map(|v| v.point);
        let direction = match (to, self.end) {
            (Some(to), _) | (None, End::At { point: to, .. }) => (to - from).normalize(),
            (None, End::Away { direction }) => direction,
            (None, End::Unfinished) => return None,
        };
        Some((from, direction))
    }

    /// Metres, from the origin to the end.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.legs().map(|leg| leg.length()).sum()
    }

    /// The body at which it ends.
    #[must_use]
    pub fn ends_at(&self) -> Option<usize> {
        if let End::At { body, .. } = self.end { Some(body) } else { None }
    }
}

/// A surface that is nearer than this is the one that the ray begins at; surfaces that are nearer to each other are one, metres.
const SAME: f64 = 1e-9;
/// How far beside a surface it is asked what is there, metres.
const BESIDE: f64 = 1e-7;

impl World {
    /// Index of refraction at a point.
    #[must_use]
    pub fn n(&self, p: DVec3) -> f64 {
        let clear = |body: &Body| if let Optic::Clear { n } = body.optic { Some(n) } else { None };
        self.bodies.iter().filter_map(|body| clear(body).filter(|_| body.contains(p))).next().unwrap_or(1.0)
    }

    /// The body whose surface a ray meets first, and where.
    fn first(&self, ray: &Ray, after: f64) -> Option<(usize, Edge)> {
        let edges = self.bodies.iter().enumerate().filter_map(|(i, body)| Some((i, body.first_edge(ray, after)?)));
        edges.min_by(|a, b| a.1.t.total_cmp(&b.1.t))
    }

    /// The body that a ray meets first.
    #[must_use]
    pub fn meets(&self, ray: &Ray) -> Option<usize> {
        self.first(ray, SAME).map(|(body, _)| body)
    }

    /// The way of a ray, up to so many turns.
    #[must_use]
    pub fn trace(&self, ray: Ray, most: usize) -> Path {
        let (mut ray, mut after) = (ray, SAME);
        let mut path = Path { origin: ray.origin, n: self.n(ray.origin), vertices: Vec::new(), end: End::Unfinished, share: 1.0 };
        loop {
            let Some((at, Edge { t, surface })) = self.first(&ray, after) else {
                path.end = End::Away { direction: ray.direction };
                return path;
            };
            let (body, point) = (&self.bodies[at], ray.at(t));
            let is_mirror = matches!(body.optic, Optic::Mirror { face } if face == surface);
            if !is_mirror && !matches!(body.optic, Optic::Clear { .. }) {
                path.end = End::At { point, body: at, surface };
                return path;
            }
            let n = [self.n(ray.at(t - BESIDE)), self.n(ray.at(t + BESIDE))];
            if !is_mirror && n[0] == n[1] {
                // Inside of what is there already.
                after = t + SAME;
                continue;
            }
            if path.vertices.len() == most {
                return path;
            }
            let normal = body.surfaces[surface].normal(point);
            let normal = if normal.dot(ray.direction) > 0.0 { -normal } else { normal };
            let cos = -normal.dot(ray.direction);
            let incidence = libm::acos(cos.clamp(-1.0, 1.0));
            let reflected = || reflect(ray.direction, normal);
            let (event, direction, behind) = if is_mirror {
                (Event::Mirrored, reflected(), n[0])
            } else {
                let share = reflectance(cos, n[0], n[1]);
                match refract(ray.direction, normal, n[0], n[1]).filter(|_| share < 0.5) {
                    Some(direction) => {
                        path.share *= 1.0 - share;
                        (Event::Refracted, direction, n[1])
                    }
                    None => {
                        path.share *= share;
                        (Event::Reflected, reflected(), n[1])
                    }
                }
            };
            path.vertices.push(Vertex { point, normal, body: at, surface, event, incidence, n: [n[0], behind] });
            (ray, after) = (Ray::new(point, direction), SAME);
        }
    }
}
