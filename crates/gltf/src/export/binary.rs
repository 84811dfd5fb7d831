//! The binary chunk: buffer views and accessors as they are written, and the GLB around them.

use glam::{Quat, Vec2, Vec3};
use serde_json::{Map, Value, json};

use crate::GltfError;

/// `bufferView.target` of vertex attributes.
const ARRAY_BUFFER: u32 = 34_962;
/// `bufferView.target` of indices.
const ELEMENT_ARRAY_BUFFER: u32 = 34_963;
/// `accessor.componentType` of 32-bit floats.
const FLOAT: u32 = 5126;
/// `accessor.componentType` of 32-bit indices.
const UNSIGNED_INT: u32 = 5125;

/// The one buffer of a file. Everything in it is made of 32-bit words, or filled up to them, so that all is aligned.
#[derive(Default)]
pub(super) struct Binary {
    pub(super) bytes: Vec<u8>,
    pub(super) views: Vec<Value>,
    pub(super) accessors: Vec<Value>,
}

impl Binary {
    /// Accessor of vertex positions, with the bounds that they must have.
    pub(super) fn positions(&mut self, points: &[Vec3]) -> usize {
        let (min, max) = points.iter().fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(min, max), p| (min.min(*p), max.max(*p)));
        let bounds = Some((json!(min.to_array()), json!(max.to_array())));
        self.floats(points.iter().flat_map(|p| p.to_array()), points.len(), "VEC3", Some(ARRAY_BUFFER), bounds)
    }

    /// Accessor of texture coordinates.
    pub(super) fn texcoords(&mut self, texcoords: &[Vec2]) -> usize {
        self.floats(texcoords.iter().flat_map(|t| t.to_array()), texcoords.len(), "VEC2", Some(ARRAY_BUFFER), None)
    }

    /// Accessor of linear vertex colours.
    pub(super) fn colors(&mut self, colors: &[Vec3]) -> usize {
        self.floats(colors.iter().flat_map(|c| c.to_array()), colors.len(), "VEC3", Some(ARRAY_BUFFER), None)
    }

    /// Accessor of unit vertex normals.
    pub(super) fn normals(&mut self, normals: &[Vec3]) -> usize {
        // A scene's may be off by a thousandth; viewers hold files to less.
        let unit = |n: &Vec3| if (n.length() - 1.0).abs() > 1e-4 { n.normalize_or(Vec3::Z) } else { *n };
        self.floats(normals.iter().flat_map(|n| unit(n).to_array()), normals.len(), "VEC3", Some(ARRAY_BUFFER), None)
    }

    /// View of the bytes of a file, such as an image.
    pub(super) fn file(&mut self, bytes: &[u8]) -> usize {
        self.views.push(json!({ "buffer": 0, "byteOffset": self.bytes.len(), "byteLength": bytes.len() }));
        self.bytes.extend_from_slice(bytes);
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        self.views.len() - 1
    }

    /// Accessor of triangles.
    pub(super) fn triangles(&mut self, triangles: &[[u32; 3]]) -> usize {
        let words = triangles.iter().flatten().map(|i| i.to_le_bytes());
        self.push(words, UNSIGNED_INT, 3 * triangles.len(), "SCALAR", Some(ELEMENT_ARRAY_BUFFER), None)
    }

    /// Accessor of key times in ascending order, seconds.
    pub(super) fn times(&mut self, times: &[f32]) -> usize {
        let ends = times.first().zip(times.last()).map(|(a, b)| (json!([a]), json!([b])));
        self.floats(times.iter().copied(), times.len(), "SCALAR", None, ends)
    }

    /// Accessor of translations.
    pub(super) fn translations(&mut self, values: &[Vec3]) -> usize {
        self.floats(values.iter().flat_map(|v| v.to_array()), values.len(), "VEC3", None, None)
    }

    /// Accessor of rotations.
    pub(super) fn rotations(&mut self, values: &[Quat]) -> usize {
        self.floats(values.iter().flat_map(|q| q.to_array()), values.len(), "VEC4", None, None)
    }

    fn floats(
        &mut self,
        words: impl Iterator<Item = f32>,
        count: usize,
        kind: &str,
        target: Option<u32>,
        bounds: Option<(Value, Value)>,
    ) -> usize {
        self.push(words.map(f32::to_le_bytes), FLOAT, count, kind, target, bounds)
    }

    fn push(
        &mut self,
        words: impl Iterator<Item = [u8; 4]>,
        component: u32,
        count: usize,
        kind: &str,
        target: Option<u32>,
        bounds: Option<(Value, Value)>,
    ) -> usize {
        let start = self.bytes.len();
        self.bytes.extend(words.flatten());
        let mut view = json!({ "buffer": 0, "byteOffset": start, "byteLength": self.bytes.len() - start });
        if let Some(target) = target {
            view["target"] = target.into();
        }
        let mut accessor = json!({ "bufferView": self.views.len(), "componentType": component, "count": count, "type": kind });
        if let Some((min, max)) = bounds {
            (accessor["min"], accessor["max"]) = (min, max);
        }
        self.views.push(view);
        self.accessors.push(accessor);
        self.accessors.len() - 1
    }
}

/// A GLB: header, JSON chunk padded with spaces, binary chunk.
///
/// # Errors
/// [`GltfError::Limit`] where it would be larger than the 4 GiB that its header can say.
pub(super) fn glb(json: &Map<String, Value>, binary: &[u8]) -> Result<Vec<u8>, GltfError> {
    let mut text = serde_json::to_vec(json).map_err(|e| GltfError::Format { message: e.to_string() })?;
    text.resize(text.len().next_multiple_of(4), b' ');
    let chunks = if binary.is_empty() { 1 } else { 2 };
    let total = 12 + 8 * chunks + text.len() as u64 + binary.len() as u64;
    let limit = u64::from(u32::MAX);
    if total > limit {
        return Err(GltfError::Limit { what: "bytes of the GLB".into(), found: total, limit });
    }
    let mut out = Vec::with_capacity(total as usize);
    out.extend_from_slice(b"glTF");
    out.extend_from_slice(&2u32.to_le_bytes());
    out.extend_from_slice(&(total as u32).to_le_bytes());
    for (kind, content) in [(b"JSON", &text[..]), (b"BIN\0", binary)].into_iter().take(chunks as usize) {
        out.extend_from_slice(&(content.len() as u32).to_le_bytes());
        out.extend_from_slice(kind);
        out.extend_from_slice(content);
    }
    Ok(out)
}
