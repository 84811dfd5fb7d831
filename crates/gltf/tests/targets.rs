//! What is written for whom: units of light, the sky, patterns; and that all of it comes back.

use std::collections::BTreeMap;
use std::f32::consts::PI;
use std::path::PathBuf;

use glam::{Quat, Vec2, Vec3};
use raytruth_gltf::{ExportOptions, ImportOptions, Target, from_slice, losses, to_glb_bytes};
use raytruth_scene::{
    Camera, Environment, Image, Light, LightShape, Material, Object, Pattern, Pose, Power, Scene, Shape, Sun, Texture,
};
use serde_json::Value;

fn options(target: Target) -> ExportOptions {
    ExportOptions { target, segments: 32, texels: 256, ..ExportOptions::default() }
}

fn json(bytes: &[u8]) -> (Value, &[u8]) {
    let length = u32::from_le_bytes(bytes[12..16].try_into().expect("four")) as usize;
    (serde_json::from_slice(&bytes[20..20 + length]).expect("JSON"), bytes.get(28 + length..).unwrap_or_default())
}

fn written(scene: &Scene, target: Target) -> Vec<u8> {
    to_glb_bytes(scene, &options(target)).expect("writes")
}

/// An empty, dark scene that looks along +y from three metres before the origin.
fn dark() -> Scene {
    let camera = Camera::look_at(Vec3::new(0.0, -3.0, 0.0), Vec3::ZERO, 0.7);
    Scene { environment: Environment::Uniform { radiance: Vec3::ZERO }, ..Scene::new(camera) }
}

fn lamp(name: &str, shape: LightShape, at: Vec3) -> Light {
    let radiance = Vec3::new(10.0, 5.0, 2.5);
    Light { name: name.into(), shape, pose: Pose::from_translation(at), radiance, power: Power::FULL, visible_to_camera: false }
}

/// Poses go through single-precision rotations.
fn same_lights(a: &Scene, b: &Scene) {
    assert_eq!(a.lights.len(), b.lights.len());
    for (a, b) in a.lights.iter().zip(&b.lights) {
        assert_eq!((&a.name, &a.shape, a.radiance, a.visible_to_camera), (&b.name, &b.shape, b.radiance, b.visible_to_camera));
        assert!(a.pose.translation.distance(b.pose.translation) < 1e-5 && a.pose.rotation.dot(b.pose.rotation).abs() > 0.999_999);
    }
}

fn number(value: &Value) -> f32 {
    value.as_f64().expect("a number") as f32
}

fn vector(value: &Value) -> Vec3 {
    Vec3::from_array(serde_json::from_value(value.clone()).expect("three numbers"))
}

fn named<'a>(json: &'a Value, list: &str, name: &str) -> &'a Value {
    let list = json[list].as_array().unwrap_or_else(|| panic!("a list of {list}"));
    list.iter().find(|entry| entry["name"] == name).unwrap_or_else(|| panic!("no {name}: {list:?}"))
}

/// What a material emits.
fn emission(material: &Value) -> Vec3 {
    let strength = &material["extensions"]["KHR_materials_emissive_strength"]["emissiveStrength"];
    vector(&material["emissiveFactor"]) * strength.as_f64().unwrap_or(1.0) as f32
}

/// The material of a part of a node's mesh.
fn part<'a>(json: &'a Value, node: &str, part: usize) -> &'a Value {
    let mesh = &json["meshes"][named(json, "nodes", node)["mesh"].as_u64().expect("a mesh") as usize];
    &json["materials"][mesh["primitives"][part]["material"].as_u64().expect("a material") as usize]
}

/// The picture of a texture.
fn picture((json, binary): &(Value, &[u8]), texture: &Value) -> Image {
    let source = json["textures"][texture["index"].as_u64().expect("a texture") as usize]["source"].as_u64();
    let view = json["images"][source.expect("an image") as usize]["bufferView"].as_u64().expect("a view");
    let view = &json["bufferViews"][view as usize];
    let [start, length] = ["byteOffset", "byteLength"].map(|field| view[field].as_u64().expect("a number") as usize);
    Image::decode(&binary[start..start + length]).expect("a PNG")
}

