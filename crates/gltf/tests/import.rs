//! Files of others: where things end up, against values computed by hand.

use glam::{Vec2, Vec3};
use raytruth_gltf::{ImportOptions, from_slice, load};
use raytruth_scene::{Environment, LightShape, Scene, Shape};
use serde_json::json;

mod common;
use common::{CORNERS, bytes, data, floats, read, tetrahedron};

/// World positions of an object's mesh at a frame.
fn corners(scene: &Scene, object: usize, frame: usize) -> Vec<Vec3> {
    let Shape::Mesh { mesh } = &scene.objects[object].shape else { panic!("a mesh") };
    let pose = scene.world_pose(object, frame);
    scene.meshes[mesh].positions.iter().map(|p| pose.point(*p)).collect()
}

#[track_caller]
fn near(a: Vec3, b: [f32; 3]) {
    assert!(a.distance(Vec3::from(b)) < 1e-5, "{a} is not {b:?}");
}

#[test]
fn a_known_point_is_seen_at_the_pixel_computed_by_hand() {
    let mut document = tetrahedron(json!([{ "mesh": 0, "translation": [1, 2, 0] }, { "camera": 0, "translation": [0, 0, 5] }]));
    document["cameras"] = json!([{ "type": "perspective", "perspective": { "yfov": std::f32::consts::FRAC_PI_2, "znear": 0.1, "aspectRatio": 2 } }]);
    let imported = read(&document);
    let corner = corners(&imported.scene, 0, 0)[0];
    // (x, y, z) with y up is (x, −z, y) with z up.
    near(corner, [1.0, 0.0, 2.0]);
    near(imported.scene.camera.pose.translation, [0.0, -5.0, 0.0]);
    // A quarter turn high, so the focal length of 100 rows is 50; 1 to the right and 2 up at 5 m: 50 ± 50 · (1, −2) / 5.
    let (pixel, depth) = imported.scene.camera.project(0, corner, (200, 100)).expect("in front");
    assert!(pixel.distance(Vec2::new(110.0, 30.0)) < 1e-3 && (depth - 5.0).abs() < 1e-5, "{pixel} {depth}");
    assert_eq!(imported.aspect, Some(2.0));
}

#[test]
fn hierarchies_and_uneven_scales_end_where_they_should() {
    let half = 0.5f32.sqrt();
    let document = tetrahedron(json!([
        { "translation": [0, 1, 0], "rotation": [0, half, 0, half], "scale": [2, 2, 2], "children": [1] },
        { "mesh": 0, "translation": [1, 0, 0], "scale": [3, 1, 1] },
    ]));
    let scene = read(&document).scene;
    // By hand, in glTF's axes: (1, 0, 0) of the mesh is (3, 0, 0) scaled, (4, 0, 0) moved, (8, 0, 0) doubled, (0, 0, −8) turned by
    // 90° about y, (0, 1, −8) moved; z up: (0, 8, 1).
    let c = corners(&scene, 0, 0);
    near(c[1], [0.0, 8.0, 1.0]);
    near(c[0], [0.0, 2.0, 1.0]);
    near(c[2], [0.0, 2.0, 3.0]);
    assert!(scene.objects[0].pose.rotation.is_normalized());
}

#[test]
fn a_shear_is_kept_in_the_mesh() {
    let turn = [0.0, 0.0, (std::f32::consts::FRAC_PI_8).sin(), (std::f32::consts::FRAC_PI_8).cos()];
    let document = tetrahedron(json!([{ "scale": [2, 1, 1], "children": [1] }, { "mesh": 0, "rotation": turn }]));
    let c = corners(&read(&document).scene, 0, 0);
    // By hand: (1, 0, 0) turned by 45° about z is (√½, √½, 0), stretched (2√½, √½, 0), z up (2√½, 0, √½).
    near(c[1], [std::f32::consts::SQRT_2, 0.0, 0.5f32.sqrt()]);
}

