//! Broken and hostile files: a clear error, no panic, no memory that the file does not hold.

use proptest::prelude::*;
use raytruth_gltf::{ExportOptions, GltfError, ImportOptions, from_slice, load, to_glb_bytes};
use raytruth_scene::{Camera, Scene, Shape};
use serde_json::{Value, json};

mod common;
use common::{bytes, data, floats, tetrahedron};

fn fail(document: &[u8]) -> GltfError {
    from_slice(document, &ImportOptions::default()).expect_err("broken")
}

/// Breaks the tetrahedron and expects an error that says these words.
#[track_caller]
fn refused(says: &[&str], harm: impl FnOnce(&mut Value)) {
    let mut document = tetrahedron(json!([{ "mesh": 0 }]));
    harm(&mut document);
    let error = fail(document.to_string().as_bytes()).to_string();
    assert!(says.iter().all(|word| error.contains(word)), "{error:?} should say {says:?}");
}

fn glb() -> Vec<u8> {
    let mut scene = Scene::new(Camera::look_at(glam::Vec3::X, glam::Vec3::ZERO, 0.7));
    scene.materials.insert("clay".into(), raytruth_scene::Material::default());
    scene.objects.push(raytruth_scene::Object::new("ball", 1, Shape::Sphere { radius: 0.1 }, "clay"));
    to_glb_bytes(&scene, &ExportOptions { segments: 8, ..ExportOptions::default() }).expect("writes")
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let bytes = glb();
    for end in (0..bytes.len()).step_by(7) {
        fail(&bytes[..end]);
    }
    let document = tetrahedron(json!([{ "mesh": 0 }])).to_string();
    for end in 0..document.len() {
        fail(&document.as_bytes()[..end]);
    }
}

#[test]
fn what_is_not_gltf_is_told() {
    assert!(fail(b"").to_string().contains("empty"));
    assert!(fail(b"\x89PNG....").to_string().contains("magic word"));
    assert!(fail(b"{}").to_string().contains("asset"));
    assert!(fail(b"glTF").to_string().contains("header"));
    assert!(fail(b"glTF\x01\0\0\0\x14\0\0\0").to_string().contains("version 1"));
    // A length shorter than the header itself.
    assert!(fail(b"glTF\x02\0\0\0\x04\0\0\0").to_string().contains("4 bytes"));
    let mut bytes = glb();
    bytes[16] = b'X';
    assert!(fail(&bytes).to_string().contains("first chunk"));
    refused(&["version", "3.0"], |d| d["asset"]["version"] = "3.0".into());
    refused(&["KHR_draco_mesh_compression", "requires"], |d| {
        d["extensionsRequired"] = json!(["KHR_draco_mesh_compression"]);
    });
    let missing = load("no/such/file.glb", &ImportOptions::default()).expect_err("not there");
    assert!(matches!(missing, GltfError::Io { .. }) && missing.to_string().contains("no/such/file.glb"));
}

#[test]
fn buffers_are_as_long_as_they_say() {
    refused(&["buffers[0]", "cut off"], |d| d["buffers"][0]["byteLength"] = 1000.into());
    refused(&["bufferViews[0]", "outside"], |d| d["bufferViews"][0]["byteOffset"] = 40.into());
    refused(&["bufferViews[0]", "outside"], |d| d["bufferViews"][0]["byteOffset"] = u64::MAX.into());
    refused(&["bufferViews[0].buffer", "Index"], |d| d["bufferViews"][0]["buffer"] = 7.into());
    refused(&["accessors[0]", "outside"], |d| d["accessors"][0]["byteOffset"] = 4.into());
    refused(&["accessors[0]", "outside"], |d| d["accessors"][0]["byteOffset"] = u64::MAX.into());
    refused(&["accessors[0]", "outside"], |d| d["accessors"][0]["count"] = 5.into());
    refused(&["accessors[0]", "apart"], |d| d["bufferViews"][0]["byteStride"] = 4.into());
    refused(&["buffers[0].uri", "base64"], |d| d["buffers"][0]["uri"] = "data:;base64,????".into());
    for (uri, word) in
        [("https://example.org/a.bin", "data URIs"), ("/data/a.bin", "data URIs"), ("%ff", "UTF-8"), ("data:", "comma")]
    {
        refused(&["buffers[0].uri", word], |d| d["buffers"][0]["uri"] = uri.into());
    }
    refused(&["buffers[0]", "neither"], |d| {
        d["buffers"][0].as_object_mut().expect("a buffer").remove("uri");
    });
}