#[test]
fn area_lamps_shine_with_their_own_radiance_in_blender() {
    let mut scene = dark();
    let behind = Vec3::new(0.1, 0.2, 0.3);
    scene.environment = Environment::Gradient { zenith: behind, horizon: Vec3::ZERO, ground: Vec3::ZERO, sun: None };
    // All look down, so the zenith is behind them.
    scene.lights = vec![
        lamp("rect", LightShape::Rect { size: Vec2::new(0.5, 0.2) }, Vec3::Z),
        lamp("disk", LightShape::Disk { radius: 0.1 }, 2.0 * Vec3::Z),
        lamp("ball", LightShape::Sphere { radius: 0.1 }, 3.0 * Vec3::Z),
    ];
    let bytes = written(&scene, Target::Blender);
    let (json, _) = json(&bytes);
    assert!(json["extensions"].is_null(), "nothing is punctual: {}", json["extensions"]);
    let radiance = scene.lights[0].radiance;
    for (name, wanted) in [("rect", radiance + behind), ("disk", radiance + behind), ("ball", radiance)] {
        let found = part(&json, name, 0);
        assert!(emission(found).distance(wanted) < 1e-4, "{name}: {found}");
        assert_eq!(found["pbrMetallicRoughness"]["baseColorFactor"], serde_json::json!([0.0, 0.0, 0.0, 1.0]));
        assert_eq!(found["extensions"]["KHR_materials_specular"]["specularFactor"], 0.0);
    }
    assert!(part(&json, "rect", 1)["emissiveFactor"].is_null(), "their backs are black");
    same_lights(&scene, &from_slice(&bytes, &ImportOptions::default()).expect("reads").scene);
}

/// Blender's importer makes 4π I / 683 watts of I candela, and its lamps shine with a 4πth of their watts per steradian.
#[test]
fn spots_have_683_candela_a_unit_in_blender_and_one_on_the_web() {
    let mut scene = dark();
    let (radius, inner_angle, outer_angle) = (0.02, 0.2f32, 0.5f32);
    scene.lights = vec![lamp("spot", LightShape::Spot { radius, inner_angle, outer_angle }, Vec3::Z)];
    for (target, unit) in [(Target::Blender, 683.0), (Target::Web, 1.0)] {
        let bytes = written(&scene, target);
        let (json, _) = json(&bytes);
        let light = &json["extensions"]["KHR_lights_punctual"]["lights"][0];
        let wanted = unit * 10.0 * PI * radius * radius;
        assert!((number(&light["intensity"]) / wanted - 1.0).abs() < 1e-5, "{light}");
        assert!(vector(&light["color"]).distance(Vec3::new(1.0, 0.5, 0.25)) < 1e-6);
        let [inner, outer] = ["innerConeAngle", "outerConeAngle"].map(|a| number(&light["spot"][a]));
        assert!((outer - outer_angle).abs() < 1e-6);
        if target == Target::Blender {
            // Its blend, 1 − inner / outer, is a share of the cone's cosines.
            let from = outer.cos() + (1.0 - inner / outer) * (1.0 - outer.cos());
            assert!((from - inner_angle.cos()).abs() < 1e-5, "{inner}");
        } else {
            assert!((inner - inner_angle).abs() < 1e-6);
        }
        let generator = json["asset"]["generator"].as_str().expect("a name");
        assert_eq!(generator.contains("for Blender"), target == Target::Blender);
    }
}

/// A lamp that somebody else puts into a file of ours is in the units of that file.
#[test]
fn without_extras_the_unit_is_that_of_the_target() {
    let mut scene = dark();
    scene.lights = vec![lamp("spot", LightShape::Spot { radius: 0.02, inner_angle: 0.1, outer_angle: 0.5 }, Vec3::Z)];
    for target in [Target::Blender, Target::Web] {
        let bytes = written(&scene, target);
        let (mut json, _) = json(&bytes);
        for node in json["nodes"].as_array_mut().expect("nodes") {
            node["extras"] = Value::Null;
        }
        json.as_object_mut().expect("an object").remove("buffers");
        for list in ["meshes", "accessors", "bufferViews"] {
            json.as_object_mut().expect("an object").remove(list);
        }
        let back = from_slice(json.to_string().as_bytes(), &ImportOptions::default()).expect("reads").scene;
        let LightShape::Spot { radius, .. } = back.lights[0].shape else { panic!("{:?}", back.lights) };
        let intensity = back.lights[0].radiance.x * PI * radius * radius;
        assert!((intensity / (10.0 * PI * 0.02 * 0.02) - 1.0).abs() < 1e-4, "{target:?}: {intensity}");
    }
}

