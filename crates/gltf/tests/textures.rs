//! Images over surfaces, from files of others and in ours.

use std::io::Cursor;

use glam::{Vec2, Vec3};
use image::{ImageFormat, RgbaImage};
use raytruth_gltf::{ExportOptions, ImportOptions, from_slice, to_glb_bytes};
use raytruth_scene::{Environment, Image, Object, Pixels, Scene, Shape};
use serde_json::{Value, json};

mod common;
use common::{data, floats, quad, read, texture};

const PIXELS: [[u8; 4]; 2] = [[188, 188, 0, 255], [0, 10, 200, 0]];

/// Two pixels side by side.
fn png() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let pixels = RgbaImage::from_raw(2, 1, PIXELS.concat()).expect("two pixels");
    pixels.write_to(&mut out, ImageFormat::Png).expect("encodes");
    out.into_inner()
}

fn texcoords(scene: &Scene) -> Vec<Vec2> {
    scene.meshes.values().next().expect("a mesh").texcoords.clone()
}

#[track_caller]
fn told(warnings: &[String], words: &str) {
    assert!(warnings.iter().any(|w| w.contains(words)), "{words:?} should be in {warnings:?}");
}

#[test]
fn a_textured_square_keeps_its_images() {
    let mut document = quad(json!({
        "name": "paper",
        "pbrMetallicRoughness": {
            "baseColorFactor": [1, 0.5, 0.25, 1], "baseColorTexture": { "index": 0 },
            "metallicRoughnessTexture": { "index": 1 }, "metallicFactor": 0.5, "roughnessFactor": 0.75,
        },
        "normalTexture": { "index": 1, "scale": 0.5 },
        "emissiveFactor": [1, 1, 1], "emissiveTexture": { "index": 0 },
        "extensions": { "KHR_materials_emissive_strength": { "emissiveStrength": 3 } },
    }));
    texture(&mut document, &png(), "print");
    texture(&mut document, &png(), "print");
    // A second texture of the first image is no second image.
    document["textures"].as_array_mut().expect("textures").push(json!({ "source": 0 }));
    document["materials"][0]["emissiveTexture"]["index"] = 2.into();
    let imported = read(&document);
    assert!(imported.warnings.is_empty(), "{:?}", imported.warnings);
    let scene = &imported.scene;
    assert_eq!(texcoords(scene), [Vec2::ZERO, Vec2::Y, Vec2::X, Vec2::ONE]);
    assert_eq!(scene.images.keys().collect::<Vec<_>>(), ["print", "print.2"]);
    assert_eq!(scene.images["print"].size(), [2, 1]);
    assert!(matches!(scene.images["print"].pixels(), Pixels::Srgb8(values) if **values == PIXELS));
    let m = &scene.materials["paper"];
    let names = [&m.maps.base_color, &m.maps.metallic_roughness, &m.maps.normal, &m.maps.emission];
    assert_eq!(names.map(Option::as_deref), [Some("print"), Some("print.2"), Some("print.2"), Some("print")]);
    assert_eq!((m.maps.normal_scale, m.metallic, m.roughness), (0.5, 0.5, 0.75));
    assert_eq!((m.base_color, m.emission), (Vec3::new(1.0, 0.5, 0.25), Vec3::splat(3.0)));
    // All of it survives a file of ours.
    let again = from_slice(&to_glb_bytes(scene, &ExportOptions::default()).expect("writes"), &ImportOptions::default());
    let again = again.expect("reads");
    assert!(again.warnings.is_empty(), "{:?}", again.warnings);
    assert_eq!(
        (&again.scene.images, &again.scene.materials, &again.scene.meshes),
        (&scene.images, &scene.materials, &scene.meshes)
    );
}

