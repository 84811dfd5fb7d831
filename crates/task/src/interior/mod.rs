//! Interiors: places that one walks through. Floors, walls with doors and windows, ceilings, lamps, pictures, and props that stand about.
//!
//! Lengths are metres, z is up, floors lie at z = 0. Everything is a backdrop; what matters to a problem is added by the task itself.

mod courses;
mod floor;
mod hung;
mod lamp;
mod opening;
mod panel;
mod style;
mod walk;

use glam::{Mat3, Quat, Vec2, Vec3};
use raytruth_scene::{Material, Portal, Pose, Role, Shape};

use crate::props::Prop;
use crate::{Rng, SceneBuilder};
pub use courses::Courses;
pub use lamp::WARM;
pub use opening::{Opening, OpeningKind};
pub use panel::Rect;
pub use style::{Dado, Floor, Outfit, Style, oiled, plaster, satin, stone};
pub use walk::Walk;

/// Thickness of walls and ceilings, metres.
pub const THICK: f32 = 0.12;
/// Height and depth of skirtings.
pub const SKIRTING: [f32; 2] = [0.1, 0.014];
/// How far dados stand out: their ground, rails and boards, metres.
const LINING: [f32; 3] = [0.004, 0.02, 0.011];
/// What frames of doors cover of the wall beside them.
const FRAMED: f32 = 0.07;

/// A straight wall.
#[derive(Clone, Debug)]
pub struct Wall {
    /// Where its middle begins, on the floor. Windows open to the left of the way from here to its end.
    pub from: Vec2,
    /// Where it ends.
    pub to: Vec2,
    /// Its height.
    pub height: f32,
    /// What is open in it.
    pub openings: Vec<Opening>,
}

/// Where a wall is: x along it, y up, z to the right of the way along it.
struct WallFrame {
    name: String,
    pose: Pose,
    length: f32,
    thickness: f32,
}

/// A place that is being built.
#[derive(Debug)]
pub struct Interior<'a> {
    set: &'a mut SceneBuilder,
    style: Style,
    rng: Rng,
}

impl<'a> Interior<'a> {
    /// An empty one; `seed` varies grain, boards and pictures.
    pub fn new(set: &'a mut SceneBuilder, style: Style, seed: u64) -> Self {
        Self { set, style, rng: Rng::from_seed(seed) }
    }

    /// A floor.
    pub fn floor(&mut self, name: &str, area: Rect) {
        let floor = self.style.floor.clone();
        match floor {
            Floor::Boards { wood, width } => {
                let mesh = floor::boards(area, width, &mut self.rng);
                let shape = self.set.mesh(name, mesh);
                self.set.add(name, Role::Backdrop, shape, &wood);
            }
            Floor::Slab(material) => {
                let shape = Shape::Plane { size: area.size() };
                self.set.add(name, Role::Backdrop, shape, &material).pose = Pose::from_translation(area.center().extend(0.0));
            }
            Floor::Paved(material, courses) => {
                let mesh = courses.floor(area, self.rng.bits());
                let shape = self.set.mesh(name, mesh);
                self.set.add(name, Role::Backdrop, shape, &material);
            }
        }
    }

    /// A ceiling `height` above the floor. Through its holes the sky is seen.
    pub fn ceiling(&mut self, name: &str, area: Rect, height: f32, holes: &[Rect]) {
        let shape = self.set.mesh(name, panel::panel(area, THICK, holes));
        let material = self.style.ceiling.clone();
        self.set.add(name, Role::Backdrop, shape, &material).pose = Pose::from_translation(Vec3::Z * (height + 0.5 * THICK));
        for hole in holes {
            self.portal(Pose::from_translation(hole.center().extend(height + THICK)), hole.size());
        }
    }

    /// A wall with its skirtings and what is set into its openings.
    pub fn wall(&mut self, name: &str, wall: &Wall) {
        let along = (wall.to - wall.from).normalize_or(Vec2::X);
        // Corners are shut; where a wall ends in the middle of another, its end stays inside.
        let over = 0.5 * THICK - 0.001;
        let length = wall.from.distance(wall.to);
        let axes = Mat3::from_cols(along.extend(0.0), Vec3::Z, along.extend(0.0).cross(Vec3::Z));
        let pose = Pose::new(wall.from.extend(0.0), Quat::from_mat3(&axes));
        let holes: Vec<Rect> = wall.openings.iter().map(|opening| opening.rect).collect();
        let outline = Rect::new((-over, 0.0), (length + over, wall.height));
        let mesh = match &self.style.courses {
            None => panel::panel(outline, THICK, &holes),
            Some(courses) => {
                let seed = self.rng.bits();
                panel::faced(outline, THICK, &holes, &|piece| courses.cover(outline.min, piece, seed), courses.mean())
            }
        };
        let shape = self.set.mesh(name, mesh);
        let material = self.style.wall.clone();
        self.set.add(name, Role::Backdrop, shape, &material).pose = pose;
        let frame = WallFrame { name: name.to_owned(), pose, length, thickness: THICK };
        for (i, opening) in wall.openings.iter().enumerate() {
            self.set_opening(&frame, i, opening);
        }
        self.foot(&frame, &wall.openings);
    }

