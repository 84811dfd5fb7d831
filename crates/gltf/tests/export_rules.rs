//! What is written keeps the rules of the glTF 2.0 specification.

use std::collections::BTreeSet;

use glam::{Quat, Vec2, Vec3};
use raytruth_gltf::{ExportOptions, to_glb_bytes};
use raytruth_scene::{Pose, Scene, Track};
use serde_json::Value;

#[path = "../../scene/tests/arbitrary/mod.rs"]
#[allow(dead_code, reason = "shared with the scene crate's own tests")]
mod arbitrary;

/// The JSON and the binary chunk of a GLB, with the frame around them checked.
fn split(bytes: &[u8]) -> (Value, Vec<u8>) {
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four")) as usize;
    assert_eq!((&bytes[..4], word(4), word(8)), (&b"glTF"[..], 2, bytes.len()));
    let json = word(12);
    assert_eq!((&bytes[16..20], json % 4), (&b"JSON"[..], 0));
    let rest = &bytes[20 + json..];
    let length = u32::from_le_bytes(rest[..4].try_into().expect("four")) as usize;
    assert_eq!((&rest[4..8], length % 4, rest.len()), (&b"BIN\0"[..], 0, 8 + length));
    (serde_json::from_slice(&bytes[20..20 + json]).expect("JSON"), rest[8..].to_vec())
}

fn moving() -> Scene {
    let mut scene = arbitrary::one_of_each();
    scene.animation = Some(raytruth_scene::Animation { frames: 4, fps: 10 });
    let pose = |k: u8| Pose::new(Vec3::X * f32::from(k), Quat::from_rotation_z(2.0 * f32::from(k)));
    scene.objects[3].track = Some(Track { poses: (0..4).map(pose).collect() });
    scene.objects[4].track = Some(Track { poses: vec![Pose::IDENTITY; 4] });
    scene.camera.track = Some(Track { poses: (0..4).map(|k| Pose::from_translation(Vec3::Y * f32::from(k as u8))).collect() });
    scene
}

fn list<'a>(json: &'a Value, name: &str) -> &'a Vec<Value> {
    json[name].as_array().unwrap_or_else(|| panic!("a list of {name}"))
}

fn uint(value: &Value) -> usize {
    value.as_u64().expect("an index") as usize
}

/// The floats of an accessor, by the letter of the specification.
fn floats(json: &Value, binary: &[u8], accessor: &Value) -> Vec<f32> {
    let view = &list(json, "bufferViews")[uint(&accessor["bufferView"])];
    let (start, length) = (uint(&view["byteOffset"]), uint(&view["byteLength"]));
    binary[start..start + length].chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().expect("four"))).collect()
}

#[test]
fn views_are_aligned_and_say_what_they_are_for() {
    let (json, binary) = split(&to_glb_bytes(&moving(), &ExportOptions::default()).expect("writes"));
    assert_eq!(uint(&json["buffers"][0]["byteLength"]), binary.len());
    let (accessors, views) = (list(&json, "accessors"), list(&json, "bufferViews"));
    for view in views {
        assert_eq!(uint(&view["byteOffset"]) % 4, 0);
        assert!(uint(&view["byteOffset"]) + uint(&view["byteLength"]) <= binary.len());
    }
    let target = |accessor: usize| views[uint(&accessors[accessor]["bufferView"])]["target"].as_u64();
    for primitive in list(&json, "meshes").iter().flat_map(|m| list(m, "primitives")) {
        let position = uint(&primitive["attributes"]["POSITION"]);
        assert_eq!((target(position), target(uint(&primitive["indices"]))), (Some(34962), Some(34963)));
        let values = floats(&json, &binary, &accessors[position]);
        assert_eq!(values.len(), 3 * uint(&accessors[position]["count"]));
        let points = || values.chunks_exact(3).map(Vec3::from_slice);
        for (name, wanted) in [("min", points().reduce(Vec3::min)), ("max", points().reduce(Vec3::max))] {
            let found: [f32; 3] = serde_json::from_value(accessors[position][name].clone()).expect("bounds");
            assert_eq!(Some(Vec3::from(found)), wanted);
        }
        if let Some(normals) = primitive["attributes"].get("NORMAL") {
            assert_eq!(accessors[uint(normals)]["count"], accessors[position]["count"]);
            let normals = floats(&json, &binary, &accessors[uint(normals)]);
            assert!(normals.chunks_exact(3).all(|n| (Vec3::from_slice(n).length() - 1.0).abs() < 5e-4));
        }
    }
}

