//! Parts that a scene is made ready from.

use std::collections::BTreeMap;

use glam::Vec3;
use raytruth_scene::{Aabb, Change, Changes, Form, Object, Pose, Role, Scene};

use crate::frame_params::{FLAG_PROOF, FrameParams};
use crate::geometry::{Ids, Primitive, Shown, append_primitives};
use crate::groups::Groups;
use crate::maps::Maps;
use crate::material_gpu::{GpuMaterial, may_transmit};
use crate::{Profile, RenderError, RenderSettings, texels};

/// Cosine between normals that differ by more than rounding.
const FLAT: f32 = 0.999_99;

/// Material and id of an object.
pub(super) type Tag = (u16, u16);

/// Materials as the shader reads them, and the material and id of each object. Those of objects that shine and change their shape are
/// marked.
pub(super) fn materials(
    scene: &Scene,
    maps: &Maps,
    groups: &Groups,
    changes: &Changes,
) -> Result<(Vec<GpuMaterial>, Vec<Tag>), RenderError> {
    let mut all: Vec<GpuMaterial> = scene
        .materials
        .values()
        .zip(&groups.materials)
        .map(|(m, group)| GpuMaterial::new(m).with_maps(m, |name| maps.number(name)).in_group(*group))
        .collect();
    let numbers: BTreeMap<&str, usize> = scene.materials.keys().map(String::as_str).zip(0..).collect();
    let mut marked: BTreeMap<usize, usize> = BTreeMap::new();
    let tags = scene.objects.iter().zip(&changes.objects).map(|(object, change)| {
        let own = numbers.get(object.material.as_str()).copied().unwrap_or(0);
        let shines = scene.materials.get(&object.material).is_some_and(|m| m.emission.max_element() > 0.0);
        let number = if shines && *change == Change::Reshapes {
            *marked.entry(own).or_insert_with(|| {
                all.push(all[own].of_changing_objects());
                all.len() - 1
            })
        } else {
            own
        };
        (number as u16, object.id)
    });
    let tags = tags.collect();
    if all.len() > usize::from(u16::MAX) {
        return Err(RenderError::Scene(format!("it has {} materials; at most 65535", all.len())));
    }
    Ok((all, tags))
}

/// Primitives of the objects asked for, in order.
pub(super) fn primitives(forms: &[Form], poses: &[Pose], ids: &Ids, wanted: impl Fn(usize) -> bool) -> Vec<Primitive> {
    let mut out = Vec::new();
    for (object, (form, pose)) in forms.iter().zip(poses).enumerate().filter(|(i, _)| wanted(*i)) {
        append_primitives(&mut out, &Shown { object, form, pose, scale: 1.0 }, ids.first(object));
    }
    out
}

/// Whether rays go on inside of an object.
pub(super) fn is_clear_solid(scene: &Scene, object: &Object) -> bool {
    scene.materials.get(&object.material).is_some_and(|m| may_transmit(m) && !m.thin)
}

/// Whether clear solids may overlap at some time.
pub(super) fn nested(scene: &Scene, paths: &[Vec<Aabb>]) -> bool {
    let bounds: Vec<Aabb> = (0..scene.objects.len())
        .filter(|&i| is_clear_solid(scene, &scene.objects[i]))
        .map(|i| paths[i].iter().fold(Aabb::EMPTY, |sum, bounds| sum.union(bounds)))
        .collect();
    // Many panes of glass: not worth the search.
    bounds.len() > 256 || bounds.iter().enumerate().any(|(i, a)| bounds[..i].iter().any(|b| a.overlaps(b)))
}

/// Whether something is shaded by other normals than its triangles': what is round, and what has a normal map.
pub(super) fn smooth(scene: &Scene, forms: &[Form]) -> bool {
    let bent = |form: &Form| {
        let Form::Mesh(mesh) = form else { return false };
        let mut faces = mesh.triangles.iter().zip(mesh.corners());
        !mesh.normals.is_empty()
            && faces.any(|(triangle, [a, b, c])| {
                let face = (b - a).cross(c - a).normalize_or_zero();
                face != Vec3::ZERO && triangle.iter().any(|&i| mesh.normals[i as usize].dot(face) < FLAT)
            })
    };
    scene.materials.values().any(|m| m.maps.normal.is_some()) || forms.iter().any(bent)
}

pub(crate) fn fill_row(table: &mut Vec<[u32; 4]>) {
    table.resize(table.len().next_multiple_of(texels::ROW as usize), [0; 4]);
}

/// Where the light matters: what is not backdrop, at the clip's start.
pub(super) fn focus(scene: &Scene, forms: &[Form], poses: &[Vec<Pose>]) -> Aabb {
    let bounds = |all: bool| {
        scene
            .objects
            .iter()
            .zip(forms.iter().zip(&poses[0]))
            .filter(|(object, _)| all || object.role != Role::Backdrop)
            .fold(Aabb::EMPTY, |sum, (_, (form, pose))| sum.union(&form.aabb(pose)))
    };
    let narrow = bounds(false);
    if narrow.is_empty() { bounds(true) } else { narrow }
}

/// What the settings alone decide.
pub(super) fn profile_params(settings: &RenderSettings) -> FrameParams {
    let groups_x = settings.width.div_ceil(8);
    let groups = groups_x * settings.height.div_ceil(8);
    let look = settings.profile == Profile::Look;
    let limit = |cycles: u32| if look { cycles } else { u32::MAX };
    FrameParams {
        size: [settings.width, settings.height],
        groups_x,
        groups,
        group_stride: coprime_stride(groups),
        flags: if look { 0 } else { FLAG_PROOF },
        max_diffuse: limit(4),
        max_glossy: limit(4),
        max_transmission: limit(12),
        indirect_clamp: if look { 10.0 } else { f32::MAX },
        blur_glossy: if look { 1.0 } else { f32::MAX },
        samples: settings.samples_per_pixel,
        ..bytemuck::Zeroable::zeroed()
    }
}

/// A large number coprime to `groups`, such that no product of it with a group's number overflows.
fn coprime_stride(groups: u32) -> u32 {
    let gcd = |mut a: u32, mut b: u32| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let most = (u32::MAX / groups).clamp(1, 7919);
    (1..=most).rev().find(|&s| gcd(s, groups) == 1).unwrap_or(1)
}