/// Colours of vertices come as bytes with alpha or as floats, stay in 0 to 1, and survive a file of ours.
#[test]
fn vertices_keep_their_colours() {
    let mut document = quad(json!({ "name": "paint" }));
    let values = [1., 0., 0., 0., 0.5, 0., 0.25, 0.25, 0.25, 0., 0., 2.];
    document["meshes"][0]["primitives"][0]["attributes"]["COLOR_0"] = floats(&mut document, &values, "VEC3", 3).into();
    let imported = read(&document);
    told(&imported.warnings, "not all in 0 to 1");
    let colors = |scene: &Scene| scene.meshes.values().next().expect("a mesh").colors.clone();
    let expected = [Vec3::X, Vec3::Y * 0.5, Vec3::splat(0.25), Vec3::Z];
    assert_eq!(colors(&imported.scene), expected);
    let again = from_slice(&to_glb_bytes(&imported.scene, &ExportOptions::default()).expect("writes"), &ImportOptions::default());
    let again = again.expect("reads");
    assert!(again.warnings.is_empty(), "{:?}", again.warnings);
    assert_eq!(colors(&again.scene), expected);

    let buffers = document["buffers"].as_array_mut().expect("buffers");
    buffers.push(data(&[255, 0, 0, 255, 0, 51, 0, 255, 0, 0, 255, 0, 255, 255, 255, 255]));
    let buffer = buffers.len() - 1;
    let views = document["bufferViews"].as_array_mut().expect("views");
    views.push(json!({ "buffer": buffer, "byteLength": 16 }));
    let accessor =
        json!({ "bufferView": views.len() - 1, "componentType": 5121, "normalized": true, "count": 4, "type": "VEC4" });
    let accessors = document["accessors"].as_array_mut().expect("accessors");
    accessors.push(accessor);
    let accessor = accessors.len() - 1;
    document["meshes"][0]["primitives"][0]["attributes"]["COLOR_0"] = accessor.into();
    let imported = read(&document);
    told(&imported.warnings, "alpha of its vertex colours");
    assert_eq!(colors(&imported.scene), [Vec3::X, Vec3::Y * 0.2, Vec3::Z, Vec3::ONE]);
    document["accessors"][accessor]["count"] = 3.into();
    let imported = read(&document);
    told(&imported.warnings, "there are 3 for 4 positions");
    assert!(colors(&imported.scene).is_empty());
}

/// Alpha counts where the material says so, as a threshold or as it is, and survives a file of ours.
#[test]
fn alpha_cuts_out_or_thins() {
    assert_eq!(PIXELS.map(|p| p[3]), [255, 0], "one of the picture's pixels is not there");
    for (mode, opacity, cutout) in [("MASK", 0.75, Some(0.25)), ("BLEND", 0.75, None), ("OPAQUE", 1.0, None)] {
        let mut document = quad(json!({
            "name": "leaf", "alphaMode": mode,
            "pbrMetallicRoughness": { "baseColorFactor": [1, 1, 1, 0.75], "baseColorTexture": { "index": 0 } },
        }));
        if mode == "MASK" {
            document["materials"][0]["alphaCutoff"] = 0.25.into();
        }
        texture(&mut document, &png(), "print");
        let imported = read(&document);
        assert!(imported.warnings.is_empty(), "{:?}", imported.warnings);
        let m = &imported.scene.materials["leaf"];
        assert_eq!((m.opacity, m.cutout), (opacity, cutout), "{mode}");
        assert_eq!(m.maps.opacity.as_deref(), (mode != "OPAQUE").then_some("print"), "{mode}");
        let again =
            from_slice(&to_glb_bytes(&imported.scene, &ExportOptions::default()).expect("writes"), &ImportOptions::default());
        let again = again.expect("reads");
        assert!(again.warnings.is_empty(), "{:?}", again.warnings);
        assert_eq!(again.scene.materials, imported.scene.materials);
    }
}

#[test]
fn quantised_coordinates_of_another_set_are_read() {
    let mut document = quad(json!({ "pbrMetallicRoughness": { "baseColorTexture": { "index": 0, "texCoord": 1 } } }));
    texture(&mut document, &png(), "");
    let bytes: Vec<u8> = [0u16, 65535, 65535, 0, 13107, 39321, 65535, 65535].iter().flat_map(|v| v.to_le_bytes()).collect();
    let list = |d: &mut Value, name: &str, value: Value| {
        let list = d[name].as_array_mut().expect("a list");
        list.push(value);
        list.len() - 1
    };
    let buffer = list(&mut document, "buffers", data(&bytes));
    let view = list(&mut document, "bufferViews", json!({ "buffer": buffer, "byteLength": 16 }));
    let accessor = json!({ "bufferView": view, "componentType": 5123, "normalized": true, "count": 4, "type": "VEC2" });
    let accessor = list(&mut document, "accessors", accessor);
    document["meshes"][0]["primitives"][0]["attributes"]["TEXCOORD_1"] = accessor.into();
    let imported = read(&document);
    assert!(imported.warnings.is_empty(), "{:?}", imported.warnings);
    let found = texcoords(&imported.scene);
    assert!(found[0] == Vec2::Y && found[2].distance(Vec2::new(0.2, 0.6)) < 1e-6, "{found:?}");
    assert_eq!(imported.scene.images.keys().collect::<Vec<_>>(), ["image 0"]);
}