#[test]
fn used_extensions_are_exactly_those_listed() {
    fn names(value: &Value, found: &mut BTreeSet<String>) {
        if let Some(map) = value.get("extensions").and_then(Value::as_object) {
            found.extend(map.keys().cloned());
        }
        match value {
            // What is in our extras is not glTF.
            Value::Object(map) => map.iter().filter(|(k, _)| *k != "extras").for_each(|(_, v)| names(v, found)),
            Value::Array(list) => list.iter().for_each(|v| names(v, found)),
            _ => {}
        }
    }
    let mut scene = moving();
    let glass = scene.materials.get_mut("my 0").expect("there");
    (glass.transmission, glass.ior, glass.coat, glass.emission) = (1.0, 1.4, 0.5, Vec3::splat(3.0));
    let (json, _) = split(&to_glb_bytes(&scene, &ExportOptions::default()).expect("writes"));
    let mut found = BTreeSet::new();
    names(&json, &mut found);
    let listed: BTreeSet<String> = list(&json, "extensionsUsed").iter().map(|v| v.as_str().expect("a name").into()).collect();
    assert_eq!(found, listed);
    assert_eq!(found.len(), 7, "{found:?}");
    let dark = raytruth_scene::Environment::Uniform { radiance: Vec3::ZERO };
    let still = Scene { environment: dark, ..Scene::new(scene.camera.clone()) };
    let bytes = to_glb_bytes(
        &Scene { camera: raytruth_scene::Camera { track: None, ..scene.camera }, ..still },
        &ExportOptions::default(),
    );
    let text = String::from_utf8_lossy(&bytes.expect("writes")).into_owned();
    assert!(
        !text.contains("[]") && !text.contains("extensionsUsed") && !text.contains("BIN"),
        "empty lists are not allowed: {text}"
    );
}

#[test]
fn one_key_a_frame_and_none_for_what_stands_still() {
    let (json, binary) = split(&to_glb_bytes(&moving(), &ExportOptions::default()).expect("writes"));
    let animation = &list(&json, "animations")[0];
    let targets: Vec<_> =
        list(animation, "channels").iter().map(|c| (uint(&c["target"]["node"]), c["target"]["path"].as_str())).collect();
    let camera = list(&json, "nodes").iter().position(|n| n["name"] == "camera").expect("a camera");
    assert_eq!(targets, [(3, Some("translation")), (3, Some("rotation")), (camera, Some("translation"))]);
    for sampler in list(animation, "samplers") {
        let input = &list(&json, "accessors")[uint(&sampler["input"])];
        assert_eq!(floats(&json, &binary, input), [0.0, 0.1, 0.2, 0.3]);
        assert_eq!((input["min"][0].as_f64(), input["max"][0].as_f64()), (Some(0.0), Some(f64::from(0.3f32))));
    }
}

#[test]
fn the_camera_sees_what_ours_sees() {
    let scene = moving();
    let (json, _) = split(&to_glb_bytes(&scene, &ExportOptions { aspect: 1.5, ..ExportOptions::default() }).expect("writes"));
    let lens = &json["cameras"][0]["perspective"];
    assert!((lens["yfov"].as_f64().expect("yfov") - 1.0).abs() < 1e-6 && lens["aspectRatio"] == 1.5);
    let read =
        |v: &Value| -> Vec<f32> { v.as_array().expect("numbers").iter().map(|x| x.as_f64().expect("one") as f32).collect() };
    // Through the tree, by the letter: root ∘ camera.
    let pose = |node: &Value| {
        let t = node.get("translation").map_or(Vec3::ZERO, |t| Vec3::from_slice(&read(t)));
        Pose::new(t, Quat::from_slice(&read(&node["rotation"])))
    };
    let nodes = list(&json, "nodes");
    let (root, camera) = (&nodes[nodes.len() - 1], nodes.iter().find(|n| n["name"] == "camera").expect("a camera"));
    let world = pose(root).mul(&pose(camera));
    let point = Vec3::new(-0.1, 0.3, -1.0);
    let (ours, _) = scene.camera.project(0, point, (300, 200)).expect("in front");
    // A viewer's picture: z up is (x, z, −y) with y up.
    let local = world.inverse().point(Vec3::new(point.x, point.z, -point.y));
    let focal = 100.0 / (0.5f32).tan();
    let theirs = Vec2::new(150.0 + focal * local.x / -local.z, 100.0 - focal * local.y / -local.z);
    assert!(ours.distance(theirs) < 1e-3, "{ours} {theirs}");
}

