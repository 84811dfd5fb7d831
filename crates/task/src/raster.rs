//! A small z-buffer that writes labels: which object is seen where, without a GPU.

use glam::{Vec2, Vec3};
use raytruth_scene::{Camera, Mesh, Pose};

/// Metres: what is nearer to the eye is cut off.
const NEAR: f32 = 0.01;

/// Pixels by which the ends of a triangle's rows may be off, by rounding.
const SLACK: f32 = 1.0;

/// Pixels across from which on the rows of a triangle are narrowed.
const WIDE: f32 = 6.0;

/// Bounds of nothing.
pub(crate) const NOWHERE: (Vec2, Vec2) = (Vec2::INFINITY, Vec2::NEG_INFINITY);

/// Depth and label per pixel.
#[derive(Clone)]
pub(crate) struct Raster {
    width: usize,
    height: usize,
    /// Reciprocal depth along the optical axis, 1/m: linear on screen over a plane. 0 is infinitely far.
    nearness: Vec<f32>,
    labels: Vec<u8>,
}

/// A corner of a triangle.
#[derive(Clone, Copy)]
struct Corner {
    pixel: Vec2,
    /// Reciprocal depth, 1/m.
    nearness: f32,
    /// In camera space.
    place: Vec3,
    texcoord: Vec2,
}

/// The camera of a frame, ready to project.
#[derive(Clone, Copy)]
pub(crate) struct Projector {
    eye: Pose,
    focal: f32,
    middle: Vec2,
}

impl Projector {
    pub(crate) fn new(camera: &Camera, frame: usize, (width, height): (usize, usize)) -> Self {
        let focal = 0.5 * height as f64 / libm::tan(0.5 * f64::from(camera.fov_y));
        let middle = 0.5 * Vec2::new(width as f32, height as f32);
        Self { eye: camera.pose_at(frame).inverse(), focal: focal as f32, middle }
    }

    /// The same camera for a window whose corner lies at a place of the picture.
    pub(crate) fn window(self, corner: Vec2) -> Self {
        Self { middle: self.middle - corner, ..self }
    }

    fn pixel(&self, camera_space: Vec3) -> Vec2 {
        self.middle + self.focal / -camera_space.z * Vec2::new(camera_space.x, -camera_space.y)
    }

    /// Corners of the part of the picture that may show a mesh; `None` if that is no bounded part, as some of it is behind the eye.
    pub(crate) fn mesh_bounds(&self, mesh: &Mesh, pose: &Pose) -> Option<(Vec2, Vec2)> {
        let to_camera = self.eye.mul(pose);
        let mut points = mesh.positions.iter().map(|p| to_camera.point(*p));
        if points.clone().all(|p| -p.z <= NEAR) {
            return Some(NOWHERE);
        }
        points.try_fold(NOWHERE, |(lo, hi), p| {
            let pixel = self.pixel(p);
            (-p.z > NEAR).then(|| (lo.min(pixel), hi.max(pixel)))
        })
    }

    /// The same for a ball.
    pub(crate) fn ball_bounds(&self, center: Vec3, radius: f32) -> Option<(Vec2, Vec2)> {
        if self.is_behind(center, radius) {
            return Some(NOWHERE);
        }
        let c = self.eye.point(center);
        let nearest = -c.z - radius;
        if nearest <= NEAR {
            return None;
        }
        // The outline is an ellipse; this square holds it.
        let reach = self.focal * radius / nearest * (1.0 + c.truncate().length() / -c.z);
        let middle = self.pixel(c);
        Some((middle - reach, middle + reach))
    }

    /// Whether all of a ball is behind the eye.
    fn is_behind(&self, center: Vec3, radius: f32) -> bool {
        self.eye.point(center).z - radius >= -NEAR
    }
}

/// Whether a surface is there at a place on its image; everywhere if there is none to ask.
pub(crate) type There<'a> = Option<&'a dyn Fn(Vec2) -> bool>;

impl Raster {
    pub(crate) fn new((width, height): (usize, usize)) -> Self {
        Self { width, height, nearness: vec![0.0; width * height], labels: vec![0; width * height] }
    }

    /// Row by row from the top.
    pub(crate) fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// The same.
    pub(crate) fn into_labels(self) -> Vec<u8> {
        self.labels
    }

    /// Draws a mesh placed by `pose`, from both sides.
    pub(crate) fn mesh(&mut self, view: &Projector, mesh: &Mesh, pose: &Pose, label: u8, there: There<'_>) {
        let to_camera = view.eye.mul(pose);
        let corner = |i: usize| {
            let place = to_camera.point(mesh.positions[i]);
            let texcoord = mesh.texcoords.get(i).copied().unwrap_or_default();
            Corner { pixel: view.pixel(place), nearness: -1.0 / place.z, place, texcoord }
        };
        let corners: Vec<Corner> = (0..mesh.positions.len()).map(corner).collect();
        for t in &mesh.triangles {
            let t = t.map(|i| corners[i as usize]);
            if t.iter().all(|c| -c.place.z >= NEAR) {
                self.triangle(t, label, there);
                continue;
            }
            let clipped = clip_near(&t.map(|c| (c.place, c.texcoord)));
            let corner = |&(place, texcoord): &(Vec3, Vec2)| Corner {
                pixel: view.pixel(place),
                nearness: -1.0 / place.z,
                place,
                texcoord,
            };
            let clipped: Vec<Corner> = clipped.iter().map(corner).collect();
            for i in 2..clipped.len() {
                self.triangle([clipped[0], clipped[i - 1], clipped[i]], label, there);
            }
        }
    }

