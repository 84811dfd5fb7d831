//! What the renderer sees in mirrors and through glass, against the exact tracer that certifies problems: of drawn problems the optics are kept,
//! and small balls are set about them. Whatever ball the exact way of a pixel's ray ends at, the renderer must see there, unless a ray a
//! tenth of a pixel beside it ends elsewhere.

use std::ops::ControlFlow;

use raytruth::glam::{DVec2, DVec3, Vec2, Vec3};
use raytruth::render::{DeviceOptions, Pass, RenderSettings, Renderer};
use raytruth::scene::{Light, Material, Object, Scene, Shape};
use raytruth::task::contract::{drawn, episode};
use raytruth::task::{Clip, Difficulty, Rng};
use raytruth::tasks::optics::Optics;
use raytruth::tasks::optics::exact::{Body, End, Optic, Ray, Surface, Vertex, World};

const SIZE: (u32, u32) = (320, 240);
/// Radius of a ball, and how many there are.
const BALL: f64 = 0.009;
const BALLS: usize = 150;
/// How far beside a pixel's middle a ray may end elsewhere, pixels.
const BESIDE: f64 = 0.1;
/// Edges are bevelled where the exact ones are sharp, metres.
const BEVEL: f64 = 0.0015;
/// Steeper on a surface no problem looks, radians: there it is a matter of little whether light is mirrored or goes on.
const STEEPEST: f64 = 80.0 / 180.0 * std::f64::consts::PI;
/// Most turns of a sight.
const TURNS: usize = 12;

/// The optics of a problem, by the names that the scene has for them too, and its scene with nothing else but balls.
struct Bench {
    world: World,
    scene: Scene,
    /// Of the first ball.
    first: u16,
}

fn bench(difficulty: Difficulty, seed: u64, class: usize) -> Bench {
    let right = episode(
        drawn(&Optics, difficulty, seed, class).as_ref(),
        &Clip { width: SIZE.0, height: SIZE.1, fps: 8, frames: 40, lead: 0 },
    );
    let bodies: Vec<Body> =
        serde_json::from_value(right.card.certificate["world"]["bodies"].clone()).expect("the certificate's bodies");
    let mut bodies: Vec<Body> = bodies.into_iter().filter(|body| body.optic != Optic::Matte).collect();
    let mut scene = right.scene;
    // Glass that moves hangs on what carries it, at first where it is made.
    for i in 0..scene.objects.len() {
        let pose = scene.world_pose(i, 0);
        scene.objects[i].pose = pose;
    }
    scene.objects.retain(|object| bodies.iter().any(|body| body.name == object.name));
    assert_eq!(scene.objects.len(), bodies.len(), "every body is in the scene");
    for object in &mut scene.objects {
        (object.parent, object.track) = (None, None);
    }
    let mut rng = Rng::from_seed(seed);
    let first = 500;
    scene.materials.insert("plain".into(), Material::default());
    let clear = |p: DVec3, world: &World| {
        let near = |body: &Body| body.surfaces.iter().map(|s| s.signed(p)).fold(f64::NEG_INFINITY, f64::max) < 1.5 * BALL;
        !world.bodies.iter().any(near)
    };
    let optics = World { bodies: bodies.clone() };
    let reach = |rng: &mut Rng| DVec3::new(rng.range(-0.2, 0.2), rng.range(-0.2, 0.25), rng.range(-0.12, 0.12));
    let mut id = first;
    while usize::from(id - first) < BALLS {
        let at = reach(&mut rng);
        if !clear(at, &optics) {
            continue;
        }
        let name = format!("ball_{}", id - first);
        scene.objects.push(Object::new(&name, id, Shape::Sphere { radius: BALL as f32 }, "plain").at(at.as_vec3()));
        let surfaces = vec![Surface::Sphere { center: at, radius: BALL, hollow: false }];
        bodies.push(Body { name, surfaces, optic: Optic::Matte });
        id += 1;
    }
    scene.lights = vec![Light::rect("lamp", Vec2::ONE, Vec3::new(0.0, -1.0, 3.0), Vec3::ZERO, Vec3::ONE)];
    scene.overlays.clear();
    Bench { world: World { bodies }, scene, first }
}

/// The ball at which a ray ends, or none, by way of mirrors and clear things; and whether it turns, and comes near to a rim or is very steep. `Err`: at what of
/// a mirror does not mirror.
fn ends(world: &World, ray: Ray) -> Result<(Option<usize>, bool, bool), ()> {
    let path = world.trace(ray, TURNS);
    let odd = |v: &Vertex| v.incidence > STEEPEST || world.bodies[v.body].to_rim(v.surface, v.point) < BEVEL;
    let near = path.vertices.iter().any(odd);
    let turns = !path.vertices.is_empty();
    match path.end {
        End::At { body, .. } if world.bodies[body].optic == Optic::Matte => Ok((Some(body), turns, near)),
        End::Away { .. } => Ok((None, turns, near)),
        _ => Err(()),
    }
}

#[test]
fn images_are_where_the_exact_tracer_has_them() {
    let renderer = Renderer::new(&DeviceOptions::default()).expect("a device");
    let (mut compared, mut wrong) = (0_u32, Vec::new());
    for (difficulty, seed, class) in [
        (Difficulty::Hard, 1, 0),
        (Difficulty::Hard, 2, 1),
        (Difficulty::Hard, 5, 0),
        (Difficulty::Medium, 3, 2),
        (Difficulty::Hard, 4, 3),
        (Difficulty::Hard, 8, 2),
        (Difficulty::Medium, 1, 4),
        (Difficulty::Medium, 6, 6),
        (Difficulty::Medium, 7, 7),
        (Difficulty::Hard, 3, 7),
        (Difficulty::Hard, 5, 7),
    ] {
        let Bench { world, scene, first } = bench(difficulty, seed, class);
        let settings = RenderSettings { width: SIZE.0, height: SIZE.1, samples_per_pixel: 1, ..RenderSettings::default() };
        let mut clip = renderer.clip(&scene, &settings).expect("valid");
        let passes = clip
            .frame(0, &[raytruth::render::Output::Pass(Pass::SpecularId)], &mut |_| ControlFlow::Continue(()))
            .expect("renders")
            .passes;
        let camera = |p: DVec2| {
            let (from, way) = scene.camera.ray(0, p.as_vec2(), SIZE);
            Ray::new(from.as_dvec3(), way.as_dvec3())
        };
        let balls = world.bodies.len() - BALLS;
        for (at, seen) in passes.specular_id.iter().enumerate() {
            let pixel = DVec2::new((at as u32 % SIZE.0) as f64 + 0.5, (at as u32 / SIZE.0) as f64 + 0.5);
            let Ok((wanted, true, false)) = ends(&world, camera(pixel)) else { continue };
            let beside = [DVec2::X, DVec2::NEG_X, DVec2::Y, DVec2::NEG_Y].map(|way| ends(&world, camera(pixel + BESIDE * way)));
            if beside.iter().any(|other| *other != Ok((wanted, true, false))) {
                continue;
            }
            compared += u32::from(wanted.is_some());
            let wanted = wanted.map_or(0, |body| first + (body - balls) as u16);
            let seen = if *seen >= first { *seen } else { 0 };
            if seen != wanted {
                wrong.push(format!("{difficulty:?} {seed} {class} at {pixel}: {seen} instead of {wanted}"));
            }
        }
    }
    assert!(compared > 3500, "only {compared} pixels that show a ball are compared");
    assert!(wrong.is_empty(), "{} of {compared}: {:?}", wrong.len(), &wrong[..wrong.len().min(12)]);
}
