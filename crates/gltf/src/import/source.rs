//! From bytes to a checked document with its buffers.

use std::borrow::Cow;
use std::path::Path;

use gltf::json::validation::Validate;
use gltf::json::{self, Root};

use super::uri;
use crate::GltfError;

/// The largest file that is read, like the scene crate's.
pub(super) const MAX_BYTES: u64 = 1 << 30;

/// JSON objects that are parsed, some 400 bytes of memory each.
const MAX_OBJECTS: u64 = 1 << 21;
/// Members and elements of all objects and arrays in the JSON.
const MAX_VALUES: u64 = 1 << 24;

/// Extensions whose files are understood. Others are warned about where used and refused where required.
pub(super) const KNOWN: [&str; 11] = [
    "KHR_lights_punctual",
    "KHR_materials_transmission",
    "KHR_materials_ior",
    "KHR_materials_volume",
    "KHR_materials_emissive_strength",
    "KHR_materials_clearcoat",
    "KHR_materials_specular",
    "KHR_materials_dispersion",
    "KHR_mesh_quantization",
    "KHR_texture_transform",
    "EXT_mesh_gpu_instancing",
];

/// A document whose top-level indices are in range, with the bytes of its buffers.
pub(super) struct Source<'a> {
    pub(super) root: Root,
    buffers: Vec<Cow<'a, [u8]>>,
    /// Folder that relative references start from; none where the file came as bytes alone.
    pub(super) base: Option<&'a Path>,
}

impl<'a> Source<'a> {
    /// Parses and checks a file's bytes, and reads the buffers that it refers to.
    pub(super) fn new(bytes: &'a [u8], base: Option<&'a Path>) -> Result<Self, GltfError> {
        let (text, blob) = split(bytes)?;
        // Some editors put a byte-order mark first.
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        // A few bytes of JSON become hundreds of bytes of nodes: counted before they are parsed.
        let count = |byte: u8| text.iter().filter(|&&b| b == byte).count() as u64;
        for (what, found, limit) in [("objects", count(b'{'), MAX_OBJECTS), ("values", count(b','), MAX_VALUES)] {
            if found > limit {
                return Err(GltfError::Limit { what: format!("{what} in the JSON"), found, limit });
            }
        }
        let root: Root = json::deserialize::from_slice(text).map_err(|e| GltfError::Format { message: e.to_string() })?;
        check(&root)?;
        let buffers = read_buffers(&root, blob, base)?;
        Ok(Self { root, buffers, base })
    }

    /// The bytes of a buffer view.
    pub(super) fn view(&self, index: usize) -> Result<&[u8], GltfError> {
        let at = || format!("bufferViews[{index}]");
        let view = self.root.buffer_views.get(index).ok_or_else(|| GltfError::at(at(), "there is no such view"))?;
        let buffer = self.buffers.get(view.buffer.value()).ok_or_else(|| GltfError::at(at(), "its buffer does not exist"))?;
        let (start, length) = (view.byte_offset.unwrap_or_default().0, view.byte_length.0);
        start.checked_add(length).and_then(|end| buffer.get(usize::try_from(start).ok()?..usize::try_from(end).ok()?)).ok_or_else(
            || GltfError::at(at(), format!("bytes {start} and {length} more are outside of its buffer of {}", buffer.len())),
        )
    }
}

