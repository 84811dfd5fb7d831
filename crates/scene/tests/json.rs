//! The JSON form: what is written is read back to the bit, and nothing that is read can do harm.

use std::path::PathBuf;

use glam::Vec3;
use proptest::prelude::*;
use raytruth_scene::{Camera, Environment, Form, Mesh, Scene, SceneError, Shape};

mod arbitrary;

fn sample(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/scenes").join(name)
}

fn still_life() -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(sample("still_life.json")).expect("the sample is there")).expect("JSON")
}

/// Reads the sample with one change, and gives the error's text.
#[track_caller]
fn refusal(change: impl FnOnce(&mut serde_json::Value)) -> String {
    let mut value = still_life();
    change(&mut value);
    Scene::from_json(&value.to_string()).expect_err("the change breaks it").to_string()
}

#[test]
fn the_sample_scene_is_read_and_everything_is_in_the_picture() {
    let scene = Scene::load(sample("still_life.json")).expect("a good scene");
    assert_eq!(Scene::from_json(&scene.to_json()).expect("its own form"), scene);
    let poses = scene.world_poses(0);
    for (object, pose) in scene.objects.iter().zip(&poses).filter(|(o, _)| o.name != "ground") {
        for p in object.shape.hull_points(&scene.meshes) {
            let world = pose.point(p);
            assert!(world.z > -1e-4, "{} sinks into the ground", object.name);
            let (pixel, _) = scene.camera.project(0, world, (800, 500)).expect("in front of the camera");
            assert!(
                (32.0..768.0).contains(&pixel.x) && (20.0..480.0).contains(&pixel.y),
                "{} leaves the frame: {pixel}",
                object.name
            );
        }
    }
    // The small ball is placed in the box's frame, on top of it.
    let ball = scene.object_index("plastic_ball").expect("there");
    assert!((poses[ball].translation.z - 0.16).abs() < 1e-6 && (poses[ball].translation.x - 0.14).abs() < 1e-6);
}

#[test]
fn the_readmes_scene_is_read() {
    let readme = include_str!("../README.md");
    let json = readme.split("```json").nth(1).and_then(|rest| rest.split("```").next()).expect("a JSON block");
    let scene = Scene::from_json(json).expect("the documented scene");
    assert_eq!((scene.frames(), scene.objects.len()), (2, 2));
}

#[test]
fn the_readme_names_every_field() {
    let readme = include_str!("../README.md");
    // Names that serde knows of, in a scene that has one of each.
    let mut names = std::collections::BTreeSet::new();
    let mut scene = arbitrary::one_of_each();
    let mut collect: Vec<serde_json::Value> = vec![serde_json::from_str(&scene.to_json()).expect("JSON")];
    scene.environment = Environment::Image { image: "my image".into(), strength: 1.0, rotation: 0.0 };
    collect.push(serde_json::from_str(&scene.to_json()).expect("JSON"));
    while let Some(value) = collect.pop() {
        match value {
            serde_json::Value::Object(map) => {
                for (key, value) in map {
                    names.insert(key);
                    collect.push(value);
                }
            }
            serde_json::Value::Array(list) => collect.extend(list),
            // Base64 ends like this here.
            serde_json::Value::String(text) if !text.ends_with('=') && !text.ends_with("AA") => {
                names.insert(text);
            }
            _ => {}
        }
    }
    let missing: Vec<_> = names.iter().filter(|n| !n.starts_with("my ") && !readme.contains(&format!("`{n}`"))).collect();
    assert!(missing.is_empty(), "not in README.md: {missing:?}");
}

#[test]
fn errors_say_where_and_what_to_do() {
    let cut = still_life().to_string();
    let error = Scene::from_json(&cut[..cut.len() / 2]).expect_err("cut").to_string();
    assert!(error.contains("line 1, column") && error.contains("cut off"), "{error}");
    let error = Scene::from_json("{\n  \"format_version\": 1,\n}").expect_err("a trailing comma").to_string();
    assert!(error.starts_with("line 3, column 1") && error.contains("trailing comma"), "{error}");
    let error = refusal(|v| v["objects"][0]["colour"] = "red".into());
    assert!(error.contains("unknown field `colour`") && error.contains("`material`") && error.contains("README"), "{error}");
    let error = refusal(|v| v["objects"][0]["shape"]["kind"] = "teapot".into());
    assert!(error.contains("unknown variant `teapot`") && error.contains("`sphere`"), "{error}");
    let error = refusal(|v| v["camera"] = serde_json::json!({ "pose": {} }));
    assert!(error.contains("missing field `fov_y`"), "{error}");
    let error = refusal(|v| v["objects"][1]["shape"]["radius"] = (-0.5).into());
    assert!(error.contains("breaks 1 rule(s):\nobjects[1].shape.radius is -0.5: must be 0.000001 to 1000000 m"), "{error}");
}

