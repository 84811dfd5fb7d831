//! The set: ramp, latch, tray and what stands before the ball. The ball rolls along +x; the first target's face is at x = 0 and the
//! tray's floor at z = 0.

use glam::{Quat, Vec2, Vec3};
use raytruth_physics::Substance;
use raytruth_scene::{Mesh, Pose};

/// Thickness of the ramp's side walls, metres.
pub(crate) const RAIL: f32 = 0.005;
/// How far the rails stand above the groove's floor, metres: low enough to see the ball.
pub(crate) const RAIL_HEIGHT: f32 = 0.004;
/// Thickness of the latch's plate, metres.
pub(crate) const PLATE: f32 = 0.004;
/// Height of the tray's floor above the table, metres.
pub(crate) const TRAY_RISE: f32 = 0.006;

/// Turn of the foot from one facet of the simulation to the next, degrees.
const COLLISION_FACET_DEG: f32 = 4.0;
/// How far the latch's finger reaches beyond the middle of the groove, as a part of the ball's radius.
const FINGER: f32 = 0.35;

/// A slope, a curved foot and a level run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ramp {
    /// Radians.
    pub slope: f32,
    /// From the ball's resting place to the beginning of the foot along the slope, metres.
    pub travel: f32,
    /// Radius of the curved foot, metres.
    pub foot: f32,
    /// Length of the level run, metres.
    pub run: f32,
    /// Height of the level run above the tray's floor, metres.
    pub ledge: f32,
    /// Where the run ends.
    pub end_x: f32,
    /// Width of the groove, metres.
    pub width: f32,
}

impl Ramp {
    /// Where the foot meets the slope, and the unit vectors up the slope and out of it.
    fn foot_top(&self) -> (Vec2, Vec2, Vec2) {
        let u = Vec2::from_angle(self.slope);
        let start = Vec2::new(self.end_x - self.run - self.foot * u.y, self.ledge + self.foot * (1.0 - u.x));
        let up = Vec2::new(-u.x, u.y);
        (start, up, Vec2::new(u.y, u.x))
    }

    /// Length of the slope's straight part for a ball of `radius`: its travel, and room behind it.
    fn straight(&self, radius: f32) -> f32 {
        self.travel + 1.5 * radius
    }

    /// Centre of the resting ball, in the xz-plane.
    pub(crate) fn ball_start(&self, radius: f32) -> Vec2 {
        let (start, up, out) = self.foot_top();
        start + up * self.travel + out * radius
    }

    /// The latch's plate, closed: a finger that reaches before the ball from the far side, standing on the slope. Its local x points
    /// down the slope, z out of it.
    pub(crate) fn latch(&self, radius: f32) -> Pose {
        let (start, up, out) = self.foot_top();
        let size = self.plate(radius);
        let at = start + up * (self.travel - radius - 0.5 * PLATE) + out * (0.5 * size.z + 0.001);
        Pose::new(Vec3::new(at.x, 0.5 * size.y - FINGER * radius, at.y), Quat::from_rotation_y(self.slope))
    }

    /// Full extents of the latch's plate, metres: as high as it takes to hold the ball, from a little before the middle of the groove to
    /// the outer side of the far rail, so that it hides little of the ball.
    pub(crate) fn plate(&self, radius: f32) -> Vec3 {
        Vec3::new(PLATE, FINGER * radius + 0.5 * self.width + RAIL, 1.2 * radius)
    }

    /// How far the plate lifts along its own z, metres: enough for the ball to pass below.
    pub(crate) fn latch_lift(&self, radius: f32) -> f32 {
        2.4 * radius
    }

    /// The groove's floor from the top to the end of the run, as points of the xz-plane.
    pub(crate) fn profile(&self, radius: f32, foot_segments: u32) -> Vec<Vec2> {
        let (start, up, _) = self.foot_top();
        let mut points = vec![start + up * self.straight(radius)];
        for i in 0..=foot_segments {
            let angle = self.slope * (1.0 - i as f32 / foot_segments as f32);
            let u = Vec2::from_angle(angle);
            points.push(Vec2::new(self.end_x - self.run - self.foot * u.y, self.ledge + self.foot * (1.0 - u.x)));
        }
        points.push(Vec2::new(self.end_x, self.ledge));
        points
    }

    /// What the ball touches, for the simulation: the groove, the rails' inner sides, and the face at the end of the run, with shared
    /// vertices, so that the ball feels no edges within it. Its foot has fewer facets than the picture's: each that is near the ball
    /// costs a contact. They lie up to 0.1 mm off, and take 1 % of the ball's speed.
    pub(crate) fn collision(&self, radius: f32) -> Mesh {
        let profile = self.profile(radius, (self.slope.to_degrees() / COLLISION_FACET_DEG).ceil() as u32);
        let inner = 0.5 * self.width;
        let section = [(-inner, RAIL_HEIGHT), (-inner, 0.0), (inner, 0.0), (inner, RAIL_HEIGHT)];
        let columns = section.len() as u32;
        let mut mesh = Mesh::default();
        for p in &profile {
            mesh.positions.extend(section.iter().map(|&(y, h)| Vec3::new(p.x, y, p.y + h)));
        }
        mesh.positions.extend(section.iter().map(|&(y, _)| Vec3::new(self.end_x, y, 0.0)));
        for row in 0..profile.len() as u32 {
            for column in 0..columns - 1 {
                let a = row * columns + column;
                let b = a + columns;
                mesh.triangles.extend([[a, b, b + 1], [a, b + 1, a + 1]]);
            }
        }
        mesh
    }

