//! Valid scenes, drawn at random.

use std::collections::BTreeMap;

use glam::{Quat, Vec2, Vec3};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use raytruth_scene::*;

fn vec3(range: std::ops::Range<f32>) -> impl Strategy<Value = Vec3> {
    [range.clone(), range.clone(), range].prop_map(Vec3::from)
}

fn length() -> impl Strategy<Value = f32> {
    // From a millimetre to a kilometre, evenly in the exponent.
    (-3.0f32..3.0).prop_map(|e| 10f32.powf(e))
}

fn rotation() -> impl Strategy<Value = Quat> {
    [-1.0f32..1.0, -1.0f32..1.0, -1.0f32..1.0, -1.0f32..1.0]
        .prop_map(Quat::from_array)
        .prop_filter_map("too short to normalise", |q| (q.length() > 0.1).then(|| q.normalize()))
}

fn pose() -> impl Strategy<Value = Pose> {
    (vec3(-100.0..100.0), rotation()).prop_map(|(t, r)| Pose::new(t, r))
}

fn track() -> impl Strategy<Value = Option<Track>> {
    option::of(vec(pose(), 1..4).prop_map(|poses| Track { poses }))
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        Just(Shape::Mesh { mesh: "my mesh".into() }),
        length().prop_map(|radius| Shape::Sphere { radius }),
        ([length(), length(), length()], 0.0f32..=1.0).prop_map(|(h, share)| {
            let half_extents = Vec3::from(h);
            Shape::Box { half_extents, bevel: share * half_extents.min_element() }
        }),
        [length(), length()].prop_map(|s| Shape::Plane { size: Vec2::from(s) }),
        (length(), length(), 0.0f32..=1.0).prop_map(|(radius, half_height, share)| Shape::Cylinder {
            radius,
            half_height,
            bevel: share * radius.min(half_height)
        }),
        (length(), 0.0f32..10.0).prop_map(|(radius, half_height)| Shape::Capsule { radius, half_height }),
        (length(), vec(vec3(-10.0..10.0), 3..8), any::<bool>())
            .prop_filter("neighbours apart", |(_, p, _)| {
                p.iter().zip(p.iter().cycle().skip(1)).all(|(a, b)| a.distance(*b) > 1e-3)
            })
            .prop_map(|(radius, points, closed)| Shape::tube(radius, points, closed)),
    ]
}

fn pattern() -> impl Strategy<Value = Pattern> {
    use Pattern::*;
    proptest::sample::select(vec![Checker, Wood, Concrete, Brushed, Tiles, Speckle, Stripes])
}

fn material() -> impl Strategy<Value = Material> {
    let texture = (pattern(), vec3(0.0..1.0), length(), 0.0f32..=1.0, any::<u32>())
        .prop_map(|(pattern, color, scale, strength, seed)| Texture { pattern, color, scale, strength, seed });
    let absorption = (vec3(0.01..1.0), length()).prop_map(|(color, distance)| Absorption { color, distance });
    let shares = [0.0f32..=1.0, 0.0f32..=1.0, 0.0f32..=1.0, 0.0f32..=1.0, 0.0f32..=1.0, 0.0f32..=1.0, 0.0f32..=1.0];
    (vec3(0.0..1.0), shares, 1.0f32..3.0, option::of(absorption), any::<bool>(), vec3(0.0..100.0), option::of(texture)).prop_map(
        |(
            base_color,
            [metallic, roughness, specular, dispersion, transmission, coat, coat_roughness],
            ior,
            absorption,
            thin,
            emission,
            texture,
        )| {
            Material {
                base_color,
                metallic,
                roughness,
                ior,
                specular,
                dispersion,
                transmission,
                absorption,
                priority: (256.0 * dispersion) as u8,
                thin,
                coat,
                coat_roughness,
                emission,
                emission_power: Power::FULL,
                opacity: if thin { coat } else { 1.0 },
                cutout: thin.then_some(roughness),
                maps: if thin { maps() } else { Maps::default() },
                texture,
            }
        },
    )
}

