//! `EXT_mesh_gpu_instancing`, which the library does not know: one node, many placements.

use glam::{DQuat, DVec3};
use gltf::json::Node;
use serde::Deserialize;

use super::accessor::{self, Budget};
use super::nodes::Placement;
use super::source::Source;
use crate::GltfError;

#[derive(Deserialize)]
struct Instancing {
    attributes: Attributes,
}

/// Accessors, one element an instance each.
#[derive(Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct Attributes {
    translation: Option<usize>,
    rotation: Option<usize>,
    scale: Option<usize>,
}

/// Placements of a node's instances in its frame; `None` where it is not instanced.
pub(super) fn read(source: &Source<'_>, budget: &Budget, at: &str, node: &Node) -> Result<Option<Vec<Placement>>, GltfError> {
    let Some(value) = node.extensions.as_ref().and_then(|e| e.others.get("EXT_mesh_gpu_instancing")) else { return Ok(None) };
    let at = format!("{at}.extensions.EXT_mesh_gpu_instancing");
    let Attributes { translation, rotation, scale } =
        Instancing::deserialize(value).map_err(|e| GltfError::at(&at, e.to_string()))?.attributes;
    let vectors = |index: Option<usize>| -> Result<Option<Vec<DVec3>>, GltfError> {
        let Some(index) = index else { return Ok(None) };
        Ok(Some(accessor::floats::<3>(source, budget, index)?.into_iter().map(|v| DVec3::from(v.map(f64::from))).collect()))
    };
    let (translations, scales) = (vectors(translation)?, vectors(scale)?);
    let rotations = match rotation {
        Some(index) => Some(accessor::floats::<4>(source, budget, index)?),
        None => None,
    };
    let lengths = [translations.as_ref().map(Vec::len), rotations.as_ref().map(Vec::len), scales.as_ref().map(Vec::len)];
    let count = lengths.into_iter().flatten().next().unwrap_or(0);
    if lengths.into_iter().flatten().any(|n| n != count) {
        return Err(GltfError::at(at, format!("its attributes have {lengths:?} elements, but need the same number")));
    }
    let placement = |i: usize| {
        let t = translations.as_ref().map_or(DVec3::ZERO, |v| v[i]);
        let r = rotations.as_ref().map_or(DQuat::IDENTITY, |v| DQuat::from_array(v[i].map(f64::from)));
        Placement::new(t, r, scales.as_ref().map_or(DVec3::ONE, |v| v[i]))
    };
    Ok(Some((0..count).map(placement).collect()))
}
