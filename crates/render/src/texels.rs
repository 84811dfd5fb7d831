//! The scene as texels: the one long table that `shaders/shared/data.wgsl` reads.

use glam::Vec3;
use raytruth_scene::Pose;

use crate::geometry::Primitive;

/// Texels in a row of the texture.
pub(crate) const ROW: u32 = 4096;

/// Two texels an object: rotation; translation with material and id.
pub(crate) fn instance(pose: &Pose, material: u16, id: u16) -> [[u32; 4]; 2] {
    let t = pose.translation;
    [
        pose.rotation.to_array().map(f32::to_bits),
        [t.x.to_bits(), t.y.to_bits(), t.z.to_bits(), u32::from(material) | u32::from(id) << 16],
    ]
}

/// Appends a primitive: four texels for a triangle, two for a sphere.
pub(crate) fn push_primitive(out: &mut Vec<[u32; 4]>, primitive: &Primitive) {
    let texel = |v: Vec3, w: u32| [v.x.to_bits(), v.y.to_bits(), v.z.to_bits(), w];
    match *primitive {
        Primitive::Triangle { corners: [a, b, c], normals: [na, nb, nc], object, id } => {
            out.extend([texel(a, id), texel(b - a, 0), texel(c - a, 0), [object, pack_unit(na), pack_unit(nb), pack_unit(nc)]]);
        }
        Primitive::Sphere { center, radius, scale, object, .. } => {
            out.extend([texel(center, radius.to_bits()), [object, scale.to_bits(), 0, 0]]);
        }
    }
}

/// A unit vector in 32 bits: octahedral map, 16 bits an axis. The twin of `unpack_unit` in `shaders/shared/ray.wgsl`.
fn pack_unit(n: Vec3) -> u32 {
    let e = n.truncate() / (n.x.abs() + n.y.abs() + n.z.abs()).max(f32::MIN_POSITIVE);
    let sign = |v: f32| if v >= 0.0 { 1.0 } else { -1.0 };
    let e = if n.z >= 0.0 { e } else { glam::Vec2::new((1.0 - e.y.abs()) * sign(e.x), (1.0 - e.x.abs()) * sign(e.y)) };
    let snorm = |v: f32| u32::from((v.clamp(-1.0, 1.0) * 32767.0).round() as i16 as u16);
    snorm(e.x) | snorm(e.y) << 16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the shader does it.
    fn unpack_unit(bits: u32) -> Vec3 {
        let part = |b: u32| f32::from(b as u16 as i16) / 32767.0;
        let (x, y) = (part(bits), part(bits >> 16));
        let z = 1.0 - x.abs() - y.abs();
        let sign = |v: f32| if v >= 0.0 { 1.0 } else { -1.0 };
        if z >= 0.0 {
            Vec3::new(x, y, z).normalize()
        } else {
            Vec3::new((1.0 - y.abs()) * sign(x), (1.0 - x.abs()) * sign(y), z).normalize()
        }
    }

    #[test]
    fn normals_survive_packing() {
        for i in 0..2000 {
            // A spiral of points over the ball.
            let z = 1.0 - (i as f32 + 0.5) / 1000.0;
            let n = (glam::Vec2::from_angle(i as f32 * 2.399_963) * (1.0 - z * z).sqrt()).extend(z);
            assert!(n.angle_between(unpack_unit(pack_unit(n))) < 1e-3, "{n}");
        }
        for axis in Vec3::AXES {
            assert!(axis.distance(unpack_unit(pack_unit(axis))) < 1e-6);
            assert!((-axis).distance(unpack_unit(pack_unit(-axis))) < 1e-6);
        }
    }
}