fn camera() -> impl Strategy<Value = Camera> {
    (pose(), 0.05f32..3.1, 0.0f32..0.1, length(), 0.0f32..1.0, track()).prop_map(
        |(pose, fov_y, aperture, focus_distance, shutter, track)| Camera {
            pose,
            fov_y,
            aperture,
            focus_distance,
            shutter,
            track,
        },
    )
}

fn environment() -> impl Strategy<Value = Environment> {
    let sun = (rotation(), vec3(0.0..1000.0), 0.001f32..1.5).prop_map(|(r, irradiance, angular_radius)| Sun {
        direction: (r * Vec3::Z).normalize(),
        irradiance,
        angular_radius,
    });
    prop_oneof![
        vec3(0.0..10.0).prop_map(|radiance| Environment::Uniform { radiance }),
        (vec3(0.0..10.0), vec3(0.0..10.0), vec3(0.0..10.0), option::of(sun))
            .prop_map(|(zenith, horizon, ground, sun)| Environment::Gradient { zenith, horizon, ground, sun }),
        (0.0f32..10.0, -7.0f32..7.0).prop_map(|(strength, rotation)| Environment::Image {
            image: "my image".into(),
            strength,
            rotation
        }),
    ]
}

fn light() -> impl Strategy<Value = Light> {
    let shape = prop_oneof![
        [length(), length()].prop_map(|s| LightShape::Rect { size: Vec2::from(s) }),
        length().prop_map(|radius| LightShape::Disk { radius }),
        length().prop_map(|radius| LightShape::Sphere { radius }),
        length().prop_map(|radius| LightShape::Spot { radius, inner_angle: 0.25, outer_angle: 0.5 }),
    ];
    (shape, pose(), vec3(0.0..1000.0), any::<bool>()).prop_map(|(shape, pose, radiance, visible_to_camera)| Light {
        name: String::new(),
        shape,
        pose,
        radiance,
        power: Power::FULL,
        visible_to_camera,
    })
}

fn role() -> impl Strategy<Value = Role> {
    use Role::*;
    proptest::sample::select(vec![Backdrop, Apparatus, Actor, Target, Distractor, Occluder, Marker])
}

/// Parts of what is declared, at most one for each of the fewest frames that a clip of these may have.
fn power() -> impl Strategy<Value = Power> {
    vec(0.0f32..=1.0, 0..=3).prop_map(Power)
}

fn overlay() -> impl Strategy<Value = Overlay> {
    let place = || [-1.0f32..1.0, -1.0f32..1.0].prop_map(Vec2::from);
    let form = prop_oneof![
        (place(), place(), 0.001f32..0.1).prop_map(|(from, to, width)| MarkForm::Line { from, to, width }),
        (place(), 0.001f32..0.1).prop_map(|(center, radius)| MarkForm::Disc { center, radius }),
        (place(), place(), 0.001f32..0.1, 0.001f32..0.1).prop_map(|(from, to, width, head)| MarkForm::Arrow {
            from,
            to,
            width,
            head
        }),
        vec(place(), 3..6).prop_map(|points| MarkForm::Polygon { points }),
    ];
    let mark = (form, vec3(0.0..1.0), 0.0f32..=1.0).prop_map(|(form, color, opacity)| Mark { form, color, opacity });
    let size = [0.01f32..2.0, 0.01f32..2.0].prop_map(Vec2::from);
    (place(), size, any::<bool>(), vec(mark, 0..4), power()).prop_map(|(center, size, has_image, marks, opacity)| {
        let image = has_image.then(|| "my image".to_owned());
        Overlay { image, marks, opacity, ..Overlay::new("", 1, center, size) }
    })
}