#[test]
fn absurd_counts_ask_for_no_memory() {
    refused(&["limit"], |d| d["accessors"][0]["count"] = u64::MAX.into());
    // Without a view it would be zeros that the file does not hold.
    refused(&["limit"], |d| {
        d["accessors"][0].as_object_mut().expect("an accessor").remove("bufferView");
        d["accessors"][0]["count"] = (1u64 << 40).into();
        let table = |kind| json!({ "bufferView": 0, "componentType": kind });
        d["accessors"][0]["sparse"] = json!({ "count": 1, "indices": table(5121), "values": table(5126) });
    });
    refused(&["bytes of buffers", "limit"], |d| d["buffers"][0]["byteLength"] = (1u64 << 60).into());
    let many = format!("{{\"asset\":{{\"version\":\"2.0\"}},\"nodes\":[{}{{}}]}}", "{},".repeat(3_000_000));
    assert!(fail(many.as_bytes()).to_string().contains("objects in the JSON"));
    // A hundred thousand objects of one name take no time.
    let same = tetrahedron((0..100_000).map(|_| json!({ "mesh": 0, "name": "same" })).collect());
    assert_eq!(common::read(&same).scene.objects[99_999].name, "same.100000");
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    let deep = format!("{{\"asset\":{{\"version\":\"2.0\"}},\"nodes\":[{{\"extensions\":{{\"x\":{open}{close}}}}}]}}");
    fail(deep.as_bytes());
}

#[test]
fn numbers_are_numbers_and_indices_lead_somewhere() {
    refused(&["accessors[2]", "NaN"], |d| {
        let bad = floats(d, &[0., 0., 0., 1., f32::NAN, 0., 0., 1., 0.], "VEC3", 3);
        (d["accessors"][bad]["min"], d["accessors"][bad]["max"]) = (json!([0, 0, 0]), json!([1, 1, 0]));
        d["meshes"][0]["primitives"] = json!([{ "attributes": { "POSITION": bad } }]);
    });
    refused(&["meshes[0].primitives[0]", "index 3", "range"], |d| d["accessors"][0]["count"] = 3.into());
    refused(&["meshes[0].primitives[0].attributes", "out of range"], |d| {
        d["meshes"][0]["primitives"][0]["attributes"]["POSITION"] = 99.into();
    });
    refused(&["indices", "Index"], |d| d["meshes"][0]["primitives"][0]["indices"] = 99.into());
    refused(&["accessors[0]", "unsigned"], |d| {
        d["accessors"][0]["type"] = "SCALAR".into();
        let points = floats(d, &[0.; 9], "VEC3", 3);
        d["meshes"][0]["primitives"] = json!([{ "attributes": { "POSITION": points }, "indices": 0 }]);
    });
    refused(&["nodes[0].mesh"], |d| d["nodes"][0]["mesh"] = 3.into());
    refused(&["no triangle"], |d| d["accessors"][1]["count"] = 2.into());
    refused(&["no elements"], |d| d["accessors"][0]["count"] = 0.into());
    refused(&["translation", "1000000"], |d| d["nodes"][0]["translation"] = json!([1e30, 0, 0]));
    refused(&["normals"], |d| {
        let normals = floats(d, &[0., 0., 1.], "VEC3", 3);
        d["meshes"][0]["primitives"][0]["attributes"]["NORMAL"] = normals.into();
    });
    refused(&["sparse", "index 200"], |d| {
        let mut table = vec![200u8, 0, 0, 0];
        table.extend(bytes(&[0., 0., 0.]));
        d["buffers"].as_array_mut().expect("buffers").push(data(&table));
        let views = d["bufferViews"].as_array_mut().expect("views");
        views.extend([json!({ "buffer": 1, "byteLength": 1 }), json!({ "buffer": 1, "byteOffset": 4, "byteLength": 12 })]);
        d["accessors"][0]["sparse"] =
            json!({ "count": 1, "indices": { "bufferView": 2, "componentType": 5121 }, "values": { "bufferView": 3 } });
    });
}