#[test]
fn the_sky_is_a_ball_around_everything_in_blender() {
    let mut scene = dark();
    let (zenith, horizon, ground) = (Vec3::new(0.2, 0.4, 4.0), Vec3::ONE, Vec3::splat(0.1));
    let sun = Some(Sun { direction: Vec3::new(0.0, 0.6, 0.8), irradiance: Vec3::splat(3.0), angular_radius: 0.02 });
    scene.environment = Environment::Gradient { zenith, horizon, ground, sun };
    scene.materials.insert("m".into(), Material::default());
    scene.objects.push(Object::new("ground", 1, Shape::Plane { size: Vec2::splat(20.0) }, "m"));
    let bytes = written(&scene, Target::Blender);
    let file = json(&bytes);
    let json = &file.0;
    let sky = part(json, "sky", 0);
    // By hand: the picture's white is the brightest value of all.
    assert!((emission(sky).max_element() - 4.0).abs() < 0.1, "{sky}");
    let shown = picture(&file, &sky["emissiveTexture"]);
    let ([width, height], values) = (shown.size(), shown.to_linear());
    let row = |y: u32| Vec3::from(values[(y * width) as usize]) * emission(sky);
    assert!(row(2).distance(zenith) < 0.4 && row(height / 2 - 1).distance(horizon) < 0.2, "{} {}", row(2), row(height / 2 - 1));
    assert!(row(height - 1).distance(ground) < 0.02);
    let ball = &json["meshes"][named(json, "nodes", "sky")["mesh"].as_u64().expect("a mesh") as usize];
    let reach = |mesh: &Value| {
        let accessor = mesh["primitives"][0]["attributes"]["POSITION"].as_u64().expect("an accessor") as usize;
        vector(&json["accessors"][accessor]["max"]).max_element()
    };
    assert!(reach(ball) > 200.0, "{} m", reach(ball));
    // The sun hangs within it: a directional light would not get through.
    let node = named(json, "nodes", "sun");
    let (far, size) =
        (vector(&node["translation"]).length(), reach(&json["meshes"][node["mesh"].as_u64().expect("a mesh") as usize]));
    assert!(far < reach(ball) && (size / far - 0.02).abs() < 1e-3, "{far} {size}");
    let radiance = emission(part(json, "sun", 0)).x;
    assert!((radiance / (3.0 / (PI * 0.02f32.sin().powi(2))) - 1.0).abs() < 0.01, "{radiance}");
    assert!(json["extensions"].is_null());
    let back = from_slice(&bytes, &ImportOptions::default()).expect("reads");
    assert!(back.warnings.is_empty() && back.scene.environment == scene.environment, "{:?}", back.warnings);
    assert_eq!(back.scene.objects.len(), 1, "neither sky nor sun is an object");
}