fn object() -> impl Strategy<Value = Object> {
    // The parent is an earlier object or none, so that there is no cycle; names come from the place in the list.
    let any_shape = || prop_oneof![3 => shape(), 1 => Just(Shape::Nothing)];
    (100u16.., role(), (shape(), vec(any_shape(), 0..=3)), pose(), track(), option::of("[a-z \\\\\"é🎱]{1,4}")).prop_map(
        |(id, role, (shape, shapes), pose, track, name)| Object {
            name: name.unwrap_or_default(),
            id,
            role,
            shape,
            shapes,
            material: "my material".into(),
            parent: None,
            pose,
            track,
        },
    )
}

fn maps() -> Maps {
    let image = || Some("my image".to_owned());
    Maps {
        base_color: image(),
        metallic_roughness: image(),
        normal: image(),
        normal_scale: 0.5,
        emission: image(),
        opacity: image(),
    }
}

fn one_image() -> Image {
    Image::linear(2, 1, vec![[0.5, 1.0, 2.0], [0.25, 0.1, 0.0]]).expect("two pixels")
}

fn one_mesh() -> Mesh {
    Mesh {
        positions: vec![Vec3::ZERO, Vec3::X, Vec3::Y],
        normals: vec![Vec3::Z; 3],
        texcoords: vec![Vec2::ZERO, Vec2::X, Vec2::Y],
        colors: vec![Vec3::X, Vec3::splat(0.5), Vec3::ONE],
        triangles: vec![[0, 1, 2]],
    }
}

pub(crate) fn scene() -> impl Strategy<Value = Scene> {
    let animation = option::of((3u32.., 1u32..).prop_map(|(frames, fps)| Animation { frames, fps }));
    let portal = (pose(), [length(), length()]).prop_map(|(pose, size)| Portal { pose, size: Vec2::from(size) });
    let over = (vec(overlay(), 0..3), power(), 0u8..=8, vec(portal, 0..3));
    let drawn = vec((object(), option::of(0usize..8)), 0..6);
    (animation, camera(), environment(), vec((light(), power()), 0..3), (material(), power()), drawn, over).prop_map(
        |(
            animation,
            camera,
            environment,
            lights,
            (material, emission_power),
            drawn,
            (mut overlays, environment_power, floor, portals),
        )| {
            let material = Material { emission_power, ..material };
            let mut lights: Vec<Light> = lights.into_iter().map(|(light, power)| Light { power, ..light }).collect();
            for (i, overlay) in overlays.iter_mut().enumerate() {
                (overlay.name, overlay.id) = (format!("my overlay {i}"), 1 + i as u16);
            }
            for (i, light) in lights.iter_mut().enumerate() {
                light.name = format!("my light {i}");
            }
            let mut objects: Vec<Object> = Vec::new();
            for (i, (mut object, parent)) in drawn.into_iter().enumerate() {
                object.name = format!("my object {i} {}", object.name);
                object.parent = parent.and_then(|p| objects.get(p)).map(|o| o.name.clone());
                objects.push(object);
            }
            // What changes needs time to change in.
            let powers = overlays.iter().map(|o| &o.opacity).chain(lights.iter().map(|l| &l.power));
            let powers = powers.chain([&environment_power, &material.emission_power]).any(|p| p.0.len() > 1);
            let moves = camera.track.is_some() || objects.iter().any(|o| o.track.is_some() || o.shapes.len() > 1) || powers;
            Scene {
                animation: animation.or(moves.then_some(Animation { frames: 3, fps: 30 })),
                environment,
                environment_power,
                lights,
                portals,
                overlays,
                floor,
                materials: BTreeMap::from([("my material".into(), material)]),
                images: BTreeMap::from([("my image".into(), one_image())]),
                meshes: BTreeMap::from([("my mesh".into(), one_mesh())]),
                objects,
                ..Scene::new(camera)
            }
        },
    )
}