#[test]
fn other_versions_are_told_from_broken_files() {
    let error = refusal(|v| {
        v["format_version"] = 3.into();
        v["caustics"] = "a member of the future".into();
    });
    assert!(error.contains("format_version is 3") && error.contains("reads 1 to 2"), "{error}");
    for old in [0.into(), (-1).into(), 1.5.into()] {
        assert!(refusal(|v| v["format_version"] = old).contains("format_version is"), "there was none such");
    }
    let mut first = still_life();
    first["format_version"] = 1.into();
    let first = Scene::from_json(&first.to_string()).expect("the first version is read");
    assert_eq!(first.format_version, raytruth_scene::FORMAT_VERSION);
    let error = refusal(|v| v["format_version"] = "1".into());
    assert!(error.contains("format_version is \"1\""), "{error}");
    let error = refusal(|v| drop(v.as_object_mut().expect("an object").remove("format_version")));
    assert!(error.contains("missing field `format_version`"), "{error}");
}

#[test]
fn numbers_that_f32_cannot_hold_are_refused() {
    for number in ["1e39", "-1e39", "1e400", "null", "\"1\"", "NaN", "Infinity"] {
        let text = still_life().to_string().replacen("\"radius\":0.07", &format!("\"radius\":{number}"), 1);
        assert!(Scene::from_json(&text).is_err(), "{number} was taken");
    }
}

#[test]
fn hostile_files_are_refused_without_harm() {
    for text in ["", " ", "null", "[]", "{}", "\"scene\"", "42", "{\"format_version\":1}", "\u{feff}", "\u{0}"] {
        assert!(matches!(Scene::from_json(text), Err(SceneError::Json { .. })), "{text:?}");
    }
    let deep = "[".repeat(1_000_000);
    assert!(matches!(Scene::from_json(&deep), Err(SceneError::Json { .. })));
    let nested = format!("{{\"format_version\":{}", "{\"a\":".repeat(1_000_000));
    assert!(matches!(Scene::from_json(&nested), Err(SceneError::Json { .. })));
    let mut many = still_life();
    many["objects"] = serde_json::Value::Array((0..10_000).map(|i| {
        serde_json::json!({ "name": format!("o{i}"), "id": 1, "shape": { "kind": "sphere", "radius": 1.0 }, "material": "brass",
                            "parent": format!("o{}", (i + 1) % 10_000) })
    }).collect());
    let error = Scene::from_json(&many.to_string()).expect_err("a cycle of ten thousand").to_string();
    assert!(error.lines().count() < 30 && error.contains("lead back"), "{error}");
    // A byte-order mark does no harm.
    assert!(Scene::from_json(&format!("\u{feff}{}", still_life())).is_ok());
}