    /// What runs along the foot of a wall, all around it but for its doors.
    fn foot(&mut self, wall: &WallFrame, openings: &[Opening]) {
        let [high, deep] = SKIRTING;
        let skirting = self.style.skirting.clone();
        self.band(wall, openings, "skirting", [0.0, high], deep, &skirting);
        let Some(dado) = self.style.dado.clone() else { return };
        self.band(wall, openings, "dado", [high, dado.height], LINING[0], &dado.material);
        self.band(wall, openings, "rail", [dado.height, dado.height + 0.04], LINING[1], &dado.material);
        let Some(pitch) = dado.stiles else { return };
        self.band(wall, openings, "frieze", [dado.height - 0.09, dado.height], LINING[2], &dado.material);
        let half = 0.5 * wall.thickness;
        let mut at = 0.5 * (wall.length % pitch);
        let mut i = 0;
        while at < wall.length {
            let is_free = |o: &Opening| at + 0.05 < o.rect.min.x - FRAMED || at - 0.05 > o.rect.max.x + FRAMED;
            if openings.iter().all(|o| o.rect.min.y > dado.height || is_free(o)) {
                for (side, z) in [("a", half), ("b", -half)] {
                    let lo = Vec3::new(at - 0.045, high, z);
                    let hi = Vec3::new(at + 0.045, dado.height - 0.09, z + z.signum() * LINING[2]);
                    self.beveled(wall, &format!("stile_{i}_{side}"), [lo, hi], 0.0, &dado.material);
                }
            }
            at += pitch;
            i += 1;
        }
    }

    /// A flat moulding on a wall between two heights, all around it but for its doors, and for its windows where it meets them.
    fn band(
        &mut self,
        wall: &WallFrame,
        openings: &[Opening],
        part: &str,
        [low, high]: [f32; 2],
        deep: f32,
        material: &Material,
    ) {
        let mut gaps: Vec<Rect> = openings.iter().map(|o| o.rect).filter(|hole| hole.min.y < high).collect();
        gaps.sort_by(|a, b| a.min.x.total_cmp(&b.min.x));
        // It turns the corners where walls end; where a wall ends in the middle of another, that is hidden there.
        let half = 0.5 * wall.thickness;
        let over = half + deep - 0.001;
        let ends = gaps.iter().map(|d| d.min.x - FRAMED).chain([wall.length + over]);
        let starts = [-over].into_iter().chain(gaps.iter().map(|d| d.max.x + FRAMED));
        for (i, (from, to)) in starts.zip(ends).enumerate() {
            if to - from < 0.02 {
                continue;
            }
            for (side, z) in [("a", half), ("b", -half)] {
                let (lo, hi) = (Vec3::new(from, low, z), Vec3::new(to, high, z + z.signum() * deep));
                self.beveled(wall, &format!("{part}_{i}_{side}"), [lo, hi], 0.0, material);
            }
        }
        for (end, x) in [("from", -over), ("to", wall.length + over)] {
            let inner = x - x.signum() * deep;
            let (lo, hi) = (Vec3::new(x, low, -half), Vec3::new(inner, high, half));
            self.beveled(wall, &format!("{part}_{end}"), [lo, hi], 0.0, material);
        }
    }

    /// A prop on something `z` metres above the floor, its front turned counter-clockwise by `degrees` from −y.
    pub fn stand(&mut self, name: &str, prop: &Prop, at: Vec3, degrees: f32, outfit: &Outfit) {
        let pose = Pose::new(at, Quat::from_rotation_z(degrees.to_radians()));
        let rng = &mut self.rng;
        self.set.prop(name, Role::Backdrop, prop, pose, &mut |part| outfit.dress(part, rng));
    }

    /// A box that stands about: `size` metres, the middle of its foot `at`.
    pub fn block(&mut self, name: &str, at: Vec3, size: Vec3, degrees: f32, material: &Material) {
        let shape = Shape::Box { half_extents: 0.5 * size, bevel: 0.004 };
        let pose = Pose::new(at + Vec3::Z * 0.5 * size.z, Quat::from_rotation_z(degrees.to_radians()));
        self.set.add(name, Role::Backdrop, shape, material).pose = pose;
    }

