//! Scenes that paths leave dark, and such as look like them.

use glam::{Vec2, Vec3};
use raytruth_scene::{Camera, Environment, Image, Light, LightShape, Material, Object, Pose, Power, Scene, Shape, Sun};

use super::{UnfoundLight, unfound_light};

const SIZE: (u32, u32) = (64, 40);

fn glass() -> Material {
    Material { base_color: Vec3::ONE, roughness: 0.0, transmission: 1.0, ior: 1.5, ..Material::default() }
}

fn at(height: f32) -> Pose {
    Pose::from_translation(height * Vec3::Z)
}

/// A floor of 20 m seen from above its edge, and no light.
fn floor() -> Scene {
    let mut scene = Scene::new(Camera::look_at(Vec3::new(0.0, -4.0, 1.5), Vec3::ZERO, 0.8));
    scene.environment = Environment::Uniform { radiance: Vec3::ZERO };
    scene.materials.insert("grey".into(), Material::default());
    scene.materials.insert("glass".into(), glass());
    scene.objects.push(Object::new("floor", 1, Shape::Plane { size: Vec2::splat(20.0) }, "grey"));
    scene
}

/// A lamp one metre up.
fn lit(mut scene: Scene, shape: LightShape) -> Scene {
    let radiance = Vec3::splat(100.0);
    let light = Light { name: "lamp".into(), shape, pose: at(1.0), radiance, power: Power::FULL, visible_to_camera: false };
    scene.lights.push(light);
    scene
}

fn bulb(radius: f32) -> Object {
    Object::new("bulb", 2, Shape::Sphere { radius }, "glass").at(at(1.0))
}

/// Above floor and camera.
fn roof() -> Object {
    Object::new("roof", 2, Shape::Box { half_extents: Vec3::new(10.0, 10.0, 0.05), bevel: 0.0 }, "glass").at(at(3.0))
}

/// In two directions: a strong sun above, and a little of everything else.
fn sunny(mut scene: Scene, sky: f32) -> Scene {
    let even = Vec3::splat(sky);
    let sun = Sun { direction: Vec3::Z, irradiance: Vec3::splat(3.0), angular_radius: 0.00465 };
    scene.environment = Environment::Gradient { zenith: even, horizon: even, ground: even, sun: Some(sun) };
    scene
}

fn with(mut scene: Scene, object: Object) -> Scene {
    scene.objects.push(object);
    scene
}

fn with_glass(mut scene: Scene, material: Material) -> Scene {
    scene.materials.insert("glass".into(), material);
    scene
}

fn told(scene: &Scene) -> Option<UnfoundLight> {
    scene.validate().expect("a scene");
    unfound_light(scene, 0..1, SIZE)
}

#[track_caller]
fn assert_told(scene: &Scene, lamp: &str, glass: &str) -> UnfoundLight {
    let told = told(scene).expect("it would be dark");
    assert_eq!((told.lamps.as_slice(), told.glass.as_slice()), (&[lamp.to_owned()][..], &[glass.to_owned()][..]));
    assert!(told.to_string().contains(&format!("({lamp})")) && told.to_string().contains(&format!("({glass})")), "{told}");
    told
}

const SMALL: LightShape = LightShape::Sphere { radius: 0.02 };

#[test]
fn a_small_lamp_in_a_bulb() {
    let told = assert_told(&with(lit(floor(), SMALL), bulb(0.1)), "lamp", "bulb");
    assert_eq!(told.share, 1.0, "there is no other light");
    let spot = LightShape::Spot { radius: 0.02, inner_angle: 0.5, outer_angle: 1.0 };
    assert_told(&with(lit(floor(), spot), bulb(0.1)), "lamp", "bulb");
    assert_told(&with(lit(floor(), LightShape::Disk { radius: 0.02 }), bulb(0.1)), "lamp", "bulb");
    assert_told(&with(lit(floor(), LightShape::Rect { size: Vec2::splat(0.04) }), bulb(0.1)), "lamp", "bulb");
}

#[test]
fn what_shines_by_its_material_is_a_lamp_too() {
    let mut scene = with(floor(), bulb(0.1));
    scene.materials.insert("hot".into(), Material { emission: Vec3::splat(100.0), ..Material::default() });
    for shape in [Shape::Sphere { radius: 0.02 }, Shape::Box { half_extents: Vec3::splat(0.02), bevel: 0.0 }] {
        let wire = Object::new("wire", 3, shape, "hot").at(at(1.0));
        assert_told(&with(scene.clone(), wire.clone()), "wire", "bulb");
        assert_eq!(told(&with_glass(with(scene.clone(), wire), Material { thin: true, ..glass() })), None);
    }
    // As large as it looks from nearby: paths find it.
    let large = Object::new("wire", 3, Shape::Sphere { radius: 0.3 }, "hot").at(at(1.0));
    scene.objects[1] = bulb(0.35);
    assert_eq!(told(&with(scene, large)), None);
}