    /// Facets of the foot: one to a degree.
    fn foot_segments(&self) -> u32 {
        self.slope.to_degrees().ceil() as u32
    }

    /// The ramp as a solid: a groove between two rails on a wedge that stands at height `base`.
    pub(crate) fn mesh(&self, radius: f32, base: f32) -> Mesh {
        let profile = self.profile(radius, self.foot_segments());
        let inner = 0.5 * self.width;
        let outer = inner + RAIL;
        // The cross-section's upper outline from one side to the other, as (y, height above the floor).
        let section = [
            (-outer, RAIL_HEIGHT),
            (-inner, RAIL_HEIGHT),
            (-inner, 0.0),
            (inner, 0.0),
            (inner, RAIL_HEIGHT),
            (outer, RAIL_HEIGHT),
        ];
        let mut mesh = Mesh::default();
        let mut quad = |corners: [Vec3; 4]| {
            let first = mesh.positions.len() as u32;
            mesh.positions.extend(corners);
            mesh.triangles.extend([[first, first + 1, first + 2], [first, first + 2, first + 3]]);
        };
        for pair in profile.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            let at = |p: Vec2, (y, h): (f32, f32)| Vec3::new(p.x, y, p.y + h);
            for edge in section.windows(2) {
                quad([at(a, edge[0]), at(b, edge[0]), at(b, edge[1]), at(a, edge[1])]);
            }
            for y in [-outer, outer] {
                let foot = |p: Vec2| Vec3::new(p.x, y, base);
                let side = [foot(a), foot(b), at(b, (y, RAIL_HEIGHT)), at(a, (y, RAIL_HEIGHT))];
                quad(if y < 0.0 { side } else { [side[1], side[0], side[3], side[2]] });
            }
            quad([
                Vec3::new(b.x, -outer, base),
                Vec3::new(a.x, -outer, base),
                Vec3::new(a.x, outer, base),
                Vec3::new(b.x, outer, base),
            ]);
        }
        // The two ends: below the groove's floor, and the rails' faces.
        let ends = [(profile[0], true), (profile[profile.len() - 1], false)];
        for (p, flip) in ends {
            for (y0, y1, h) in [(-outer, -inner, RAIL_HEIGHT), (-inner, inner, 0.0), (inner, outer, RAIL_HEIGHT)] {
                let face = [
                    Vec3::new(p.x, y0, base),
                    Vec3::new(p.x, y1, base),
                    Vec3::new(p.x, y1, p.y + h),
                    Vec3::new(p.x, y0, p.y + h),
                ];
                quad(if flip { [face[1], face[0], face[3], face[2]] } else { face });
            }
        }
        mesh
    }
}

/// A shallow box that keeps everything together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tray {
    /// Where its floor begins and ends along the ball's way, metres.
    pub x: (f32, f32),
    /// Half of its floor's width, metres.
    pub half_width: f32,
    /// Height of its far wall, which stops what rolls, metres.
    pub stop_height: f32,
    /// Height of its other walls, metres.
    pub rim_height: f32,
}

/// Thickness of the tray's walls, metres.
pub(crate) const WALL: f32 = 0.01;

impl Tray {
    /// Far wall and the two rims: half extents and centre.
    pub(crate) fn walls(&self) -> [(Vec3, Vec3); 3] {
        let length = 0.5 * (self.x.1 - self.x.0);
        let middle = 0.5 * (self.x.0 + self.x.1);
        let wall = |height: f32, half_x: f32, half_y: f32, x: f32, y: f32| {
            let half_z = 0.5 * (height + TRAY_RISE);
            (Vec3::new(half_x, half_y, half_z), Vec3::new(x, y, half_z - TRAY_RISE))
        };
        let side = self.half_width + 0.5 * WALL;
        [
            wall(self.stop_height, 0.5 * WALL, self.half_width + WALL, self.x.1 + 0.5 * WALL, 0.0),
            wall(self.rim_height, length, 0.5 * WALL, middle, -side),
            wall(self.rim_height, length, 0.5 * WALL, middle, side),
        ]
    }
}

/// Something for the ball to hit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Block {
    /// Its name in scene and truth.
    pub name: String,
    /// What it is made of.
    pub substance: Substance,
    /// Full extents, metres.
    pub size: Vec3,
    /// Where it is placed.
    pub pose: Pose,
}