#[test]
fn a_mirrored_object_faces_outwards() {
    for scale in [[-1.0, 1.0, 1.0], [2.0, -1.0, 1.0], [-1.0, -1.0, -1.0], [-1.0, -2.0, 1.0]] {
        let mut document = tetrahedron(json!([{ "mesh": 0, "scale": scale }]));
        let scene = read(&document).scene;
        near(corners(&scene, 0, 0)[1], [scale[0], 0.0, 0.0]);
        near(corners(&scene, 0, 0)[3], [0.0, -scale[2], 0.0]);
        let volume = |scene: &Scene| scene.meshes.values().next().expect("one mesh").signed_volume();
        let wanted = f64::from(scale.iter().product::<f32>().abs()) / 6.0;
        assert!((volume(&scene) - wanted).abs() < 1e-6, "{scale:?}: {}", volume(&scene));
        // The same as a matrix.
        let [x, y, z] = scale;
        document["nodes"] = json!([{ "mesh": 0, "matrix": [x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1] }]);
        let scene = read(&document).scene;
        near(corners(&scene, 0, 0)[1], [x, 0.0, 0.0]);
        assert!((volume(&scene) - wanted).abs() < 1e-6);
    }
}

#[test]
fn shared_meshes_stay_shared_where_they_have_one_size() {
    let big = json!([2, 2, 2]);
    let document = tetrahedron(json!([
        { "mesh": 0, "name": "a" }, { "mesh": 0, "name": "a", "translation": [1, 0, 0] }, { "mesh": 0, "scale": big },
        { "scale": big, "children": [4] }, { "mesh": 0, "rotation": [0, 1, 0, 0] },
    ]));
    let scene = read(&document).scene;
    assert_eq!(scene.meshes.keys().collect::<Vec<_>>(), ["tetra", "tetra.2"]);
    let names: Vec<_> = scene.objects.iter().map(|o| o.name.as_str()).collect();
    assert_eq!(names, ["a", "a.2", "tetra", "tetra.2"]);
    assert_eq!(scene.objects.iter().map(|o| o.id).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert!(scene.objects[2].shape == scene.objects[3].shape && scene.objects[0].shape == scene.objects[1].shape);
    assert!(scene.meshes["tetra"].normals.is_empty(), "without normals it is flat");
}

#[test]
fn instances_become_objects_that_share_their_mesh() {
    let mut document = tetrahedron(json!([{ "mesh": 0, "translation": [0, 0, 1] }]));
    let places = floats(&mut document, &[1., 0., 0., 2., 0., 0.], "VEC3", 3);
    let sizes = floats(&mut document, &[1., 1., 1., 1., 3., 1.], "VEC3", 3);
    document["extensionsUsed"] = json!(["EXT_mesh_gpu_instancing"]);
    document["extensionsRequired"] = json!(["EXT_mesh_gpu_instancing"]);
    document["nodes"][0]["extensions"]["EXT_mesh_gpu_instancing"]["attributes"] =
        json!({ "TRANSLATION": places, "SCALE": sizes });
    let scene = read(&document).scene;
    near(corners(&scene, 0, 0)[2], [1.0, -1.0, 1.0]);
    near(corners(&scene, 1, 0)[2], [2.0, -1.0, 3.0]);
    assert_eq!((scene.objects.len(), scene.meshes.len()), (2, 2));
}

#[test]
fn strips_fans_and_lists_of_one_square_are_alike() {
    let square = |mode: u32, points: &[f32]| {
        let mut document = tetrahedron(json!([{ "mesh": 0 }]));
        let positions = floats(&mut document, points, "VEC3", 3);
        document["meshes"][0]["primitives"] = json!([{ "attributes": { "POSITION": positions }, "mode": mode }]);
        read(&document)
    };
    let strip = square(5, &[0., 0., 0., 1., 0., 0., 0., 1., 0., 1., 1., 0.]);
    let fan = square(6, &[0., 0., 0., 1., 0., 0., 1., 1., 0., 0., 1., 0.]);
    for imported in [&strip, &fan] {
        let mesh = &imported.scene.meshes["tetra"];
        assert_eq!(mesh.triangles.len(), 2);
        assert!(mesh.corners().all(|[a, b, c]| (b - a).cross(c - a) == Vec3::Z), "one square metre that faces +z: {mesh:?}");
    }
    for mode in [0, 1, 2, 3] {
        let none = square(mode, &[0., 0., 0., 1., 0., 0., 0., 1., 0., 1., 1., 0.]);
        assert!(
            none.scene.objects.is_empty() && none.warnings.iter().any(|w| w.contains("points and lines")),
            "{:?}",
            none.warnings
        );
    }
}

#[test]
fn animations_are_sampled_frame_by_frame() {
    let half = 0.5f32.sqrt();
    let mut document = tetrahedron(json!([
        { "children": [1], "translation": [0, 10, 0] }, { "mesh": 0, "name": "mover" },
        { "mesh": 0, "name": "jumper" }, { "mesh": 0, "name": "swinger" }, { "mesh": 0, "name": "still" },
    ]));
    let times = floats(&mut document, &[0.0, 1.0], "SCALAR", 1);
    let line = floats(&mut document, &[0., 0., 0., 4., 0., 8.], "VEC3", 3);
    let turn = floats(&mut document, &[0., 0., 0., 1., 0., half, 0., half], "VEC4", 4);
    // In-tangent, value, out-tangent at each key: from x = 0 leaving with 4 m/s to x = 1 arriving with −4 m/s.
    let swing = floats(&mut document, &[0., 0., 0., 0., 0., 0., 4., 0., 0., -4., 0., 0., 1., 0., 0., 0., 0., 0.], "VEC3", 3);
    let channel = |sampler, node, path| json!({ "sampler": sampler, "target": { "node": node, "path": path } });
    document["animations"] = json!([{
        "channels": [channel(0, 1, "translation"), channel(1, 0, "rotation"), channel(2, 2, "translation"), channel(3, 3, "translation")],
        "samplers": [
            { "input": times, "output": line },
            { "input": times, "output": turn, "interpolation": "LINEAR" },
            { "input": times, "output": line, "interpolation": "STEP" },
            { "input": times, "output": swing, "interpolation": "CUBICSPLINE" },
        ],
    }]);
    let options = ImportOptions { fps: 4, ..ImportOptions::default() };
    let scene = from_slice(document.to_string().as_bytes(), &options).expect("a good file").scene;
    let clip = scene.animation.expect("it moves");
    assert_eq!((clip.frames, clip.fps), (5, 4));
    // Halfway, the child is at (2, 0, 4) in its parent, which is turned by 45° about y:
    // x = 2 cos + 4 sin = 6 √½, z = −2 sin + 4 cos = 2 √½; 10 m up; z up: (6 √½, −2 √½, 10).
    near(corners(&scene, 0, 2)[0], [6.0 * half, -2.0 * half, 10.0]);
    near(corners(&scene, 1, 3)[0], [0.0, 0.0, 0.0]);
    near(corners(&scene, 1, 4)[0], [4.0, -8.0, 0.0]);
    // s = 1/2: 1/8 · 4 + 1/2 · 1 − 1/8 · (−4) = 1.5. s = 1/4: 9/64 · 4 + 10/64 − 3/64 · (−4) = 58/64.
    near(corners(&scene, 2, 2)[0], [1.5, 0.0, 0.0]);
    near(corners(&scene, 2, 1)[0], [58.0 / 64.0, 0.0, 0.0]);
    assert!(scene.objects[3].track.is_none());
}

#[test]
fn lights_keep_their_irradiance() {
    let mut document = tetrahedron(json!([
        { "mesh": 0 },
        { "name": "lamp", "translation": [0, 3, 0], "extensions": { "KHR_lights_punctual": { "light": 0 } } },
        { "rotation": [-(0.5f32.sqrt()), 0, 0, 0.5f32.sqrt()], "extensions": { "KHR_lights_punctual": { "light": 1 } } },
        { "extensions": { "KHR_lights_punctual": { "light": 1 } } },
        { "extensions": { "KHR_lights_punctual": { "light": 2 } } },
    ]));
    document["extensionsUsed"] = json!(["KHR_lights_punctual"]);
    document["extensions"]["KHR_lights_punctual"]["lights"] = json!([
        { "type": "point", "color": [1, 0.5, 0.25], "intensity": 8 },
        { "type": "directional", "intensity": 3 },
        { "type": "spot", "spot": { "innerConeAngle": 0.25 }, "intensity": 2, "range": 5 },
    ]);
    let imported = read(&document);
    let scene = &imported.scene;
    let lamp = &scene.lights[0];
    assert_eq!(lamp.name, "lamp");
    near(lamp.pose.translation, [0.0, 0.0, 3.0]);
    let LightShape::Sphere { radius } = lamp.shape else { panic!("a sphere") };
    // At 1 m below a ball of radius r the irradiance is π L r²; a candela gives a lux there.
    let lux = std::f32::consts::PI * radius * radius * lamp.radiance;
    assert!(radius == 0.01 && lux.distance(Vec3::new(8.0, 4.0, 2.0)) < 1e-5, "{lux}");
    // The specification's default ends at an eighth of a turn.
    let spot = LightShape::Spot { radius: 0.01, inner_angle: 0.25, outer_angle: std::f32::consts::FRAC_PI_4 };
    assert_eq!(scene.lights[1].shape, spot);
    let Environment::Gradient { sun: Some(sun), .. } = &scene.environment else { panic!("a sun") };
    // Light along −z, turned by −90° about x, falls straight down in glTF's −y: the sun is overhead.
    near(sun.direction, [0.0, 0.0, 1.0]);
    near(sun.irradiance, [3.0, 3.0, 3.0]);
    // A second one along −z, glTF's towards the back, is a far disc in front, and gives the same irradiance: π L r² / d².
    let LightShape::Disk { radius } = scene.lights[2].shape else { panic!("a disc") };
    let place = scene.lights[2].pose.translation - Vec3::new(0.5, -0.5, 0.5);
    near(place.normalize(), [0.0, -1.0, 0.0]);
    near(scene.lights[2].pose.vector(Vec3::NEG_Z), [0.0, 1.0, 0.0]);
    let lux = std::f32::consts::PI * (radius / place.length()).powi(2) * scene.lights[2].radiance;
    assert!(place.length() > 500.0 && lux.distance(Vec3::splat(3.0)) < 0.01, "{lux} from {place}");
    assert!(imported.warnings.len() == 1 && imported.warnings[0].contains("range"), "{:?}", imported.warnings);
    // Blender writes lumens for watts, which is undone; an option has the last word.
    document["asset"]["generator"] = "Khronos glTF Blender I/O v5.0.21".into();
    for (light_scale, factor) in [(None, 1.0 / 683.0), (Some(2.0), 2.0)] {
        let options = ImportOptions { light_scale, ..ImportOptions::default() };
        let again = from_slice(document.to_string().as_bytes(), &options).expect("reads").scene;
        let parts = again.lights.iter().zip(&scene.lights).map(|(a, b)| a.radiance.x / b.radiance.x);
        assert!(parts.into_iter().all(|part| (part / factor - 1.0f32).abs() < 1e-5));
        let Environment::Gradient { sun: Some(sun), .. } = again.environment else { panic!("a sun") };
        assert!((sun.irradiance.x / (3.0 * factor) - 1.0).abs() < 1e-5);
    }
}

#[test]
fn material_extensions_are_read() {
    let mut document = tetrahedron(json!([{ "mesh": 0 }]));
    document["meshes"][0]["primitives"][0]["material"] = 0.into();
    document["extensionsUsed"] = json!(["KHR_materials_clearcoat", "KHR_materials_sheen"]);
    document["materials"] = json!([
        {
            "name": "glass",
            "pbrMetallicRoughness": { "baseColorFactor": [1, 1, 1, 1], "metallicFactor": 0, "roughnessFactor": 0.1 },
            "emissiveFactor": [0.5, 0.25, 0],
            "extensions": {
                "KHR_materials_transmission": { "transmissionFactor": 0.9 },
                "KHR_materials_ior": { "ior": 1.33 },
                "KHR_materials_volume": { "thicknessFactor": 0.1, "attenuationColor": [0.5, 0.6, 0.7], "attenuationDistance": 0.2 },
                "KHR_materials_emissive_strength": { "emissiveStrength": 8 },
                "KHR_materials_clearcoat": { "clearcoatFactor": 0.7, "clearcoatRoughnessFactor": 0.3 },
            },
        },
        {
            "name": "glass",
            "pbrMetallicRoughness": { "baseColorFactor": [0.5, 0.9, 1, 1], "metallicFactor": 0 },
            "extensions": { "KHR_materials_transmission": { "transmissionFactor": 1 } },
        },
        { "alphaMode": "BLEND", "pbrMetallicRoughness": { "baseColorFactor": [2, 0, 0, 0.5] } },
    ]);
    let imported = read(&document);
    let m = &imported.scene.materials["glass"];
    assert_eq!((m.transmission, m.ior, m.coat, m.coat_roughness, m.roughness, m.metallic), (0.9, 1.33, 0.7, 0.3, 0.1, 0.0));
    assert_eq!((m.emission, m.thin), (Vec3::new(4.0, 2.0, 0.0), false));
    let inside = m.absorption.expect("tinted");
    assert_eq!((inside.color, inside.distance), (Vec3::new(0.5, 0.6, 0.7), 0.2));
    let pane = &imported.scene.materials["glass.2"];
    assert!(pane.thin && pane.absorption.is_some_and(|a| a.color == Vec3::new(0.5, 0.9, 1.0)), "without a volume it is a sheet");
    let veil = &imported.scene.materials["material 2"];
    assert_eq!((veil.opacity, veil.cutout), (0.5, None));
    for told in ["KHR_materials_sheen", "base colour 2"] {
        assert!(imported.warnings.iter().any(|w| w.contains(told)), "{told}: {:?}", imported.warnings);
    }
}

#[test]
fn what_no_image_can_vary_counts_by_its_mean() {
    let mut png = std::io::Cursor::new(Vec::new());
    // Half of 188 / 255. As a tint, sRGB 188 is 0.503 of the light: its mean with black is 0.2514. Alpha does not count.
    let pixels = image::RgbaImage::from_raw(2, 1, vec![188, 188, 0, 255, 0, 0, 0, 0]).expect("two pixels");
    pixels.write_to(&mut png, image::ImageFormat::Png).expect("encodes");
    let mut document = tetrahedron(json!([{ "mesh": 0 }]));
    document["images"] = json!([data(png.get_ref()), { "uri": "missing.png" }]);
    document["images"][0].as_object_mut().expect("an image").remove("byteLength");
    document["textures"] = json!([{ "source": 0 }, { "source": 1 }]);
    document["materials"] = json!([{
        "name": "paper", "emissiveFactor": [1, 1, 1], "emissiveTexture": { "index": 1 },
        "pbrMetallicRoughness": { "baseColorFactor": [1, 0.5, 1, 1], "baseColorTexture": { "index": 0 } },
        "extensions": { "KHR_materials_transmission": { "transmissionFactor": 1, "transmissionTexture": { "index": 0 } } },
    }]);
    let imported = read(&document);
    let m = &imported.scene.materials["paper"];
    assert!(m.base_color == Vec3::new(1.0, 0.5, 1.0) && m.maps.base_color.as_deref() == Some("image 0"));
    let tint = m.absorption.expect("tinted").color;
    assert!(tint.distance(Vec3::new(0.251_44, 0.125_72, 1e-6)) < 1e-4, "{tint}");
    assert!((m.transmission - 188.0 / 510.0).abs() < 1e-4 && m.emission == Vec3::ONE && m.maps.emission.is_none());
    assert!(imported.warnings.iter().any(|w| w.contains("mean")) && imported.warnings.iter().any(|w| w.contains("emission")));
}

#[test]
fn without_a_camera_everything_is_in_view() {
    let document = tetrahedron(json!([{ "mesh": 0, "translation": [5, 0, 0] }, { "mesh": 0, "scale": [3, 3, 3] }]));
    let scene = read(&document).scene;
    for corner in (0..2).flat_map(|i| corners(&scene, i, 0)) {
        let (pixel, _) = scene.camera.project(0, corner, (100, 100)).expect("in front");
        assert!(pixel.cmpge(Vec2::ZERO).all() && pixel.cmple(Vec2::splat(100.0)).all(), "{corner} at {pixel}");
    }
    assert_eq!(scene.environment, raytruth_gltf::default_environment());
}

#[test]
fn buffers_beside_the_file_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut document = tetrahedron(json!([{ "mesh": 0 }]));
    document["bufferViews"].as_array_mut().expect("views").push(json!({ "buffer": 1, "byteLength": 48 }));
    document["accessors"][0]["bufferView"] = 2.into();
    document["buffers"].as_array_mut().expect("buffers").push(json!({ "uri": "the%20points.bin", "byteLength": 48 }));
    let path = folder.path().join("a.gltf");
    std::fs::write(&path, document.to_string()).expect("writes");
    let error = load(&path, &ImportOptions::default()).expect_err("not there yet").to_string();
    assert!(error.contains("the points.bin"), "{error}");
    std::fs::write(folder.path().join("the points.bin"), bytes(&CORNERS)).expect("writes");
    assert_eq!(load(&path, &ImportOptions::default()).expect("a good file").scene.objects.len(), 1);
    let error = from_slice(document.to_string().as_bytes(), &ImportOptions::default()).expect_err("no folder").to_string();
    assert!(error.contains("buffers[1]"), "{error}");
}