#[test]
fn the_sky_is_an_image_based_light_on_the_web() {
    let mut scene = dark();
    let bytes = written(&scene, Target::Web);
    assert!(json(&bytes).0["extensions"].is_null(), "a black sky gives no light");
    let sun = Some(Sun { direction: Vec3::Z, irradiance: Vec3::splat(3.0), angular_radius: 0.02 });
    let (zenith, horizon) = (Vec3::new(0.2, 0.4, 0.8), Vec3::splat(0.3));
    scene.environment = Environment::Gradient { zenith, horizon, ground: Vec3::ZERO, sun };
    let bytes = written(&scene, Target::Web);
    let (json, _) = &json(&bytes);
    assert_eq!(json["scenes"][0]["extensions"]["EXT_lights_image_based"]["light"], 0);
    assert_eq!(json["extensions"]["KHR_lights_punctual"]["lights"][0]["type"], "directional");
    assert!(json["extensionsUsed"].as_array().is_some_and(|used| used.iter().any(|name| name == "EXT_lights_image_based")));
    assert!(json["extensionsRequired"].is_null(), "who cannot read it shows the rest");
    let light = &json["extensions"]["EXT_lights_image_based"]["lights"][0];
    let levels = light["specularImages"].as_array().expect("levels");
    let mut indices: Vec<u64> =
        levels.iter().flat_map(|faces| faces.as_array().expect("faces")).filter_map(Value::as_u64).collect();
    indices.dedup();
    assert!(indices.len() == 6 * levels.len() && indices.iter().all(|&i| json["images"][i as usize]["name"] == "sky"));
    // Harmonics are those of Condon and Shortley: light from above has a negative one along y. Blue is the brightest.
    let along = |i: usize| vector(&light["irradianceCoefficients"][i]) * number(&light["intensity"]);
    assert!(along(1).max_element() < 0.0 && along(1).z < along(1).x && along(0).z > along(0).x, "{} {}", along(0), along(1));
    assert!(along(2).abs().max_element() + along(3).abs().max_element() < 1e-3, "alike all around");
    let back = from_slice(&bytes, &ImportOptions::default()).expect("reads");
    assert!(back.warnings.is_empty() && back.scene.environment == scene.environment, "{:?}", back.warnings);
    // Of somebody else's file nothing is known of it.
    let foreign = r#"{"asset":{"version":"2.0"},"extensionsUsed":["EXT_lights_image_based"]}"#;
    let read = from_slice(foreign.as_bytes(), &ImportOptions::default()).expect("reads");
    assert!(read.warnings.iter().any(|w| w.contains("EXT_lights_image_based")), "{:?}", read.warnings);
}

/// Whatever a valid scene says, it is written or refused.
#[test]
fn extremes_never_panic() {
    for (scale, size) in [(1e-30, 1.0), (1e30, 1.0), (1e-3, 1e6), (1e6, 1e-6), (f32::MIN_POSITIVE, 1e12)] {
        let mut scene = dark();
        let radiance = Vec3::splat(scale.min(1e20));
        scene.environment = Environment::Gradient { zenith: radiance, horizon: Vec3::ZERO, ground: Vec3::ONE, sun: None };
        scene.lights = vec![lamp("lamp", LightShape::Disk { radius: size }, Vec3::splat(size))];
        let texture = Texture { pattern: Pattern::Wood, color: Vec3::ONE, scale, strength: 1.0, seed: u32::MAX };
        scene.materials.insert("m".into(), Material { texture: Some(texture), ..Material::default() });
        scene.objects.push(Object::new("plane", 1, Shape::Plane { size: Vec2::splat(size) }, "m"));
        scene.objects.push(Object::new("ball", 2, Shape::Sphere { radius: size }, "m"));
        for target in [Target::Blender, Target::Web] {
            let _ = losses(&scene, &options(target));
            if let Ok(bytes) = to_glb_bytes(&scene, &ExportOptions { texels: u32::MAX >> 26, ..options(target) }) {
                let _ = from_slice(&bytes, &ImportOptions::default());
            }
        }
        scene.materials.clear();
        assert!(to_glb_bytes(&scene, &options(Target::Blender)).is_err() && losses(&scene, &options(Target::Blender)).len() < 9);
    }
}

