//! Shapes to primitives in world coordinates.

use glam::{Vec2, Vec3};
use raytruth_scene::{Aabb, Mesh, Pose, Scene, Shape};

/// One object's form in its own coordinates.
pub(crate) enum Form {
    /// Exactly round.
    Sphere { radius: f32 },
    /// Everything else.
    Mesh(Mesh),
}

impl Form {
    fn new(shape: &Shape, scene: &Scene) -> Option<Self> {
        match shape {
            Shape::Sphere { radius } => Some(Self::Sphere { radius: *radius }),
            Shape::Mesh { mesh } => scene.meshes.get(mesh).map(|m| Self::Mesh(m.clone())),
            other => other.tessellate(other.segments()).map(Self::Mesh),
        }
    }

    /// The forms of all objects, in order.
    pub(crate) fn of_scene(scene: &Scene) -> Option<Vec<Self>> {
        scene.objects.iter().map(|o| Self::new(&o.shape, scene)).collect()
    }

    pub(crate) fn primitives(&self) -> usize {
        match self {
            Self::Sphere { .. } => 1,
            Self::Mesh(mesh) => mesh.triangles.len(),
        }
    }

    /// Bounds in the world.
    pub(crate) fn bounds(&self, pose: &Pose) -> Aabb {
        match self {
            Self::Sphere { radius } => {
                let r = Vec3::splat(*radius);
                Aabb { min: pose.translation - r, max: pose.translation + r }
            }
            Self::Mesh(mesh) => Aabb::of(mesh.positions.iter().map(|p| pose.point(*p))),
        }
    }
}

/// What rays hit, in world coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Primitive {
    Triangle { corners: [Vec3; 3], normals: [Vec3; 3], object: u32 },
    Sphere { center: Vec3, radius: f32, object: u32 },
}

impl Primitive {
    pub(crate) fn bounds(&self) -> Aabb {
        match *self {
            Self::Triangle { corners, .. } => Aabb::of(corners),
            Self::Sphere { center, radius, .. } => Aabb { min: center - radius, max: center + radius },
        }
    }

    pub(crate) const fn object(&self) -> u32 {
        match *self {
            Self::Triangle { object, .. } | Self::Sphere { object, .. } => object,
        }
    }

    pub(crate) const fn is_sphere(&self) -> bool {
        matches!(self, Self::Sphere { .. })
    }
}

/// All primitives of a frame, the same in every frame and in the same order. Triangles without area are left out: no ray hits them.
pub(crate) fn primitives(forms: &[Form], poses: &[Pose]) -> Vec<Primitive> {
    let mut out = Vec::with_capacity(forms.iter().map(Form::primitives).sum());
    for (object, (form, pose)) in (0u32..).zip(forms.iter().zip(poses)) {
        match form {
            Form::Sphere { radius } => out.push(Primitive::Sphere { center: pose.translation, radius: *radius, object }),
            Form::Mesh(mesh) => {
                let points: Vec<Vec3> = mesh.positions.iter().map(|p| pose.point(*p)).collect();
                let normals: Vec<Vec3> = mesh.normals.iter().map(|n| pose.vector(*n)).collect();
                for (triangle, at_home) in mesh.triangles.iter().zip(mesh.corners()) {
                    let corners = triangle.map(|i| points[i as usize]);
                    // By the mesh itself, which no pose changes.
                    let own = face_normal(at_home);
                    if own == Vec3::ZERO {
                        continue;
                    }
                    let flat = face_normal(corners);
                    let flat = if flat == Vec3::ZERO { pose.vector(own) } else { flat };
                    let normals = if normals.is_empty() { [flat; 3] } else { triangle.map(|i| normals[i as usize]) };
                    out.push(Primitive::Triangle { corners, normals, object });
                }
            }
        }
    }
    out
}

/// What lies on a corner of a primitive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Corner {
    /// Where on an image; zero where nothing says.
    pub(crate) texcoord: Vec2,
    /// White where nothing says.
    pub(crate) color: Vec3,
}

/// The corners of each primitive, in the order of [`primitives`].
pub(crate) fn corners(forms: &[Form]) -> Vec<[Corner; 3]> {
    let mut out = Vec::with_capacity(forms.iter().map(Form::primitives).sum());
    for form in forms {
        match form {
            Form::Sphere { .. } => out.push([Corner { texcoord: Vec2::ZERO, color: Vec3::ONE }; 3]),
            Form::Mesh(mesh) => {
                let solid = mesh.triangles.iter().zip(mesh.corners()).filter(|(_, corners)| face_normal(*corners) != Vec3::ZERO);
                let at = |i: u32| Corner {
                    texcoord: mesh.texcoords.get(i as usize).copied().unwrap_or_default(),
                    color: mesh.colors.get(i as usize).copied().unwrap_or(Vec3::ONE),
                };
                out.extend(solid.map(|(triangle, _)| triangle.map(at)));
            }
        }
    }
    out
}

/// Unit length; zero where there is no area.
fn face_normal([a, b, c]: [Vec3; 3]) -> Vec3 {
    (b - a).cross(c - a).normalize_or_zero()
}