#[test]
fn a_transform_is_baked_where_all_images_share_it() {
    let turn = |degrees: f32| json!({ "KHR_texture_transform": { "offset": [0.5, 0], "rotation": degrees.to_radians(), "scale": [2, 1] } });
    let info = |degrees| json!({ "index": 0, "extensions": turn(degrees) });
    let mut document = quad(json!({ "emissiveFactor": [1, 1, 1], "emissiveTexture": info(90.0),
        "pbrMetallicRoughness": { "baseColorTexture": info(90.0) } }));
    document["extensionsUsed"] = json!(["KHR_texture_transform"]);
    texture(&mut document, &png(), "print");
    let imported = read(&document);
    assert!(imported.warnings.is_empty(), "{:?}", imported.warnings);
    // By hand: (1, 0) is scaled to (2, 0), turned upwards to (0, −2), moved to (0.5, −2); (0, 1) is turned to the right, (1.5, 0).
    let found = texcoords(&imported.scene);
    assert!(found[0].distance(Vec2::new(0.5, 0.0)) < 1e-6 && found[2].distance(Vec2::new(0.5, -2.0)) < 1e-6, "{found:?}");
    assert!(found[1].distance(Vec2::new(1.5, 0.0)) < 1e-6, "{found:?}");
    document["materials"][0]["emissiveTexture"] = info(0.0);
    let imported = read(&document);
    told(&imported.warnings, "lies differently");
    let m = &imported.scene.materials["material 0"];
    // Half of 188 as light is 0.2514.
    assert!(m.maps.emission.is_none() && m.maps.base_color.is_some() && (m.emission.x - 0.251_44).abs() < 1e-4, "{m:?}");
    document["samplers"] = json!([{ "wrapS": 33071 }]);
    document["textures"][0]["sampler"] = 0.into();
    told(&read(&document).warnings, "always repeat");
}

#[test]
fn surfaces_without_coordinates_show_no_images() {
    let mut document = quad(json!({ "pbrMetallicRoughness": { "baseColorTexture": { "index": 0 } } }));
    texture(&mut document, &png(), "print");
    document["meshes"][0]["primitives"][0]["attributes"].as_object_mut().expect("attributes").remove("TEXCOORD_0");
    told(&read(&document).warnings, "TEXCOORD_0");
    let far = floats(&mut document, &[0., 0., 1e9, 0., 0., 0., 0., 0.], "VEC2", 2);
    document["meshes"][0]["primitives"][0]["attributes"]["TEXCOORD_0"] = far.into();
    told(&read(&document).warnings, "too far");
    let few = floats(&mut document, &[0., 0., 1., 0.], "VEC2", 2);
    document["meshes"][0]["primitives"][0]["attributes"]["TEXCOORD_0"] = few.into();
    let imported = read(&document);
    told(&imported.warnings, "2 for 4");
    assert!(texcoords(&imported.scene).is_empty());
    // Nor do they name a texture in a file of ours.
    let mut scene = imported.scene;
    scene.objects.push(Object::new("ball", 9, Shape::Sphere { radius: 1.0 }, "material 0"));
    let bytes = to_glb_bytes(&scene, &ExportOptions::default()).expect("writes");
    let again = from_slice(&bytes, &ImportOptions::default()).expect("reads");
    assert!(again.warnings.is_empty() && again.scene.materials == scene.materials, "{:?}", again.warnings);
}

#[test]
fn jpeg_is_read_whatever_the_file_calls_it() {
    let mut jpeg = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(8, 8, image::Rgb([200, 100, 50])).write_to(&mut jpeg, ImageFormat::Jpeg).expect("encodes");
    let mut document = quad(json!({ "pbrMetallicRoughness": { "baseColorTexture": { "index": 0 } } }));
    texture(&mut document, jpeg.get_ref(), "photo");
    let imported = read(&document);
    assert!(imported.warnings.is_empty(), "{:?}", imported.warnings);
    let Pixels::Srgb8(values) = imported.scene.images["photo"].pixels() else { panic!("display colours") };
    assert!(values.len() == 64 && values[0][0].abs_diff(200) < 4 && values[0][2].abs_diff(50) < 4, "{:?}", values[0]);
}