    fn triangle(&mut self, corners: [Corner; 3], label: u8, there: There<'_>) {
        let [a, b, c] = corners.map(|corner| corner.pixel);
        let area = (b - a).perp_dot(c - a);
        if area.abs() < 1e-9 {
            return;
        }
        let (lo, hi) = (a.min(b).min(c), a.max(b).max(c));
        let is_wide = hi.x - lo.x > WIDE;
        for y in span(lo.y, hi.y, self.height) {
            // The box about a thin slanting triangle holds many more pixels than the triangle.
            let (left, right) = if is_wide { row_of([a, b, c], y as f32 + 0.5) } else { (lo.x, hi.x) };
            for x in span(lo.x.max(left - SLACK), hi.x.min(right + SLACK), self.width) {
                let p = Vec2::new(x as f32 + 0.5, y as f32 + 0.5);
                let w = [(b - p).perp_dot(c - p), (c - p).perp_dot(a - p), (a - p).perp_dot(b - p)];
                // Outside some of them have another sign than the area.
                if if area > 0.0 { w.iter().any(|&w| w < 0.0) } else { w.iter().any(|&w| w > 0.0) } {
                    continue;
                }
                // Divided by depth everything is linear on screen.
                let weight = |i: usize| w[i] / area * corners[i].nearness;
                let weights = [weight(0), weight(1), weight(2)];
                let nearness = weights[0] + weights[1] + weights[2];
                let texcoord = || {
                    let [a, b, c] = [0, 1, 2].map(|i| corners[i].texcoord * weights[i]);
                    (a + b + c) / nearness
                };
                if there.is_none_or(|there| there(texcoord())) {
                    self.put(x, y, nearness, label);
                }
            }
        }
    }

    /// Draws an exactly round ball, from outside or inside.
    pub(crate) fn ball(&mut self, view: &Projector, center: Vec3, radius: f32, label: u8) {
        if view.is_behind(center, radius) {
            return;
        }
        let c = view.eye.point(center);
        let (lo, hi) = view.ball_bounds(center, radius).unwrap_or((Vec2::NEG_INFINITY, Vec2::INFINITY));
        for y in span(lo.y, hi.y, self.height) {
            for x in span(lo.x, hi.x, self.width) {
                let on_screen = (Vec2::new(x as f32 + 0.5, y as f32 + 0.5) - view.middle) / view.focal;
                let ray = Vec3::new(on_screen.x, -on_screen.y, -1.0);
                let (along, square) = (ray.dot(c), ray.length_squared());
                let inside = along * along - square * (c.length_squared() - radius * radius);
                if inside >= 0.0 {
                    // The ray has depth 1 per unit of its parameter. From within it is the far side that is seen.
                    let (enters, leaves) = (along - inside.sqrt(), along + inside.sqrt());
                    let depth = if enters > NEAR * square { enters / square } else { leaves / square };
                    if depth > NEAR {
                        self.put(x, y, 1.0 / depth, label);
                    }
                }
            }
        }
    }

    fn put(&mut self, x: usize, y: usize, nearness: f32, label: u8) {
        let i = y * self.width + x;
        // Of two things in one place the first in the list is seen, in whatever order they are drawn.
        let is_first = nearness == self.nearness[i] && label < self.labels[i];
        if nearness > self.nearness[i] || is_first {
            self.nearness[i] = nearness;
            self.labels[i] = label;
        }
    }
}

/// The ends of the part of a level line that lies in a triangle.
fn row_of(corners: [Vec2; 3], y: f32) -> (f32, f32) {
    let mut ends = (f32::INFINITY, f32::NEG_INFINITY);
    for (i, a) in corners.into_iter().enumerate() {
        let b = corners[(i + 1) % 3];
        if a.y.min(b.y) <= y && y <= a.y.max(b.y) {
            let x = if a.y == b.y { [a.x, b.x] } else { [a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)); 2] };
            ends = (ends.0.min(x[0]).min(x[1]), ends.1.max(x[0]).max(x[1]));
        }
    }
    ends
}

/// Pixels whose centres lie in `lo..=hi`, within `0..len`.
fn span(lo: f32, hi: f32, len: usize) -> std::ops::Range<usize> {
    // Without `ceil` and `floor`, which are calls: what is below 0 or no number becomes 0.
    let clamp = |x: f32| x.clamp(0.0, len as f32);
    let (first, end) = (clamp(lo - 0.5), clamp(hi + 0.5) as usize);
    let whole = first as usize;
    whole + usize::from((whole as f32) < first)..end
}

/// Sutherland and Hodgman (1974) against the near plane. Corners are places in camera space and on an image.
fn clip_near(corners: &[(Vec3, Vec2); 3]) -> Vec<(Vec3, Vec2)> {
    let mut kept = Vec::with_capacity(4);
    for (i, &(a, uv_a)) in corners.iter().enumerate() {
        let (b, uv_b) = corners[(i + 1) % 3];
        let (da, db) = (-a.z - NEAR, -b.z - NEAR);
        if da >= 0.0 {
            kept.push((a, uv_a));
        }
        if (da >= 0.0) != (db >= 0.0) {
            let t = da / (da - db);
            kept.push((a.lerp(b, t), uv_a.lerp(uv_b, t)));
        }
    }
    kept
}