#[test]
fn a_bright_picture_of_a_sky_comes_in_two_layers() {
    let mut scene = dark();
    let mut values = vec![[0.5, 0.6, 0.7]; 64 * 32];
    values[500] = [5000.0, 4000.0, 3000.0];
    scene.images.insert("hdr".into(), Image::linear(64, 32, values).expect("pixels"));
    scene.environment = Environment::Image { image: "hdr".into(), strength: 2.0, rotation: 0.5 };
    let bytes = written(&scene, Target::Blender);
    let file = json(&bytes);
    let sum: f32 = [("sky", 1.0), ("sky highlights", 1.0 / 255.0)]
        .map(|(name, opacity)| {
            let material = part(&file.0, name, 0);
            let alpha = number(&material["pbrMetallicRoughness"]["baseColorFactor"][3]);
            assert!((alpha - opacity).abs() < 1e-6, "{name}: {alpha}");
            let pixel = picture(&file, &material["emissiveTexture"]).to_linear()[500];
            alpha * emission(material).x * pixel[0]
        })
        .iter()
        .sum();
    assert!((sum / 10_000.0 - 1.0).abs() < 0.01, "{sum}");
    let turn: [f32; 4] = serde_json::from_value(named(&file.0, "nodes", "sky")["rotation"].clone()).expect("a turn");
    assert!(Quat::from_array(turn).dot(Quat::from_rotation_z(0.5)).abs() > 0.999_999);
    let back = from_slice(&bytes, &ImportOptions::default()).expect("reads").scene;
    assert!(back.environment == scene.environment && back.images == scene.images);
}

fn patterned() -> Scene {
    let mut scene = dark();
    let texture = |pattern| Some(Texture { pattern, color: Vec3::new(0.1, 0.2, 0.3), scale: 0.05, strength: 1.0, seed: 1 });
    for (name, pattern) in [("board", Pattern::Checker), ("oak", Pattern::Wood)] {
        scene.materials.insert(name.into(), Material { texture: texture(pattern), ..Material::default() });
    }
    let mesh = Shape::Box { half_extents: Vec3::splat(0.1), bevel: 0.0 }.tessellate(8).expect("a box");
    scene.meshes = BTreeMap::from([("block".into(), mesh)]);
    scene.objects = vec![
        Object::new("floor", 1, Shape::Plane { size: Vec2::ONE }, "board"),
        Object::new("block", 2, Shape::Mesh { mesh: "block".into() }, "oak"),
        Object::new("ball", 3, Shape::Sphere { radius: 0.1 }, "oak"),
        Object::new("twin", 4, Shape::Sphere { radius: 0.1 }, "oak"),
    ];
    scene
}

#[test]
fn patterns_are_images_for_everybody() {
    let scene = patterned();
    for target in [Target::Blender, Target::Web] {
        let bytes = written(&scene, target);
        let file = json(&bytes);
        let floor = part(&file.0, "floor", 0);
        let color = &floor["pbrMetallicRoughness"]["baseColorTexture"];
        assert_eq!(floor["pbrMetallicRoughness"]["baseColorFactor"], serde_json::json!([1.0, 1.0, 1.0, 1.0]));
        // Checks have edges: their texels are not blended.
        let texture = &file.0["textures"][color["index"].as_u64().expect("a texture") as usize];
        assert_eq!(file.0["samplers"][texture["sampler"].as_u64().expect("a sampler") as usize]["magFilter"], 9728);
        let shown: Vec<[f32; 3]> = picture(&file, color).to_linear();
        let near = |wanted: f32| shown.iter().filter(|v| (v[0] - wanted).abs() < 0.01).count();
        // The rim, which filters alone see, has the mean.
        assert!(5 * (near(0.8) + near(0.1)) > 4 * shown.len() && near(0.8).abs_diff(near(0.1)) <= shown.len() / 10);
        let oak = part(&file.0, "block", 0);
        assert!(oak["pbrMetallicRoughness"]["metallicRoughnessTexture"]["index"].is_u64());
        assert_eq!(oak["pbrMetallicRoughness"]["roughnessFactor"], 1.0);
        assert_eq!(part(&file.0, "ball", 0), part(&file.0, "twin", 0), "what is alike is baked once");
        let back = from_slice(&bytes, &ImportOptions::default()).expect("reads");
        assert!(back.warnings.is_empty(), "{:?}", back.warnings);
        assert_eq!(
            (&back.scene.materials, &back.scene.meshes, &back.scene.images),
            (&scene.materials, &scene.meshes, &scene.images)
        );
        assert!(back.scene.objects.iter().zip(&scene.objects).all(|(a, b)| (&a.shape, &a.material) == (&b.shape, &b.material)));
    }
}