/// A scene with every kind of thing in it, and every optional field set.
pub(crate) fn one_of_each() -> Scene {
    let track = Some(Track { poses: vec![Pose::IDENTITY] });
    let mut scene = Scene::new(Camera { track: track.clone(), ..Camera::look_at(Vec3::X, Vec3::ZERO, 1.0) });
    scene.animation = Some(Animation { frames: 1, fps: 1 });
    let sun = Some(Sun { direction: Vec3::Z, irradiance: Vec3::ONE, angular_radius: 0.01 });
    scene.environment = Environment::Gradient { zenith: Vec3::ONE, horizon: Vec3::ONE, ground: Vec3::ONE, sun };
    scene.images.insert("my image".into(), one_image());
    scene.images.insert("my other".into(), Image::srgb8(1, 1, vec![[1, 2, 3, 4]]).expect("one pixel"));
    scene.meshes.insert("my mesh".into(), one_mesh());
    let shapes = [
        LightShape::Rect { size: Vec2::ONE },
        LightShape::Disk { radius: 1.0 },
        LightShape::Sphere { radius: 1.0 },
        LightShape::Spot { radius: 1.0, inner_angle: 0.1, outer_angle: 1.0 },
    ];
    for (i, shape) in shapes.into_iter().enumerate() {
        let name = format!("my light {i}");
        scene.lights.push(Light {
            name,
            shape,
            pose: Pose::IDENTITY,
            radiance: Vec3::ONE,
            power: Power(vec![0.5]),
            visible_to_camera: true,
        });
    }
    scene.portals.push(Portal { pose: Pose::IDENTITY, size: Vec2::ONE });
    use Pattern::*;
    for (i, pattern) in [Checker, Wood, Concrete, Brushed, Tiles, Speckle, Stripes].into_iter().enumerate() {
        let texture = Some(Texture { pattern, color: Vec3::ONE, scale: 1.0, strength: 1.0, seed: 1 });
        let absorption = Some(Absorption { color: Vec3::ONE, distance: 1.0 });
        scene.materials.insert(
            format!("my {i}"),
            Material { texture, absorption, maps: maps(), emission_power: Power(vec![0.5]), ..Material::default() },
        );
    }
    let points = vec![Vec3::ZERO, Vec3::X, Vec3::Y];
    let shapes = [
        Shape::Mesh { mesh: "my mesh".into() },
        Shape::Sphere { radius: 1.0 },
        Shape::Box { half_extents: Vec3::ONE, bevel: 0.1 },
        Shape::Plane { size: Vec2::ONE },
        Shape::Cylinder { radius: 1.0, half_height: 1.0, bevel: 0.1 },
        Shape::Capsule { radius: 1.0, half_height: 1.0 },
        Shape::Tube { radius: 0.1, colors: points.clone(), points, closed: true, rings: Some(3) },
    ];
    use Role::*;
    for ((i, shape), role) in
        shapes.into_iter().enumerate().zip([Backdrop, Apparatus, Actor, Target, Distractor, Occluder, Marker])
    {
        let parent = (i > 0).then(|| "my object 0".into());
        let (name, id, material) = (format!("my object {i}"), 1 + i as u16, "my 0".into());
        let shapes = vec![if i == 0 { Shape::Nothing } else { shape.clone() }];
        scene.objects.push(Object {
            name,
            id,
            role,
            shape,
            shapes,
            material,
            parent,
            pose: Pose::IDENTITY,
            track: track.clone(),
        });
    }
    (scene.environment_power, scene.floor) = (Power(vec![0.25]), 3);
    let place = Vec2::new(0.1, -0.2);
    let mut overlay = Overlay::new("my overlay", 99, place, Vec2::splat(0.25));
    (overlay.image, overlay.opacity) = (Some("my image".into()), Power(vec![0.75]));
    for form in [
        MarkForm::Line { from: place, to: Vec2::ZERO, width: 0.1 },
        MarkForm::Disc { center: place, radius: 0.1 },
        MarkForm::Arrow { from: place, to: Vec2::ZERO, width: 0.1, head: 0.2 },
        MarkForm::Polygon { points: vec![place, Vec2::ZERO, Vec2::ONE] },
    ] {
        overlay.marks.push(Mark { form, color: Vec3::ONE, opacity: 0.5 });
    }
    scene.overlays.push(overlay);
    scene.validate().expect("one of each is valid");
    scene
}