#[test]
fn files_that_cannot_be_read_name_themselves() {
    let dir = std::env::temp_dir().join(format!("raytruth-scene-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a temporary folder");
    let missing = Scene::load(dir.join("nowhere.json")).expect_err("missing").to_string();
    assert!(missing.contains("nowhere.json") && missing.contains("cannot read"), "{missing}");
    assert!(Scene::load(&dir).expect_err("a folder").to_string().contains("cannot read"));
    std::fs::write(dir.join("bytes.json"), [0xff, 0xfe, 0x00, 0x01]).expect("written");
    assert!(Scene::load(dir.join("bytes.json")).expect_err("no text").to_string().contains("bytes.json"));
    std::fs::write(dir.join("broken.json"), "{").expect("written");
    let broken = Scene::load(dir.join("broken.json")).expect_err("broken").to_string();
    assert!(broken.contains("broken.json: line 1, column 1"), "{broken}");
    let mut scene = Scene::load(sample("still_life.json")).expect("a good scene");
    scene.save(dir.join("copy.json")).expect("saved");
    assert_eq!(Scene::load(dir.join("copy.json")).expect("read back"), scene);
    scene.objects[1].shape = Shape::Sphere { radius: f32::NAN };
    assert!(matches!(scene.save(dir.join("bad.json")), Err(SceneError::Invalid { .. })));
    assert!(!dir.join("bad.json").exists(), "nothing half-written");
    std::fs::remove_dir_all(&dir).expect("cleaned");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_valid_scene_survives_the_round_trip(scene in arbitrary::scene()) {
        prop_assert!(scene.validate().is_ok(), "{}", scene.validate().expect_err("just checked"));
        let back = Scene::from_json(&scene.to_json()).expect("its own form");
        prop_assert_eq!(&back, &scene);
        // Equality takes -0 for 0; text does not.
        prop_assert_eq!(back.to_json(), scene.to_json());
    }

    #[test]
    fn any_valid_scene_has_finite_geometry(scene in arbitrary::scene()) {
        for frame in [0, 1, 7] {
            for (i, pose) in scene.world_poses(frame).iter().enumerate() {
                prop_assert!(pose.matrix().is_finite());
                let bounds = scene.object_aabb(i, frame);
                let nothing = scene.objects[i].shape_at(frame).is_nothing();
                prop_assert_eq!(bounds.is_empty(), nothing);
                prop_assert!(nothing || (bounds.min.is_finite() && bounds.max.is_finite()));
            }
        }
        let finite = |mesh: &Mesh| mesh.positions.iter().chain(&mesh.normals).all(|v| v.is_finite());
        for forms in scene.forms().expect("no mesh is missing") {
            for time in [0.0, 0.5, 1.0, 1.25, 9.0] {
                prop_assert!(!matches!(forms.between(time), Form::Mesh(mesh) if !finite(&mesh)));
            }
        }
        for object in &scene.objects {
            if let Some(mesh) = object.shape.tessellate(8) {
                prop_assert!(finite(&mesh), "{:?}", object.shape);
                prop_assert!(matches!(object.shape, Shape::Plane { .. }) || mesh.open_edges() == 0, "{:?}", object.shape);
            }
        }
    }

    #[test]
    fn no_change_of_a_byte_makes_it_panic(at in 0usize..4000, byte in 0u8..128) {
        let mut text = still_life().to_string().into_bytes();
        let at = at % text.len();
        text[at] = byte;
        if let Ok(scene) = Scene::from_json(&String::from_utf8_lossy(&text)) {
            prop_assert!(scene.validate().is_ok());
        }
    }
}

#[test]
fn images_come_from_files_beside_the_scene_or_from_the_scene_itself() {
    let dir = std::env::temp_dir().join(format!("raytruth-scene-images-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a folder");
    // Two pixels of Radiance HDR: 1, 0.5, 0.25 and 256 times that (shared exponents 129 and 137).
    let mut hdr = b"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 2\n".to_vec();
    hdr.extend([128, 64, 32, 129, 128, 64, 32, 137]);
    std::fs::write(dir.join("sky.hdr"), hdr).expect("written");
    let mut scene = Scene::new(Camera::look_at(Vec3::X, Vec3::ZERO, 1.0));
    scene.environment = Environment::Image { image: "sky".into(), strength: 2.0, rotation: 0.5 };
    let mut json: serde_json::Value = serde_json::from_str(&scene.to_json()).expect("JSON");
    json["images"] = serde_json::json!({ "sky": { "file": "sky.hdr" } });
    std::fs::write(dir.join("scene.json"), json.to_string()).expect("written");

    let loaded = Scene::load(dir.join("scene.json")).expect("a scene with its sky");
    assert_eq!(loaded.images["sky"].to_linear(), [[1.0, 0.5, 0.25], [256.0, 128.0, 64.0]]);
    assert!(loaded.to_json().contains("sky.hdr"), "the file's name stays");
    let error = Scene::from_json(&json.to_string()).expect_err("no folder to look in").to_string();
    assert!(error.contains("images") && error.contains("has not been read"), "{error}");

    let mut embedded = loaded;
    embedded.images = embedded.images.into_iter().map(|(name, image)| (name, image.embedded())).collect();
    assert_eq!(Scene::from_json(&embedded.to_json()).expect("no file is needed"), embedded);

    json["images"]["sky"]["file"] = "no such.hdr".into();
    std::fs::write(dir.join("scene.json"), json.to_string()).expect("written");
    let error = Scene::load(dir.join("scene.json")).expect_err("no such file").to_string();
    assert!(error.contains("scene.json") && error.contains("sky") && error.contains("no such.hdr"), "{error}");
    json["environment"]["image"] = "see".into();
    json["images"]["sky"]["file"] = "sky.hdr".into();
    std::fs::write(dir.join("scene.json"), json.to_string()).expect("written");
    let error = Scene::load(dir.join("scene.json")).expect_err("no such image").to_string();
    assert!(error.contains("environment.image") && error.contains("\"sky\""), "{error}");
    std::fs::remove_dir_all(dir).expect("removed");
}
