//! Small files, written by hand.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use raytruth_gltf::{ImportOptions, Imported, from_slice};
use serde_json::{Value, json};

/// Numbers as they stand in a buffer.
pub(crate) fn bytes(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_le_bytes()).collect()
}

/// A buffer that holds its bytes in its uri.
pub(crate) fn data(bytes: &[u8]) -> Value {
    let uri = format!("data:application/octet-stream;base64,{}", BASE64_STANDARD.encode(bytes));
    json!({ "byteLength": bytes.len(), "uri": uri })
}

/// A tetrahedron that faces outwards, with its corners at the origin and one metre along each axis: 1/6 m³.
pub(crate) const CORNERS: [f32; 12] = [0., 0., 0., 1., 0., 0., 0., 1., 0., 0., 0., 1.];
const FACES: [u16; 12] = [0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3];

/// A document with the tetrahedron as mesh 0 (accessors 0 and 1), and these nodes, all roots unless they are someone's child.
pub(crate) fn tetrahedron(nodes: Value) -> Value {
    let mut buffer = bytes(&CORNERS);
    buffer.extend(FACES.iter().flat_map(|i| i.to_le_bytes()));
    json!({
        "asset": { "version": "2.0" },
        "nodes": nodes,
        "meshes": [{ "name": "tetra", "primitives": [{ "attributes": { "POSITION": 0 }, "indices": 1 }] }],
        "accessors": [
            { "bufferView": 0, "componentType": 5126, "count": 4, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 1] },
            { "bufferView": 1, "componentType": 5123, "count": 12, "type": "SCALAR" },
        ],
        "bufferViews": [
            { "buffer": 0, "byteOffset": 0, "byteLength": 48 },
            { "buffer": 0, "byteOffset": 48, "byteLength": 24 },
        ],
        "buffers": [data(&buffer)],
    })
}

/// Appends floats to a document as a new accessor, and gives its index.
pub(crate) fn floats(document: &mut Value, values: &[f32], kind: &str, width: usize) -> usize {
    let list = |document: &mut Value, name: &str, value: Value| {
        if document[name].is_null() {
            document[name] = json!([]);
        }
        let list = document[name].as_array_mut().expect("a list");
        list.push(value);
        list.len() - 1
    };
    let bytes = bytes(values);
    let buffer = list(document, "buffers", data(&bytes));
    let view = list(document, "bufferViews", json!({ "buffer": buffer, "byteLength": bytes.len() }));
    let count = values.len() / width;
    let bounds = |pick: fn(f32, f32) -> f32| -> Vec<f32> {
        (0..width).map(|i| values.iter().skip(i).step_by(width).copied().reduce(pick).unwrap_or(0.0)).collect()
    };
    let (min, max) = (bounds(f32::min), bounds(f32::max));
    let accessor = json!({ "bufferView": view, "componentType": 5126, "count": count, "type": kind, "min": min, "max": max });
    list(document, "accessors", accessor)
}

pub(crate) fn read(document: &Value) -> Imported {
    from_slice(document.to_string().as_bytes(), &ImportOptions::default()).expect("a good file")
}

/// A square metre of two triangles in the xy-plane with texture coordinates, the upper left corner at (0, 0), and material 0.
#[allow(dead_code, reason = "not every test has images")]
pub(crate) fn quad(material: Value) -> Value {
    let mut document = tetrahedron(json!([{ "mesh": 0 }]));
    let positions = floats(&mut document, &[0., 1., 0., 0., 0., 0., 1., 1., 0., 1., 0., 0.], "VEC3", 3);
    let texcoords = floats(&mut document, &[0., 0., 0., 1., 1., 0., 1., 1.], "VEC2", 2);
    let attributes = json!({ "POSITION": positions, "TEXCOORD_0": texcoords });
    document["meshes"][0] = json!({ "name": "quad", "primitives": [{ "attributes": attributes, "mode": 5, "material": 0 }] });
    document["materials"] = json!([material]);
    document
}

/// Adds an image in a buffer view and a texture of it, and gives the texture's index.
#[allow(dead_code, reason = "not every test has images")]
pub(crate) fn texture(document: &mut Value, file: &[u8], name: &str) -> usize {
    for list in ["images", "textures"] {
        if document[list].is_null() {
            document[list] = json!([]);
        }
    }
    let push = |document: &mut Value, list: &str, value: Value| {
        let list = document[list].as_array_mut().expect("a list");
        list.push(value);
        list.len() - 1
    };
    let buffer = push(document, "buffers", data(file));
    let view = push(document, "bufferViews", json!({ "buffer": buffer, "byteLength": file.len() }));
    let image = push(document, "images", json!({ "name": name, "bufferView": view, "mimeType": "image/png" }));
    push(document, "textures", json!({ "source": image }))
}