#[test]
fn sparse_and_quantised_positions_are_read() {
    let mut document = tetrahedron(json!([{ "mesh": 0 }]));
    // Bytes, normalised: 127 is 1, −127 is −1; rows padded to four. Then corner 3 is replaced by (0, 0, −1).
    let mut buffer: Vec<u8> = vec![0, 0, 0, 0, 127, 0, 0, 0, 0, 127, 0, 0, 0, 0, 127, 0];
    buffer.extend([3, 0, 0, 0, 0, 0, 129, 0]);
    let view = |offset, length, stride: Option<u32>| {
        let mut view = json!({ "buffer": 1, "byteOffset": offset, "byteLength": length });
        if let Some(stride) = stride {
            view["byteStride"] = stride.into();
        }
        view
    };
    document["buffers"].as_array_mut().expect("buffers").push(data(&buffer));
    document["bufferViews"].as_array_mut().expect("views").extend([view(0, 16, Some(4)), view(16, 1, None), view(20, 3, None)]);
    document["accessors"][0] = json!({
        "bufferView": 2, "componentType": 5120, "normalized": true, "count": 4, "type": "VEC3", "min": [0, 0, -1], "max": [1, 1, 1],
        "sparse": { "count": 1, "indices": { "bufferView": 3, "componentType": 5121 }, "values": { "bufferView": 4 } },
    });
    document["extensionsRequired"] = json!(["KHR_mesh_quantization"]);
    let scene = read(&document).scene;
    assert_eq!(scene.meshes["tetra"].positions, [Vec3::ZERO, Vec3::X, Vec3::Y, -Vec3::Z]);
}

/// A file without any light gets soft boxes beside its sky; one that brings its own does not.
#[test]
fn what_nobody_lights_stands_in_a_studio() {
    let dark = tetrahedron(json!([{ "mesh": 0 }]));
    let scene = read(&dark).scene;
    assert_eq!(scene.lights.iter().map(|l| l.name.as_str()).collect::<Vec<_>>(), ["key", "rim"]);
    let mut lit = tetrahedron(json!([{ "mesh": 0 }, { "extensions": { "KHR_lights_punctual": { "light": 0 } } }]));
    lit["extensionsUsed"] = json!(["KHR_lights_punctual"]);
    lit["extensions"] = json!({ "KHR_lights_punctual": { "lights": [{ "type": "directional", "intensity": 3 }] } });
    assert!(read(&lit).scene.lights.is_empty(), "it has a sun");
}
