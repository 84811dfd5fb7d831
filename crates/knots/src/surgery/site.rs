//! A crossing and the room about it.

use glam::{DVec2, DVec3};

use super::changed::Detour;
use crate::curve::{Link, Polygon};
use crate::diagram::{Projection, View, project};
use crate::{Error, Result};

/// How much of the free disc is used.
const USED: f64 = 0.9;
/// Smaller discs that are tried: strands are straighter there.
const TRIES: i32 = 12;
/// How much smaller than the last.
const SMALLER: f64 = 0.7;

/// A crossing seen in a view, and a disc about it in the picture that nothing but its two strands enters, each of them once.
pub(super) struct Site {
    pub(super) middle: DVec2,
    /// Of the disc.
    pub(super) radius: f64,
    pub(super) over: Pass,
    pub(super) under: Pass,
}

/// A strand's way through the disc.
pub(super) struct Pass {
    component: usize,
    /// The last vertex before the disc, and how many lie in it.
    after: usize,
    gone: usize,
    /// Where it enters, its vertices in the disc, and where it leaves; among them, in the middle of an edge, the crossing.
    line: Vec<DVec3>,
    crossing: DVec3,
    /// At the crossing, how near to the eye it is.
    pub(super) height: f64,
    /// From where it enters to the middle, and from there to where it leaves, in the picture, of length 1.
    pub(super) directions: [DVec2; 2],
}

impl Pass {
    pub(super) fn begin(&self) -> DVec3 {
        self.line[0]
    }

    pub(super) fn end(&self) -> DVec3 {
        self.line[self.line.len() - 1]
    }

    /// Its heights from begin to end.
    pub(super) fn heights<'a>(&'a self, view: &'a View) -> impl Iterator<Item = f64> + 'a {
        self.line.iter().map(|p| view.height(*p))
    }

    /// Points along it, no farther from each other than this in space: its own among them, but not the crossing, where a vertex would lie on the
    /// other strand in the picture.
    pub(super) fn points(&self, spacing: f64) -> Vec<DVec3> {
        let pieces = |pair: &[DVec3]| {
            let (a, b) = (pair[0], pair[1]);
            let count = (a.distance(b) / spacing).ceil().clamp(1.0, 100.0) as usize;
            (0..count).map(move |k| a.lerp(b, k as f64 / count as f64))
        };
        self.line.windows(2).flat_map(pieces).filter(|p| *p != self.crossing).chain([self.end()]).collect()
    }

    /// Another way between where it enters and where it leaves.
    pub(super) fn detour(&self, points: Vec<DVec3>) -> Detour {
        Detour { component: self.component, after: self.after, gone: self.gone, points }
    }
}

impl Site {
    /// The greatest disc, of some, in which the strands run as is asked.
    ///
    /// # Errors
    /// [`Error::View`], [`Error::NoSuch`]; [`Error::DoesNotApply`] where they do not in any.
    pub(super) fn new(
        link: &Link,
        view: View,
        crossing: usize,
        operation: &'static str,
        run_well: impl Fn(&Self) -> bool,
    ) -> Result<Self> {
        let shown = project(link, view)?;
        let missing = || Error::NoSuch { what: "crossing", index: crossing, count: shown.diagram.crossing_count() };
        let strands = [true, false].map(|over| Strand::find(link, &shown, crossing, over));
        let [Some(over), Some(under)] = strands else { return Err(missing()) };
        let middle = shown.passes[over.component][over.pass].picture;
        let mut free = over.straight(link, &view, middle).min(under.straight(link, &view, middle));
        for seen in shown.passes.iter().flatten().filter(|seen| seen.crossing != crossing) {
            free = free.min(seen.picture.distance(middle));
        }
        for (component, polygon) in link.components().iter().enumerate() {
            for (edge, ends) in polygon.edges().enumerate() {
                if !over.holds(component, edge, polygon, &view, middle) && !under.holds(component, edge, polygon, &view, middle) {
                    free = free.min(to_segment(middle, ends.map(|p| view.picture(p))));
                }
            }
        }
        let site = |share: i32| {
            let radius = free * USED * libm::pow(SMALLER, f64::from(share));
            let [over, under] = [&over, &under].map(|strand| strand.through(link, &shown, middle, radius));
            Self { middle, radius, over, under }
        };
        let reason = "the strands run against each other: choose another crossing, or turn one of them around";
        (0..TRIES).map(site).find(run_well).ok_or(Error::DoesNotApply { operation, reason })
    }

    /// Whether both strands run clearly forward along the axis, where they enter and where they leave.
    pub(super) fn runs_forward(&self) -> bool {
        let axis = self.axis();
        [&self.over, &self.under].into_iter().flat_map(|pass| pass.directions).all(|d| d.dot(axis) > 0.2)
    }