#[test]
fn nodes_form_a_tree() {
    refused(&["own ancestor"], |d| d["nodes"] = json!([{ "children": [1] }, { "children": [0] }]));
    refused(&["own ancestor"], |d| d["nodes"] = json!([{ "mesh": 0 }, { "children": [1] }]));
    refused(&["already a child"], |d| d["nodes"] = json!([{ "children": [1, 2] }, { "children": [2] }, {}]));
    refused(&["nodes[0].children"], |d| d["nodes"] = json!([{ "children": [9] }]));
    // A chain as deep as it is long is no trouble.
    let mut document = tetrahedron(json!([{ "mesh": 0 }]));
    let chain = (0..50_000)
        .map(|i| if i < 49_999 { json!({ "children": [i + 1], "translation": [0, 1, 0] }) } else { json!({ "mesh": 0 }) });
    document["nodes"] = chain.collect();
    let scene = common::read(&document).scene;
    assert!((scene.objects[0].pose.translation.z - 49_999.0).abs() < 0.1);
}

#[test]
fn animations_are_checked() {
    let animate = |d: &mut Value, times: &[f32], values: &[f32], node: u32| {
        let (input, output) = (floats(d, times, "SCALAR", 1), floats(d, values, "VEC3", 3));
        let target = json!({ "node": node, "path": "translation" });
        d["animations"] =
            json!([{ "channels": [{ "sampler": 0, "target": target }], "samplers": [{ "input": input, "output": output }] }]);
    };
    refused(&["animations[0].channels[0]", "node 7"], |d| animate(d, &[0., 1.], &[0.; 6], 7));
    refused(&["animations[0].channels[0]", "ascending"], |d| animate(d, &[1., 0.], &[0.; 6], 0));
    refused(&["animations[0].channels[0]", "1 values for 2 keys"], |d| animate(d, &[0., 1.], &[0.; 3], 0));
    // A key in a billion years.
    let mut document = tetrahedron(json!([{ "mesh": 0 }]));
    animate(&mut document, &[0., 3e16], &[0., 0., 0., 1., 0., 0.], 0);
    let imported = common::read(&document);
    assert!(imported.scene.frames() == 36_000 && imported.warnings.iter().any(|w| w.contains("cut")), "{:?}", imported.warnings);
}

#[test]
fn what_the_extras_say_is_not_trusted() {
    let ours = |d: &mut Value, object: Value| d["nodes"][0]["extras"] = json!({ "raytruth": { "object": object } });
    let bounds = json!([[0, 0, 0], [1, 1, 1]]);
    refused(&["radius is -1"], |d| ours(d, json!({ "id": 1, "bounds": bounds, "shape": { "kind": "sphere", "radius": -1 } })));
    refused(&["poses of all tracks", "limit"], |d| {
        ours(d, json!({ "id": 1, "bounds": bounds, "shape": { "kind": "sphere", "radius": 1 }, "track": u32::MAX }));
    });
    let mut document = tetrahedron(json!([{ "mesh": 0 }]));
    ours(&mut document, json!({ "id": "one" }));
    let imported = common::read(&document);
    assert!(
        imported.scene.objects.len() == 1 && imported.warnings.iter().any(|w| w.contains("extras")),
        "{:?}",
        imported.warnings
    );
    document["nodes"][0]["extras"] = json!({ "somebody": { "else": 1 } });
    assert!(common::read(&document).warnings.is_empty());
}

