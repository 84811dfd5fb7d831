//! Forms to primitives in world coordinates.

use std::ops::Range;

use glam::{Vec2, Vec3};
use raytruth_scene::{Aabb, Change, Form, Forms, Mesh, Pose};

/// What rays hit, in world coordinates. `id` is the same in every frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Primitive {
    Triangle {
        corners: [Vec3; 3],
        normals: [Vec3; 3],
        object: u32,
        id: u32,
    },
    /// `scale`: by how much the first of its kin is larger.
    Sphere {
        center: Vec3,
        radius: f32,
        scale: f32,
        object: u32,
        id: u32,
    },
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

    pub(crate) const fn id(&self) -> u32 {
        match *self {
            Self::Triangle { id, .. } | Self::Sphere { id, .. } => id,
        }
    }

    pub(crate) const fn is_sphere(&self) -> bool {
        matches!(self, Self::Sphere { .. })
    }
}

/// The ids of primitives, the same in every frame: as many for each object as the largest of its forms needs. Those of objects that
/// change their shape come last.
pub(crate) struct Ids {
    /// Where each object's begin.
    first: Vec<u32>,
    /// From here on they are of objects that change their shape.
    reshaped: u32,
    end: u32,
}

impl Ids {
    pub(crate) fn new(forms: &[Forms], changes: &[Change]) -> Self {
        let mut first = vec![0; forms.len()];
        let mut end = 0;
        let mut reserve = |reshapes: bool| {
            for (i, forms) in forms.iter().enumerate().filter(|(i, _)| (changes[*i] == Change::Reshapes) == reshapes) {
                first[i] = end;
                end += forms.most_primitives() as u32;
            }
            end
        };
        let reshaped = reserve(false);
        let end = reserve(true);
        Self { first, reshaped, end }
    }

    pub(crate) fn first(&self, object: usize) -> u32 {
        self.first[object]
    }

    pub(crate) fn reshaped(&self) -> Range<u32> {
        self.reshaped..self.end
    }

    pub(crate) fn count(&self) -> usize {
        self.end as usize
    }
}

/// An object at a moment.
pub(crate) struct Shown<'a> {
    pub(crate) object: usize,
    pub(crate) form: &'a Form,
    pub(crate) pose: &'a Pose,
    /// As of a sphere.
    pub(crate) scale: f32,
}

/// Appends the primitives of an object, in the order of its ids from `first_id` on. Triangles without area are left out: no ray hits them.
pub(crate) fn append_primitives(out: &mut Vec<Primitive>, shown: &Shown<'_>, first_id: u32) {
    let Shown { object, form, pose, scale } = *shown;
    let object = object as u32;
    match form {
        Form::Nothing => {}
        Form::Sphere { radius } => {
            out.push(Primitive::Sphere { center: pose.translation, radius: *radius, scale, object, id: first_id });
        }
        Form::Mesh(mesh) => {
            let points: Vec<Vec3> = mesh.positions.iter().map(|p| pose.point(*p)).collect();
            let normals: Vec<Vec3> = mesh.normals.iter().map(|n| pose.vector(*n)).collect();
            out.reserve(mesh.triangles.len());
            for (id, (triangle, at_home)) in (first_id..).zip(mesh.triangles.iter().zip(mesh.corners())) {
                let corners = triangle.map(|i| points[i as usize]);
                // By the mesh itself, which no pose changes.
                let own = face_normal(at_home);
                if own == Vec3::ZERO {
                    continue;
                }
                let normals = if normals.is_empty() {
                    let flat = face_normal(corners);
                    [if flat == Vec3::ZERO { pose.vector(own) } else { flat }; 3]
                } else {
                    triangle.map(|i| normals[i as usize])
                };
                out.push(Primitive::Triangle { corners, normals, object, id });
            }
        }
    }
}

/// What lies on a corner of a primitive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Corner {
    /// Where on an image; zero where nothing says.
    pub(crate) texcoord: Vec2,
    /// White where nothing says.
    pub(crate) color: Vec3,
}

impl Corner {
    pub(crate) const PLAIN: Self = Self { texcoord: Vec2::ZERO, color: Vec3::ONE };
}

/// The corners of each triangle of a form, or of its ball.
pub(crate) fn corners(form: &Form) -> Vec<[Corner; 3]> {
    match form {
        Form::Nothing => Vec::new(),
        Form::Sphere { .. } => vec![[Corner::PLAIN; 3]],
        Form::Mesh(mesh) => {
            let at = |i: u32| Corner {
                texcoord: mesh.texcoords.get(i as usize).copied().unwrap_or_default(),
                color: mesh.colors.get(i as usize).copied().unwrap_or(Vec3::ONE),
            };
            mesh.triangles.iter().map(|triangle| triangle.map(at)).collect()
        }
    }
}

/// The corners of each triangle in the object's own frame; none of what is no mesh.
pub(crate) fn places(form: &Form) -> impl Iterator<Item = [Vec3; 3]> + '_ {
    let mesh: Option<&Mesh> = match form {
        Form::Mesh(mesh) => Some(mesh),
        _ => None,
    };
    mesh.into_iter().flat_map(Mesh::corners)
}

/// Unit length; zero where there is no area.
fn face_normal([a, b, c]: [Vec3; 3]) -> Vec3 {
    (b - a).cross(c - a).normalize_or_zero()
}