/// The JSON of a file, and the binary chunk that follows it in a GLB.
fn split(bytes: &[u8]) -> Result<(&[u8], Option<&[u8]>), GltfError> {
    let bad = |message: &str| GltfError::Format { message: message.into() };
    if !bytes.starts_with(b"glTF") {
        let start = bytes.iter().find(|b| !b.is_ascii_whitespace());
        return match start {
            Some(b'{' | 0xef) => Ok((bytes, None)),
            Some(_) => Err(bad("it starts neither with the magic word glTF nor with a JSON object")),
            None => Err(bad("it is empty")),
        };
    }
    let word = |at: usize| bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    let (Some(version), Some(length)) = (word(4), word(8)) else { return Err(bad("its header is cut off")) };
    if version != 2 {
        return Err(bad(&format!("it has version {version} of the binary form, but only 2 is known")));
    }
    let body = bytes
        .get(12..length as usize)
        .ok_or_else(|| bad(&format!("its header says {length} bytes, but there are {}: was it cut off?", bytes.len())))?;
    let (kind, text, rest) = chunk(body).ok_or_else(|| bad("its first chunk is cut off"))?;
    if kind != *b"JSON" {
        return Err(bad("its first chunk is not JSON"));
    }
    if rest.is_empty() {
        return Ok((text, None));
    }
    let (kind, blob, _) = chunk(rest).ok_or_else(|| bad("its second chunk is cut off"))?;
    // Chunks of unknown kinds are to be skipped.
    Ok((text, (kind == *b"BIN\0").then_some(blob)))
}

/// Kind and content of the first chunk, and what follows it.
fn chunk(bytes: &[u8]) -> Option<([u8; 4], &[u8], &[u8])> {
    let length = u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?) as usize;
    let kind = bytes.get(4..8)?.try_into().ok()?;
    let rest = &bytes[8..];
    Some((kind, rest.get(..length)?, &rest[length..]))
}

/// What the library checks, and before it what it takes for granted.
fn check(root: &Root) -> Result<(), GltfError> {
    let version = root.asset.min_version.as_ref().unwrap_or(&root.asset.version);
    if !version.starts_with("2.") {
        return Err(GltfError::Format { message: format!("it needs version {version:?} of glTF, but only 2.0 is known") });
    }
    if let Some(name) = root.extensions_required.iter().find(|name| !KNOWN.contains(&name.as_str())) {
        return Err(GltfError::Extension { name: name.chars().take(80).collect(), known: KNOWN.join(", ") });
    }
    // The library looks at bounds of positions before it knows that there is such an accessor.
    for (m, mesh) in root.meshes.iter().enumerate() {
        for (p, primitive) in mesh.primitives.iter().enumerate() {
            if primitive.attributes.values().any(|a| a.value() >= root.accessors.len()) {
                let at = format!("meshes[{m}].primitives[{p}].attributes");
                return Err(GltfError::at(at, format!("index out of range of the {} accessors", root.accessors.len())));
            }
        }
    }
    let mut fault = None;
    root.validate(root, json::Path::new, &mut |path, error| {
        // Which extensions are known is our own matter.
        if fault.is_none() && error != json::validation::Error::Unsupported {
            fault = Some(GltfError::at(path().0, error.to_string()));
        }
    });
    fault.map_or(Ok(()), Err)
}

fn read_buffers<'a>(root: &Root, blob: Option<&'a [u8]>, base: Option<&Path>) -> Result<Vec<Cow<'a, [u8]>>, GltfError> {
    let mut buffers = Vec::new();
    let mut total = 0u64;
    for (i, buffer) in root.buffers.iter().enumerate() {
        let at = || format!("buffers[{i}]");
        let wanted = buffer.byte_length.0;
        total = total.saturating_add(wanted);
        if total > MAX_BYTES {
            return Err(GltfError::Limit { what: "bytes of buffers".into(), found: total, limit: MAX_BYTES });
        }
        let bytes = match (&buffer.uri, blob) {
            (Some(text), _) => Cow::Owned(uri::read(text, base, wanted).map_err(|e| e.at(at()))?),
            (None, Some(blob)) if i == 0 => Cow::Borrowed(blob),
            (None, _) => return Err(GltfError::at(at(), "has neither a uri nor the binary chunk of a GLB")),
        };
        if (bytes.len() as u64) < wanted {
            return Err(GltfError::at(
                at(),
                format!("should have {wanted} bytes, but there are {}: was it cut off?", bytes.len()),
            ));
        }
        buffers.push(bytes);
    }
    Ok(buffers)
}