#[test]
fn a_flattened_object_is_left_out_and_told() {
    let imported = common::read(&tetrahedron(json!([{ "mesh": 0, "scale": [1, 0, 1] }])));
    assert!(
        imported.scene.objects.is_empty() && imported.warnings.iter().any(|w| w.contains("nothing")),
        "{:?}",
        imported.warnings
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    /// Whatever bytes change, it is read or refused.
    #[test]
    fn noise_never_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = glb();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let _ = from_slice(&bytes, &ImportOptions::default());
    }

    /// Wrong numbers at any place of the JSON.
    #[test]
    fn numbers_out_of_place_never_panic(at in any::<prop::sample::Index>(), value in prop_oneof![
        Just(json!(-1)), Just(json!(0)), Just(json!(7)), Just(json!(u64::MAX)), Just(json!(1e300)), Just(json!("x")), Just(json!([])), Just(json!({})), Just(Value::Null)
    ]) {
        let mut document = tetrahedron(json!([
            { "mesh": 0, "extensions": { "KHR_lights_punctual": { "light": 0 } } }, { "camera": 0, "children": [0] },
        ]));
        document["cameras"] = json!([{ "type": "perspective", "perspective": { "yfov": 1.0, "znear": 0.1 } }]);
        document["extensions"] = json!({ "KHR_lights_punctual": { "lights": [{ "type": "spot", "spot": {} }] } });
        document["materials"] = json!([{ "extensions": { "KHR_materials_clearcoat": { "clearcoatFactor": 1 }, "KHR_materials_ior": { "ior": 1 } } }]);
        document["meshes"][0]["primitives"][0]["material"] = 0.into();
        let coordinates = floats(&mut document, &[0.5; 8], "VEC2", 2);
        document["meshes"][0]["primitives"][0]["attributes"]["TEXCOORD_0"] = coordinates.into();
        let mut pixel = std::io::Cursor::new(Vec::new());
        image::RgbaImage::new(1, 1).write_to(&mut pixel, image::ImageFormat::Png).expect("encodes");
        common::texture(&mut document, pixel.get_ref(), "pixel");
        document["samplers"] = json!([{ "wrapS": 33071 }]);
        document["textures"][0]["sampler"] = 0.into();
        let moved = json!({ "KHR_texture_transform": { "offset": [0, 1], "rotation": 1, "scale": [1, 2], "texCoord": 0 } });
        let info = json!({ "index": 0, "texCoord": 0, "extensions": moved });
        document["materials"][0]["pbrMetallicRoughness"] = json!({ "baseColorTexture": info, "metallicRoughnessTexture": info });
        document["materials"][0]["normalTexture"] = info.clone();
        document["materials"][0]["extensions"]["KHR_materials_specular"] = json!({ "specularTexture": info });
        let (times, values) = (floats(&mut document, &[0., 1.], "SCALAR", 1), floats(&mut document, &[0.; 6], "VEC3", 3));
        document["animations"] = json!([{
            "channels": [{ "sampler": 0, "target": { "node": 0, "path": "translation" } }],
            "samplers": [{ "input": times, "output": values }],
        }]);
        from_slice(document.to_string().as_bytes(), &ImportOptions::default()).expect("good before");
        let places = pointers(&document, String::new());
        *document.pointer_mut(&places[at.index(places.len())]).expect("a place") = value;
        let _ = from_slice(document.to_string().as_bytes(), &ImportOptions::default());
    }
}

/// JSON pointers to every value.
fn pointers(value: &Value, at: String) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(k, v)| (k.clone(), v)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(i, v)| (i.to_string(), v)).collect(),
        _ => Vec::new(),
    };
    let below = children.into_iter().flat_map(|(k, v)| pointers(v, format!("{at}/{k}")));
    std::iter::once(at.clone()).chain(below).collect()
}