    /// A ball, its middle `at`.
    pub fn ball(&mut self, name: &str, at: Vec3, radius: f32, material: &Material) {
        self.set.add(name, Role::Backdrop, Shape::Sphere { radius }, material).pose = Pose::from_translation(at);
    }

    /// An opening to the sky: light comes in along the local −z.
    fn portal(&mut self, pose: Pose, size: Vec2) {
        self.set.scene.portals.push(Portal { pose, size });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Clip;

    /// A room with a door and a window, built and looked at from inside.
    #[test]
    fn a_room_is_a_valid_scene_whose_portals_let_light_in() {
        let mut set = SceneBuilder::new(&Clip { width: 64, height: 40, fps: 16, frames: 2, lead: 0 });
        let plain = Material::default();
        let floor = Floor::Boards { wood: plain.clone(), width: 0.15 };
        let [wall, ceiling, frame, skirting] = [(); 4].map(|()| plain.clone());
        let place = &mut Interior::new(&mut set, Style { wall, ceiling, floor, frame, skirting, dado: None, courses: None }, 3);
        let area = Rect::new((0.0, 0.0), (4.0, 3.0));
        place.floor("floor", area);
        place.ceiling("ceiling", area, 2.5, &[Rect::new((1.0, 1.0), (2.0, 2.0))]);
        // Clockwise seen from above: outside is to the left.
        let corners = [(0.0, 3.0), (4.0, 3.0), (4.0, 0.0), (0.0, 0.0)].map(Vec2::from);
        for i in 0..4 {
            let openings = match i {
                0 => vec![Opening::window(2.0, 1.2, 0.8, 2.2)],
                2 => vec![Opening::door(1.0, 0.9, 2.0)],
                _ => vec![],
            };
            place.wall(&format!("wall_{i}"), &Wall { from: corners[i], to: corners[(i + 1) % 4], height: 2.5, openings });
        }
        place.picture("picture", Vec3::new(0.0, 1.5, 1.5), Vec2::X, Vec2::new(0.6, 0.8));
        place.pendant("lamp", Vec3::new(3.0, 1.5, 2.0), 0.1, 2.5, WARM);
        set.scene.validate().expect("a whole scene");
        let inside = Vec3::new(2.0, 1.5, 1.2);
        assert_eq!(set.scene.portals.len(), 2, "the skylight and the window, not the door");
        for portal in &set.scene.portals {
            let inwards = portal.pose.vector(Vec3::NEG_Z);
            assert!(inwards.dot(inside - portal.pose.translation) > 0.5, "{portal:?}");
        }
    }

    #[test]
    fn mouldings_go_around_walls_and_leave_doors_free() {
        let mut set = SceneBuilder::new(&Clip { width: 64, height: 40, fps: 16, frames: 1, lead: 0 });
        let plain = Material::default();
        let [wall, ceiling, frame, skirting, material] = [(); 5].map(|()| plain.clone());
        let dado = Some(Dado { material, height: 1.1, stiles: Some(0.5) });
        let courses = Some(Courses::new(Vec2::new(0.4, 0.2)).bonded());
        let style = Style { wall, ceiling, floor: Floor::Slab(plain), frame, skirting, dado, courses };
        let place = &mut Interior::new(&mut set, style, 3);
        let wall = Wall {
            from: Vec2::ZERO,
            to: Vec2::new(4.0, 0.0),
            height: 2.5,
            openings: vec![Opening::door(1.0, 0.9, 2.0), Opening::window(3.0, 0.8, 0.9, 2.0)],
        };
        place.wall("wall", &wall);
        set.scene.validate().expect("a whole scene");
        let bounds = |part: &str| {
            let found = set.scene.objects.iter().enumerate().filter(|(_, o)| o.name.contains(part));
            found.map(|(i, _)| set.scene.object_aabb(i, 0)).collect::<Vec<_>>()
        };
        for part in ["skirting", "dado", "rail", "stile"] {
            let way = raytruth_scene::Aabb { min: Vec3::new(0.59, -1.0, 0.01), max: Vec3::new(1.41, 1.0, 1.9) };
            assert!(!bounds(part).is_empty() && bounds(part).iter().all(|b| !b.overlaps(&way)), "{part}");
        }
        let all = bounds("skirting").into_iter().reduce(|a, b| a.union(&b)).expect("some");
        let reach = 0.5 * THICK + SKIRTING[1] - 0.001;
        assert!(all.min.abs_diff_eq(Vec3::new(-reach, -reach - 0.001, 0.0), 1e-4), "{}", all.min);
        assert!(all.max.abs_diff_eq(Vec3::new(4.0 + reach, reach + 0.001, 0.1), 1e-4), "{}", all.max);
        let mesh = &set.scene.meshes["wall"];
        assert_eq!(mesh.colors.len(), mesh.positions.len());
    }
}