#[test]
fn a_sun_above_glass_that_bends_or_scatters() {
    let scene = with(sunny(floor(), 0.0), roof());
    assert_told(&scene, "the sun", "roof");
    assert_told(&with_glass(scene.clone(), Material { roughness: 0.2, thin: true, ..glass() }), "the sun", "roof");
    assert_eq!(told(&with_glass(scene.clone(), Material { thin: true, ..glass() })), None, "panes let it through");
    let lattice = Material { opacity: 0.5, ..glass() };
    assert_eq!(told(&with_glass(scene, lattice)), None, "so do gaps");
    // Much light from elsewhere: the picture is not dark. By hand, the sun gives 3, a sky π times its radiance.
    assert_told(&with(sunny(floor(), 0.5), roof()), "the sun", "roof");
    assert_eq!(told(&with(sunny(floor(), 2.0), roof())), None);
}

#[test]
fn the_share_is_that_of_irradiance() {
    let sky = 0.4;
    let told = told(&with(sunny(floor(), sky), roof())).expect("more than half");
    let expected = 3.0 / (3.0 + std::f32::consts::PI * sky);
    assert!((told.share - expected).abs() < 0.01, "{} {expected}", told.share);
}

#[test]
fn a_bright_spot_in_a_picture_of_a_sky() {
    let mut values = vec![[0.01; 3]; 64 * 32];
    values[2 * 64 + 5] = [5000.0; 3];
    let mut scene = with(floor(), roof());
    scene.images.insert("sky".into(), Image::linear(64, 32, values).expect("pixels"));
    scene.environment = Environment::Image { image: "sky".into(), strength: 1.0, rotation: 0.3 };
    assert_told(&scene, "the sky's bright parts", "roof");
    scene.images.insert("sky".into(), Image::linear(64, 32, vec![[0.5; 3]; 64 * 32]).expect("pixels"));
    assert_eq!(told(&scene), None, "an even sky is found");
}

#[test]
fn glass_beside_the_light_is_no_reason() {
    let ball = Object::new("ball", 2, Shape::Sphere { radius: 0.3 }, "glass").at(at(0.3));
    assert_eq!(told(&with(sunny(floor(), 0.0), ball.clone())), None, "a shadow with a caustic in it");
    assert_eq!(told(&with(floor(), bulb(0.1))), None, "without any light it is dark for another reason");
    // A lid below the bulb keeps all of the light away.
    let mut lid = with(lit(floor(), SMALL), bulb(0.1));
    lid.objects.push(Object::new("lid", 3, Shape::Plane { size: Vec2::splat(20.0) }, "grey").at(at(0.8)));
    lid.camera = Camera::look_at(Vec3::new(0.0, -4.0, 0.7), Vec3::ZERO, 0.3);
    assert_eq!(told(&lid), None);
}

#[test]
fn in_water_a_lamp_within_is_found_and_one_above_is_not() {
    let water = |shape: LightShape, lamp: f32| {
        let mut scene = lit(floor(), shape);
        scene.lights[0].pose = at(lamp);
        let half_extents = Vec3::new(9.0, 9.0, 1.0);
        let water = Object::new("water", 2, Shape::Box { half_extents, bevel: 0.0 }, "glass").at(at(1.0));
        with(scene, water)
    };
    assert_told(&water(SMALL, 2.5), "lamp", "water");
    assert_eq!(told(&water(SMALL, 1.5)), None);
}

#[test]
fn the_first_the_middle_and_the_last_frame_are_looked_at() {
    let mut scene = with(lit(floor(), SMALL), bulb(0.1));
    scene.animation = Some(raytruth_scene::Animation { frames: 9, fps: 8 });
    for (on, told_of) in
        [(0, [true, false, true]), (4, [false, true, true]), (8, [false, true, true]), (2, [false, false, false])]
    {
        scene.lights[0].power = Power::on(9, |frame| frame == on);
        let tells = [0..1, 4..9, 0..9].map(|frames| unfound_light(&scene, frames, SIZE).is_some());
        assert_eq!(tells, told_of, "on in frame {on}");
    }
    assert!(unfound_light(&scene, 3..3, SIZE).is_none(), "no frames");
}

#[test]
fn broken_scenes_are_left_to_others() {
    let mut scene = with(lit(floor(), SMALL), bulb(f32::NAN));
    assert!(unfound_light(&scene, 0..1, SIZE).is_none());
    scene.objects.clear();
    assert!(unfound_light(&scene, 0..1, (0, 0)).is_none());
}

/// What it tells of is so: by a pixel's median the renderer shows next to nothing, and with a pane what it should.
#[test]
fn what_is_told_of_is_dark_indeed() {
    use crate::tests::{proof, render};
    let scene = with(sunny(floor(), 0.0), roof());
    let shown = |scene: &Scene| {
        let settings = crate::RenderSettings { profile: crate::Profile::Look, ..proof(16) };
        let mut values: Vec<f32> = render(scene, &settings, 0).radiance.iter().map(|c| c[1]).collect();
        values.sort_by(f32::total_cmp);
        values[values.len() / 4]
    };
    assert_told(&scene, "the sun", "roof");
    let (dark, right) = (shown(&scene), shown(&with_glass(scene.clone(), Material { thin: true, ..glass() })));
    assert!(dark < 0.02 * right && right > 0.3, "{dark} {right}");
}