#[test]
fn a_baked_material_that_was_painted_over_keeps_its_images() {
    let bytes = written(&patterned(), Target::Blender);
    let (mut json, binary) = json(&bytes);
    use base64::Engine;
    json["buffers"][0]["uri"] = format!("data:;base64,{}", base64::prelude::BASE64_STANDARD.encode(binary)).into();
    let materials = json["materials"].as_array_mut().expect("materials");
    let floor = materials.iter_mut().find(|m| m["name"] == "board on floor").expect("baked");
    floor["pbrMetallicRoughness"]["baseColorFactor"] = serde_json::json!([1.0, 0.5, 0.5, 1.0]);
    let back = from_slice(json.to_string().as_bytes(), &ImportOptions::default()).expect("reads");
    let found = &back.scene.materials[&back.scene.objects[0].material];
    assert!(found.texture.is_none() && found.maps.base_color.is_some(), "{found:?}");
    assert!(back.warnings.iter().any(|w| w.contains("was edited")), "{:?}", back.warnings);
    assert!(back.scene.materials[&back.scene.objects[1].material].texture.is_some());
}

/// Absorption means the same in Blender, which takes 1 − c for −ln c, and where it is read by the letter.
#[test]
fn absorption_is_told_so_that_both_readings_agree() {
    let mut scene = dark();
    let absorption = Some(raytruth_scene::Absorption { color: Vec3::new(0.75, 0.93, 0.5), distance: 0.15 });
    scene.materials.insert("glass".into(), Material { transmission: 1.0, absorption, ..Material::default() });
    scene.objects.push(Object::new("ball", 1, Shape::Sphere { radius: 0.1 }, "glass"));
    let bytes = written(&scene, Target::Blender);
    let (json, _) = json(&bytes);
    let volume = &named(&json, "materials", "glass")["extensions"]["KHR_materials_volume"];
    let (color, distance) = (vector(&volume["attenuationColor"]), number(&volume["attenuationDistance"]));
    let wanted = -Vec3::new(0.75, 0.93, 0.5).map(f32::ln) / 0.15;
    for read in [-color.map(f32::ln) / distance, (Vec3::ONE - color) / distance] {
        assert!((read - wanted).abs().max_element() < 2e-3 * wanted.max_element(), "{read} {wanted}");
    }
    assert_eq!(from_slice(&bytes, &ImportOptions::default()).expect("reads").scene.materials, scene.materials);
}

#[test]
fn the_still_life_comes_back_whoever_it_was_for() {
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/scenes/still_life.json");
    let scene = Scene::load(sample).expect("the sample");
    for target in [Target::Blender, Target::Web] {
        let back = from_slice(&written(&scene, target), &ImportOptions::default()).expect("reads");
        assert!(back.warnings.is_empty(), "{:?}", back.warnings);
        assert_eq!((&back.scene.materials, &back.scene.environment), (&scene.materials, &scene.environment));
        same_lights(&scene, &back.scene);
        assert_eq!(back.scene.objects.len(), 5);
    }
    let lost = losses(&scene, &options(Target::Blender));
    assert!(lost.len() == 1 && lost[0].contains("aperture"), "{lost:?}");
    assert!(losses(&scene, &options(Target::Web)).is_empty());
}

#[test]
fn what_blender_shows_otherwise_is_told() {
    let mut scene = dark();
    let spot = LightShape::Spot { radius: 0.1, inner_angle: 0.1, outer_angle: 0.2 };
    scene.lights = vec![lamp("in view", LightShape::Disk { radius: 0.1 }, Vec3::ZERO), lamp("spot", spot, Vec3::ZERO)];
    scene.lights.push(lamp("behind", LightShape::Disk { radius: 0.1 }, Vec3::NEG_Y * 9.0));
    scene.materials.insert("pane".into(), Material { transmission: 1.0, thin: true, dispersion: 0.3, ..Material::default() });
    let lost = losses(&scene, &options(Target::Blender));
    for says in ["\"in view\" is in the picture", "\"spot\" has no size", "\"pane\" is a thin sheet", "\"pane\" disperses"] {
        assert_eq!(lost.iter().filter(|line| line.contains(says)).count(), 1, "{says}: {lost:?}");
    }
    assert_eq!(lost.len(), 4, "{lost:?}");
}