    /// The direction between those of both strands.
    pub(super) fn axis(&self) -> DVec2 {
        let run = |p: &Pass| (p.directions[0] + p.directions[1]).normalize_or_zero();
        (run(&self.over) + run(&self.under)).normalize_or_zero()
    }
}

/// One passing, and how far its strand leads straight away from the crossing.
struct Strand {
    component: usize,
    /// Which of the component's passes.
    pass: usize,
    edge: usize,
}

impl Strand {
    fn find(link: &Link, shown: &Projection, crossing: usize, over: bool) -> Option<Self> {
        let mut all = shown.passes.iter().enumerate().flat_map(|(c, list)| list.iter().enumerate().map(move |(k, s)| (c, k, s)));
        let (component, pass, seen) = all.find(|(_, _, s)| s.crossing == crossing && s.over == over)?;
        (component < link.components().len()).then_some(Self { component, pass, edge: seen.edge })
    }

    /// How many vertices behind the edge (`step` 1) or before it (-1) are each farther from the middle than the last.
    fn rising(&self, polygon: &Polygon, view: &View, middle: DVec2, step: isize) -> usize {
        let from = if step > 0 { self.edge as isize + 1 } else { self.edge as isize };
        let far = |k: usize| view.picture(polygon.vertex(from + step * k as isize)).distance(middle);
        // An edge leads away all along where it does so at its begin.
        let leads_away = |k: &usize| {
            let [a, b] = [*k, *k + 1].map(|k| view.picture(polygon.vertex(from + step * k as isize)));
            (b - a).dot(a - middle) >= 0.0 && far(*k + 1) > far(*k)
        };
        1 + (0..polygon.len() / 2).take_while(leads_away).count()
    }

    /// To this distance from the middle it leads straight away on both sides.
    fn straight(&self, link: &Link, view: &View, middle: DVec2) -> f64 {
        let polygon = &link.components()[self.component];
        let end = |step: isize| {
            let from = if step > 0 { self.edge as isize + 1 } else { self.edge as isize };
            let last = self.rising(polygon, view, middle, step) as isize - 1;
            view.picture(polygon.vertex(from + step * last)).distance(middle)
        };
        end(1).min(end(-1))
    }

    /// Whether an edge is one of those along which it leads away.
    fn holds(&self, component: usize, edge: usize, polygon: &Polygon, view: &View, middle: DVec2) -> bool {
        let n = polygon.len();
        component == self.component && {
            let (ahead, back) = ((edge + n - self.edge) % n, (self.edge + n - edge) % n);
            ahead == 0 || ahead < self.rising(polygon, view, middle, 1) || back < self.rising(polygon, view, middle, -1)
        }
    }

    /// Its way through a disc in which it leads straight away.
    fn through(&self, link: &Link, shown: &Projection, middle: DVec2, radius: f64) -> Pass {
        let (polygon, view) = (&link.components()[self.component], &shown.view);
        let seen = shown.passes[self.component][self.pass];
        let inside = |k: isize| view.picture(polygon.vertex(k)).distance(middle) < radius;
        let (mut first, mut last) = (self.edge as isize + 1, self.edge as isize);
        while inside(first - 1) && first > last - polygon.len() as isize + 2 {
            first -= 1;
        }
        while inside(last + 1) && last + 1 < first + polygon.len() as isize - 1 {
            last += 1;
        }
        // Where the edge from inside to outside meets the circle.
        let [a, b] = polygon.edge(self.edge);
        let crossing = a.lerp(b, seen.at);
        let out = |from: DVec3, to: DVec3| {
            let (p, d) = (view.picture(from) - middle, view.picture(to) - view.picture(from));
            let (half, square) = (p.dot(d), d.length_squared());
            let root = (half * half - square * (p.length_squared() - radius * radius)).max(0.0).sqrt();
            from.lerp(to, ((root - half) / square).clamp(0.0, 1.0))
        };
        let own: Vec<DVec3> = (first..=last).map(|k| polygon.vertex(k)).collect();
        let before = (first..=self.edge as isize).count();
        let (begin, end) = (
            out(if before > 0 { own[0] } else { crossing }, polygon.vertex(first - 1)),
            out(if own.len() > before { own[own.len() - 1] } else { crossing }, polygon.vertex(last + 1)),
        );
        let line = [vec![begin], own[..before].to_vec(), vec![crossing], own[before..].to_vec(), vec![end]].concat();
        let directions = [middle - view.picture(begin), view.picture(end) - middle].map(DVec2::normalize_or_zero);
        Pass {
            component: self.component,
            after: (first - 1).rem_euclid(polygon.len() as isize) as usize,
            gone: own.len(),
            line,
            crossing,
            height: view.height(crossing),
            directions,
        }
    }
}

fn to_segment(p: DVec2, [a, b]: [DVec2; 2]) -> f64 {
    let t = ((p - a).dot(b - a) / (b - a).length_squared()).clamp(0.0, 1.0);
    p.distance(a.lerp(b, t))
}