#[test]
fn objects_that_share_a_mesh_share_its_data() {
    let mut scene = arbitrary::one_of_each();
    let mut twin = scene.objects[0].clone();
    (twin.name, twin.material) = ("twin".into(), "my 1".into());
    // Its coming and going would be keys of its own.
    twin.shapes.clear();
    let accessors =
        |scene: &Scene| list(&split(&to_glb_bytes(scene, &ExportOptions::default()).expect("writes")).0, "accessors").len();
    let before = accessors(&scene);
    scene.objects.push(twin);
    assert_eq!(accessors(&scene), before);
}

/// What comes and goes is scaled to nothing meanwhile; what deforms keeps its first form; both are back when the file is read here.
#[test]
fn what_changes_over_time_is_said_as_far_as_gltf_can() {
    use raytruth_scene::{Animation, MarkForm, Object, Overlay, Power, Shape};
    let mut scene = Scene::new(raytruth_scene::Camera::look_at(Vec3::new(0.0, -3.0, 1.0), Vec3::ZERO, 0.7));
    scene.animation = Some(Animation { frames: 6, fps: 10 });
    scene.materials.insert("m".into(), raytruth_scene::Material { emission_power: Power(vec![1.0, 0.5]), ..Default::default() });
    let ball = || Object::new("ball", 1, Shape::Sphere { radius: 0.5 }, "m");
    let tube = |frame: usize| Shape::tube(0.1, vec![Vec3::ZERO, Vec3::X * (1.0 + frame as f32)], false);
    scene.objects = vec![
        ball().moving((0..6).map(|k| Pose::from_translation(Vec3::Y * k as f32))).there(6, |frame| (2..4).contains(&frame)),
        Object::new("rope", 2, Shape::Nothing, "m").changing((0..6).map(tube)),
        Object { name: "carrier".into(), id: 3, ..ball().there(6, |frame| frame > 0) },
        Object { name: "carried".into(), id: 4, parent: Some("carrier".into()), ..ball() },
    ];
    scene
        .overlays
        .push(Overlay::new("sign", 9, Vec2::ZERO, Vec2::ONE).mark(MarkForm::Disc { center: Vec2::ZERO, radius: 0.1 }, Vec3::ONE));
    (scene.environment_power, scene.floor) = (Power(vec![0.5, 1.0]), 3);

    let bytes = to_glb_bytes(&scene, &ExportOptions::default()).expect("writes");
    let (json, binary) = split(&bytes);
    let animation = &list(&json, "animations")[0];
    let scales: Vec<&Value> =
        animation["channels"].as_array().expect("channels").iter().filter(|c| c["target"]["path"] == "scale").collect();
    assert_eq!(scales.len(), 1, "the rope is always there, the carrier would take what it carries along");
    assert_eq!(scales[0]["target"]["node"], 0);
    let sampler = &animation["samplers"][uint(&scales[0]["sampler"])];
    assert_eq!(sampler["interpolation"], "STEP");
    let floats = |accessor: &Value| -> Vec<f32> {
        let accessor = &list(&json, "accessors")[uint(accessor)];
        let view = &list(&json, "bufferViews")[uint(&accessor["bufferView"])];
        let start = view["byteOffset"].as_u64().unwrap_or(0) as usize + accessor["byteOffset"].as_u64().unwrap_or(0) as usize;
        let count = uint(&accessor["count"]) * if accessor["type"] == "VEC3" { 3 } else { 1 };
        binary[start..start + 4 * count].chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().expect("four"))).collect()
    };
    assert_eq!(floats(&sampler["input"]), [0.0, 0.2, 0.4]);
    assert_eq!(floats(&sampler["output"]), [[0.0; 3], [1.0; 3], [0.0; 3]].concat());

    let lost = raytruth_gltf::losses(&scene, &ExportOptions::default());
    for says in
        ["\"rope\" changes its shape", "\"carrier\" comes and goes, but carries", "material \"m\"", "environment", "1 overlay"]
    {
        assert_eq!(lost.iter().filter(|line| line.contains(says)).count(), 1, "{says}: {lost:?}");
    }
    assert_eq!(lost.len(), 5, "{lost:?}");
    let back = raytruth_gltf::from_slice(&bytes, &raytruth_gltf::ImportOptions::default()).expect("reads");
    assert!(back.warnings.is_empty(), "{:?}", back.warnings);
    assert_eq!(back.scene.objects.len(), 4);
    for (a, b) in scene.objects.iter().zip(&back.scene.objects) {
        assert_eq!(
            (&a.shapes, &a.shape, a.track.as_ref().map(|t| t.poses.len())),
            (&b.shapes, &b.shape, b.track.as_ref().map(|t| t.poses.len()))
        );
    }
    assert_eq!(
        (&back.scene.overlays, &back.scene.environment_power, back.scene.floor),
        (&scene.overlays, &scene.environment_power, 3)
    );
    assert_eq!(back.scene.materials, scene.materials);
}
