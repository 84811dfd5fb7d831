//! A scene of ours that is written and read is the same: all to the bit but poses, which pass through other frames and are the same up
//! to the rounding of 32-bit numbers.

use std::path::PathBuf;

use proptest::prelude::*;
use raytruth_gltf::{ExportOptions, ImportOptions, from_slice, load, save, to_glb_bytes};
use raytruth_scene::{Camera, Pose, Scene};

#[path = "../../scene/tests/arbitrary/mod.rs"]
mod arbitrary;

fn poses(scene: &mut Scene) -> Vec<&mut Pose> {
    let Scene { camera: Camera { pose, track, .. }, objects, lights, .. } = scene;
    let tracks =
        objects.iter_mut().flat_map(|o| std::iter::once(&mut o.pose).chain(o.track.iter_mut().flat_map(|t| &mut t.poses)));
    std::iter::once(pose)
        .chain(track.iter_mut().flat_map(|t| &mut t.poses))
        .chain(lights.iter_mut().map(|l| &mut l.pose))
        .chain(tracks)
        .collect()
}

#[track_caller]
fn same(mut wanted: Scene, mut found: Scene) {
    let (a, b) = (poses(&mut wanted), poses(&mut found));
    assert_eq!(a.len(), b.len(), "as many poses");
    for (a, b) in a.into_iter().zip(b) {
        // 2^-22 of the coordinates: four roundings.
        let slack = 2.5e-7 * a.translation.length().max(1.0) + 1e-6;
        assert!(a.translation.distance(b.translation) <= slack, "{a:?} {b:?}");
        assert!(a.rotation.normalize().dot(b.rotation).abs() > 1.0 - 1e-6, "{a:?} {b:?}");
        *b = *a;
    }
    assert_eq!(wanted, found);
}

#[track_caller]
fn there_and_back(scene: Scene) {
    let options = ExportOptions { segments: 8, texels: 16, ..ExportOptions::default() };
    let bytes = to_glb_bytes(&scene, &options).expect("writes");
    let imported = from_slice(&bytes, &ImportOptions::default()).expect("reads");
    assert!(imported.warnings.is_empty(), "{:?}", imported.warnings);
    assert!((imported.aspect.expect("written") - 1.6).abs() < 1e-6);
    same(scene, imported.scene);
}

#[test]
fn the_sample_scene_comes_back_from_a_file() {
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/scenes/still_life.json");
    let scene = Scene::load(sample).expect("the sample");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("still life.glb");
    save(&scene, &path, &ExportOptions::default()).expect("writes");
    let imported = load(&path, &ImportOptions::default()).expect("reads");
    assert!(imported.warnings.is_empty(), "{:?}", imported.warnings);
    same(scene, imported.scene);
    assert_eq!(std::fs::read_dir(folder.path()).expect("lists").count(), 1, "no temporary file is left");
}

#[test]
fn one_of_each_comes_back() {
    there_and_back(arbitrary::one_of_each());
}

#[test]
fn a_long_track_comes_back_frame_by_frame() {
    let mut scene = arbitrary::one_of_each();
    scene.animation = Some(raytruth_scene::Animation { frames: 2000, fps: 30 });
    let turn = |k: i32| glam::Quat::from_rotation_z(0.3 * k as f32);
    let poses = (0..1500).map(|k| Pose::new(glam::Vec3::new(0.1 * k as f32, -0.37 * k as f32, 1.0), turn(k)));
    scene.objects[2].track = Some(raytruth_scene::Track { poses: poses.collect() });
    there_and_back(scene);
}

#[test]
fn an_edited_file_is_believed_over_its_extras() {
    let scene = arbitrary::one_of_each();
    let bytes = to_glb_bytes(&scene, &ExportOptions::default()).expect("writes");
    let length = u32::from_le_bytes(bytes[12..16].try_into().expect("four")) as usize;
    let mut json: serde_json::Value = serde_json::from_slice(&bytes[20..20 + length]).expect("JSON");
    // Somebody paints a material and doubles a sphere.
    json["materials"][0]["pbrMetallicRoughness"]["baseColorFactor"] = serde_json::json!([1.0, 0.0, 0.0, 1.0]);
    json["nodes"][1]["scale"] = serde_json::json!([2.0, 2.0, 2.0]);
    json["buffers"][0]["uri"] = common_uri(&bytes[20 + length + 8..]).into();
    let imported = from_slice(json.to_string().as_bytes(), &ImportOptions::default()).expect("reads");
    let painted = &imported.scene.materials["my 0"];
    assert!(painted.base_color == glam::Vec3::X && painted.texture.is_none());
    // What showed it without its images keeps its look, as a material of its own.
    assert!(imported.scene.materials.contains_key("my 0.2") && imported.scene.objects[1].material == "my 0.2");
    let big = imported.scene.object_aabb(1, 0);
    assert!((big.size().x - 4.0).abs() < 0.01, "{big:?}");
    assert_eq!(imported.warnings.iter().filter(|w| w.contains("was edited")).count(), 2, "{:?}", imported.warnings);
}

fn common_uri(bytes: &[u8]) -> String {
    use base64::Engine;
    format!("data:;base64,{}", base64::prelude::BASE64_STANDARD.encode(bytes))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_scene_comes_back(scene in arbitrary::scene()) {
        there_and_back(scene);
    }
}
