//! Drops a rubber ball on an oak table and renders the picture 0.4 s later, just after it has bounced.
use std::{error::Error, ops::ControlFlow, path::Path};

use raytruth::glam::{Vec2, Vec3};
use raytruth::physics::{BakeSettings, Body, Form, Substance, World, bake};
use raytruth::render::{DeviceOptions, Output, RenderSettings, Renderer};
use raytruth::scene::{Camera, Light, Material, Object, Scene, Shape, srgb};

fn main() -> Result<(), Box<dyn Error>> {
    drop_ball(Path::new("drop_ball.png"), 640, 400)
}

pub(crate) fn drop_ball(png: &Path, width: u32, height: u32) -> Result<(), Box<dyn Error>> {
    let mut world = World::default();
    world.add(Body::fixed("table", Substance::Oak, Form::HalfSpace));
    let ball = world.add(Body::dynamic("ball", Substance::Rubber, Form::Sphere { radius: 0.1 }).at(Vec3::Z * 0.8));
    let pose = bake(&world, &BakeSettings::default())?.pose_at(ball, 0.4);

    let mut scene = Scene::new(Camera::look_at(Vec3::new(0.3, -1.6, 0.6), Vec3::Z * 0.2, 0.6));
    scene.lights.push(Light::rect("lamp", Vec2::ONE, Vec3::new(-1.0, -1.0, 2.0), Vec3::ZERO, Vec3::splat(8.0)));
    scene.materials.insert("rubber".into(), Material { base_color: srgb(0xc23a2e), ..Default::default() });
    scene.materials.insert("oak".into(), Material { base_color: srgb(0xb08d5b), ..Default::default() });
    scene.objects.push(Object::new("table", 1, Shape::Plane { size: Vec2::splat(9.0) }, "oak"));
    scene.objects.push(Object::new("ball", 2, Shape::Sphere { radius: 0.1 }, "rubber").at(pose));

    let settings = RenderSettings { width, height, ..RenderSettings::default() };
    let renderer = Renderer::new(&DeviceOptions::default())?;
    let frame = renderer.clip(&scene, &settings)?.frame(0, &[Output::Rgb], &mut |_| ControlFlow::Continue(()))?;
    Ok(frame.save_png(png)?)
}