#[test]
fn hostile_images_are_left_out_and_told() {
    let harm = |file: &[u8]| {
        let mut document = quad(json!({ "pbrMetallicRoughness": { "baseColorTexture": { "index": 0 } } }));
        texture(&mut document, file, "print");
        let imported = read(&document);
        told(&imported.warnings, "left out");
        assert!(imported.scene.images.is_empty() && imported.scene.materials["material 0"].maps.is_empty());
        imported.warnings
    };
    let good = png();
    for end in 0..good.len() - 12 {
        harm(&good[..end.max(1)]);
    }
    // A header of 100,000 by 100,000 pixels with its checksum in order.
    let mut huge = good.clone();
    huge[16..20].copy_from_slice(&100_000u32.to_be_bytes());
    huge[20..24].copy_from_slice(&100_000u32.to_be_bytes());
    let sum = crc(&huge[12..29]);
    huge[29..33].copy_from_slice(&sum.to_be_bytes());
    told(&harm(&huge), "100000x100000");
    told(&harm(b"GIF89a........"), "neither PNG nor JPEG");
    let mut document = quad(json!({ "pbrMetallicRoughness": { "baseColorTexture": { "index": 0 } } }));
    document["textures"] = json!([{}]);
    told(&read(&document).warnings, "no image that is understood");
}

/// CRC-32 as in PNG, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    let step = |c: u32| (c >> 1) ^ if c & 1 == 1 { 0xedb8_8320 } else { 0 };
    !bytes.iter().fold(!0u32, |c, &b| (0..8).fold(c ^ u32::from(b), |c, _| step(c)))
}

#[test]
fn specular_and_dispersion_are_read() {
    let mut document = quad(json!({ "extensions": {
        "KHR_materials_specular": { "specularFactor": 0.5, "specularTexture": { "index": 0 }, "specularColorFactor": [1, 0, 0] },
        "KHR_materials_dispersion": { "dispersion": 0.25 },
    } }));
    document["extensionsUsed"] = json!(["KHR_materials_specular", "KHR_materials_dispersion"]);
    texture(&mut document, &png(), "print");
    let imported = read(&document);
    let m = &imported.scene.materials["material 0"];
    // The factor times the mean of alpha, 255 and 0.
    assert_eq!((m.specular, m.dispersion, imported.warnings.len()), (0.25, 0.25, 2));
    told(&imported.warnings, "reflects white");
    told(&imported.warnings, "specular: it cannot vary");
    assert!(imported.scene.images.is_empty());
}

#[test]
fn what_no_png_holds_comes_back_to_the_bit() {
    let mut document = quad(json!({ "pbrMetallicRoughness": { "baseColorTexture": { "index": 0 } } }));
    texture(&mut document, &png(), "print");
    let mut scene = read(&document).scene;
    let linear = Image::linear(1, 2, vec![[0.123_456, 2.0, 0.0], [1e-7, 0.5, 1.0]]).expect("two pixels");
    scene.images.insert("print".into(), linear.clone());
    scene.images.insert("sky".into(), linear);
    scene.environment = Environment::Image { image: "sky".into(), strength: 2.0, rotation: 0.5 };
    let maps = &mut scene.materials.get_mut("material 0").expect("there").maps;
    maps.metallic_roughness = maps.base_color.clone();
    let bytes = to_glb_bytes(&scene, &ExportOptions::default()).expect("writes");
    let again = from_slice(&bytes, &ImportOptions::default()).expect("reads");
    assert!(again.warnings.is_empty(), "{:?}", again.warnings);
    assert_eq!((again.scene.images, again.scene.environment), (scene.images, scene.environment));
    // Others see the picture in its two uses: as a colour and as numbers.
    let length = u32::from_le_bytes(bytes[12..16].try_into().expect("four")) as usize;
    let json: Value = serde_json::from_slice(&bytes[20..20 + length]).expect("JSON");
    let images = json["images"].as_array().expect("images");
    assert_eq!(images.iter().filter(|i| i["name"] == "print").count(), 2);
    let view = &json["bufferViews"][json["images"][1]["bufferView"].as_u64().expect("a view") as usize];
    let start = 28 + length + view["byteOffset"].as_u64().expect("an offset") as usize;
    let shown = Image::decode(&bytes[start..start + view["byteLength"].as_u64().expect("a length") as usize]).expect("a PNG");
    assert!(matches!(shown.pixels(), Pixels::Srgb8(v) if **v == [[31, 255, 0, 255], [0, 128, 255, 255]]), "{shown:?}");
}

#[test]
fn a_sky_that_is_not_there_is_told() {
    let mut document = quad(json!({}));
    let sky = json!({ "environment": { "kind": "image", "image": "sky" }, "images": { "other": { "file": "/etc/passwd" } } });
    document["scenes"] = json!([{ "nodes": [0], "extras": { "raytruth": sky } }]);
    let imported = read(&document);
    told(&imported.warnings, "neutral sky");
    told(&imported.warnings, "not read");
    assert!(imported.scene.images.is_empty() && imported.scene.environment == raytruth_gltf::default_environment());
}
