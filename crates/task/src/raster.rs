//! A small z-buffer that writes object numbers: which object is seen where, without a GPU.

use glam::{Vec2, Vec3};
use raytruth_scene::{Camera, Mesh, Pose};

/// Metres: what is nearer to the eye is cut off.
const NEAR: f32 = 0.01;

/// Depth and object per pixel.
#[derive(Clone)]
pub(crate) struct Raster {
    width: usize,
    height: usize,
    /// Reciprocal depth along the optical axis, 1/m: linear on screen over a plane. 0 is infinitely far.
    nearness: Vec<f32>,
    owner: Vec<u32>,
}

/// What stands for nothing.
pub(crate) const NOBODY: u32 = u32::MAX;

/// The camera of a frame, ready to project.
pub(crate) struct Projector {
    eye: Pose,
    focal: f32,
    middle: Vec2,
}

impl Projector {
    pub(crate) fn new(camera: &Camera, frame: usize, width: usize, height: usize) -> Self {
        let focal = 0.5 * height as f64 / libm::tan(0.5 * f64::from(camera.fov_y));
        let middle = 0.5 * Vec2::new(width as f32, height as f32);
        Self { eye: camera.pose_at(frame).inverse(), focal: focal as f32, middle }
    }

    fn pixel(&self, camera_space: Vec3) -> Vec2 {
        self.middle + self.focal / -camera_space.z * Vec2::new(camera_space.x, -camera_space.y)
    }
}

impl Raster {
    pub(crate) fn new(width: usize, height: usize) -> Self {
        Self { width, height, nearness: vec![0.0; width * height], owner: vec![NOBODY; width * height] }
    }

    /// Pixels per owner below `owners`.
    pub(crate) fn counts(&self, owners: usize) -> Vec<u32> {
        let mut counts = vec![0; owners];
        for &o in &self.owner {
            if let Some(n) = counts.get_mut(o as usize) {
                *n += 1;
            }
        }
        counts
    }

    /// Draws a mesh placed by `pose`, from both sides.
    pub(crate) fn mesh(&mut self, view: &Projector, mesh: &Mesh, pose: &Pose, owner: u32) {
        let to_camera = view.eye.mul(pose);
        let seen: Vec<Vec3> = mesh.positions.iter().map(|p| to_camera.point(*p)).collect();
        for t in &mesh.triangles {
            let corners = t.map(|i| seen[i as usize]);
            let clipped = clip_near(&corners);
            for i in 2..clipped.len() {
                self.triangle(view, [clipped[0], clipped[i - 1], clipped[i]], owner);
            }
        }
    }

    fn triangle(&mut self, view: &Projector, corners: [Vec3; 3], owner: u32) {
        let [a, b, c] = corners.map(|p| view.pixel(p));
        let area = (b - a).perp_dot(c - a);
        if area.abs() < 1e-9 {
            return;
        }
        let near = corners.map(|p| -1.0 / p.z);
        let (lo, hi) = (a.min(b).min(c), a.max(b).max(c));
        for y in span(lo.y, hi.y, self.height) {
            for x in span(lo.x, hi.x, self.width) {
                let p = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
                let w = [(b - p).perp_dot(c - p), (c - p).perp_dot(a - p), (a - p).perp_dot(b - p)].map(|w| w / area);
                if w.iter().all(|&w| w >= 0.0) {
                    self.put(x, y, w[0] * near[0] + w[1] * near[1] + w[2] * near[2], owner);
                }
            }
        }
    }

    /// Draws an exactly round ball.
    pub(crate) fn ball(&mut self, view: &Projector, center: Vec3, radius: f32, owner: u32) {
        let c = view.eye.point(center);
        if -c.z - radius <= NEAR {
            return;
        }
        let middle = view.pixel(c);
        // The outline is an ellipse; this square holds it.
        let reach = view.focal * radius / (-c.z - radius) * (1.0 + c.truncate().length() / -c.z);
        for y in span(middle.y - reach, middle.y + reach, self.height) {
            for x in span(middle.x - reach, middle.x + reach, self.width) {
                let on_screen = (Vec2::new(x as f32 + 0.5, y as f32 + 0.5) - view.middle) / view.focal;
                let ray = Vec3::new(on_screen.x, -on_screen.y, -1.0);
                let (along, square) = (ray.dot(c), ray.length_squared());
                let inside = along * along - square * (c.length_squared() - radius * radius);
                if inside >= 0.0 {
                    // The ray has depth 1 per unit of its parameter.
                    self.put(x, y, square / (along - inside.sqrt()), owner);
                }
            }
        }
    }

    fn put(&mut self, x: usize, y: usize, nearness: f32, owner: u32) {
        let i = y * self.width + x;
        if nearness > self.nearness[i] {
            self.nearness[i] = nearness;
            self.owner[i] = owner;
        }
    }
}

/// Pixels whose centres lie in `lo..=hi`, within `0..len`.
fn span(lo: f32, hi: f32, len: usize) -> std::ops::Range<usize> {
    let clamp = |x: f32| x.clamp(0.0, len as f32) as usize;
    clamp((lo - 0.5).ceil())..clamp((hi + 0.5).floor())
}

/// Sutherland and Hodgman (1974) against the near plane.
fn clip_near(corners: &[Vec3; 3]) -> Vec<Vec3> {
    let mut kept = Vec::with_capacity(4);
    for (i, &a) in corners.iter().enumerate() {
        let b = corners[(i + 1) % 3];
        let (da, db) = (-a.z - NEAR, -b.z - NEAR);
        if da >= 0.0 {
            kept.push(a);
        }
        if (da >= 0.0) != (db >= 0.0) {
            kept.push(a.lerp(b, da / (da - db)));
        }
    }
    kept
}
