//! A gallery below a skylight.

use glam::{Vec2, Vec3};
use raytruth_scene::{Environment, Material, Scene, Sun, srgb};
use raytruth_task::Rng;
use raytruth_task::interior::{Floor, Interior, Outfit, Rect, Walk, Wall, oiled, plaster};
use raytruth_task::props::PropKind;

use super::{begun, hang, room, stand, style};

const HEIGHT: f32 = 3.6;

pub(super) fn scene() -> Scene {
    let walk = Walk {
        way: vec![Vec2::new(1.0, 1.2), Vec2::new(2.9, 1.7), Vec2::new(4.4, 3.1), Vec2::new(6.2, 3.6)],
        towards: Vec2::new(9.0, 2.2),
        eye: 1.55,
    };
    let mut set = begun(&walk);
    set.scene.environment = Environment::Gradient {
        zenith: Vec3::new(4.2, 4.5, 5.1),
        horizon: Vec3::new(5.2, 5.1, 4.9),
        ground: Vec3::splat(1.5),
        sun: Some(Sun {
            direction: Vec3::new(-0.30, 0.62, 0.72).normalize(),
            irradiance: Vec3::new(16.0, 14.5, 12.5),
            angular_radius: 0.01,
        }),
    };
    let rng = &mut Rng::from_seed(31);
    let wood = oiled(0xA9_7B4A, rng);
    let white = plaster(srgb(0xE2_DDD3), rng);
    let style = style(white, Floor::Boards { wood: oiled(0xB0_8C64, rng), width: 0.12 }, srgb(0x2A_2A2C), srgb(0x30_3032));
    let place = &mut Interior::new(&mut set, style, 4);
    let hall = Rect::new((0.0, 0.0), (9.0, 6.0));
    place.floor("floor", hall);
    let lights = [Rect::new((1.6, 2.3), (4.2, 3.9)), Rect::new((4.8, 2.3), (7.4, 3.9))];
    place.ceiling("ceiling", Rect::new((-0.2, -0.2), (9.2, 6.2)), HEIGHT, &lights);
    room(place, "hall", hall, HEIGHT, [vec![], vec![], vec![], vec![]]);
    place.wall("screen", &Wall { from: Vec2::new(5.6, -0.06), to: Vec2::new(5.6, 2.2), height: 2.6, openings: vec![] });
    pictures(place);
    furnish(place, &wood);
    set.scene
}

fn pictures(place: &mut Interior<'_>) {
    let pictures = [
        (1.4, 6.0, 1.6, Vec2::NEG_Y, 1.2, 0.9),
        (3.3, 6.0, 1.6, Vec2::NEG_Y, 0.9, 1.2),
        (5.2, 6.0, 1.6, Vec2::NEG_Y, 1.5, 1.1),
        (7.3, 6.0, 1.6, Vec2::NEG_Y, 0.9, 0.9),
        (9.0, 4.6, 1.6, Vec2::NEG_X, 1.3, 1.0),
        (9.0, 2.6, 1.6, Vec2::NEG_X, 1.0, 1.3),
        (9.0, 0.9, 1.6, Vec2::NEG_X, 0.8, 0.8),
        (5.54, 1.1, 1.6, Vec2::NEG_X, 1.1, 1.1),
        (5.66, 1.0, 1.6, Vec2::X, 0.8, 1.0),
        (2.6, 0.0, 1.6, Vec2::Y, 1.3, 0.9),
        (7.4, 0.0, 1.6, Vec2::Y, 1.2, 0.9),
    ];
    hang(place, &pictures);
}

fn furnish(place: &mut Interior<'_>, wood: &Material) {
    let of = |hex: u32| Outfit { wood: wood.clone(), color: srgb(hex) };
    for (x, y, kind, variant, hex) in [
        (3.6, 4.7, PropKind::Vase, 0, 0x1F_5F8A),
        (6.9, 4.8, PropKind::Bowl, 1, 0xB8_432E),
        (7.4, 2.6, PropKind::Vase, 2, 0xC2_922E),
        (1.6, 3.4, PropKind::Bottle, 1, 0x9A_B8B0),
    ] {
        stand(place, (PropKind::Plinth, 0), [x, y, 0.0], 0.0, &of(0xD8_D6D0));
        stand(place, (kind, variant), [x, y, 1.0], 20.0, &of(hex));
    }
    place.ball(
        "steel",
        Vec3::new(4.9, 5.0, 0.36),
        0.36,
        &Material { base_color: Vec3::splat(0.72), metallic: 1.0, roughness: 0.04, ..Default::default() },
    );
    stand(place, (PropKind::Bench, 2), [5.0, 3.95, 0.0], 0.0, &of(0x24_2426));
    stand(place, (PropKind::Plant, 0), [8.4, 5.4, 0.0], 0.0, &of(0x3A_3A3C));
}
