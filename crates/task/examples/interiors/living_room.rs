//! A living room with windows to the sun, entered from a hall.

use glam::{Vec2, Vec3};
use raytruth_scene::{Environment, Scene, Sun, srgb};
use raytruth_task::Rng;
use raytruth_task::interior::{Floor, Interior, Opening, Outfit, Rect, WARM, Walk, oiled, plaster};
use raytruth_task::props::{Prop, PropKind};

use super::{begun, hang, room, stand, style};

const HEIGHT: f32 = 2.7;

pub(super) fn scene() -> Scene {
    let walk = Walk {
        way: vec![Vec2::new(-1.5, 1.1), Vec2::new(0.4, 1.1), Vec2::new(2.3, 1.2), Vec2::new(3.9, 1.7)],
        towards: Vec2::new(2.9, 5.0),
        eye: 1.5,
    };
    let mut set = begun(&walk);
    set.scene.environment = Environment::Gradient {
        zenith: Vec3::new(4.5, 6.0, 9.0),
        horizon: Vec3::new(10.5, 11.0, 11.5),
        ground: Vec3::new(4.4, 4.4, 3.6),
        sun: Some(Sun {
            direction: Vec3::new(-0.42, 0.66, 0.62).normalize(),
            irradiance: Vec3::new(60.0, 53.0, 42.0),
            angular_radius: 0.01,
        }),
    };
    let rng = &mut Rng::from_seed(21);
    let wood = oiled(0x7A_4E2C, rng);
    let floor = Floor::Boards { wood: oiled(0xB8_8A5C, rng), width: 0.16 };
    let style = style(plaster(srgb(0xCE_C4B2), rng), floor, srgb(0x4A_3A2E), srgb(0xF0_EDE6));
    let place = &mut Interior::new(&mut set, style, 8);
    place.floor("floor", Rect::new((0.0, 0.0), (6.2, 5.0)));
    place.floor("floor_hall", Rect::new((-2.4, 0.0), (0.0, 2.2)));
    place.ceiling("ceiling", Rect::new((-2.6, -0.2), (6.4, 5.2)), HEIGHT, &[]);
    let windows = vec![Opening::window(1.75, 1.5, 0.55, 2.35), Opening::window(4.45, 1.5, 0.55, 2.35)];
    room(
        place,
        "room",
        Rect::new((0.0, 0.0), (6.2, 5.0)),
        HEIGHT,
        [windows, vec![], vec![], vec![Opening::door(1.16, 1.0, 2.1)]],
    );
    room(
        place,
        "hall",
        Rect::new((-2.4, 0.0), (-0.12, 2.2)),
        HEIGHT,
        [vec![], vec![Opening::door(1.16, 1.0, 2.1)], vec![], vec![]],
    );
    place.pendant("pendant_hall", Vec3::new(-1.2, 1.1, 2.25), 0.1, HEIGHT, 90.0 * WARM);
    furniture(place, &wood);
    set.scene
}

fn furniture(place: &mut Interior<'_>, wood: &raytruth_scene::Material) {
    let of = |hex: u32| Outfit { wood: wood.clone(), color: srgb(hex) };
    place.rug("rug", Rect::new((1.6, 2.2), (4.6, 4.2)), srgb(0x2C_4A66), srgb(0xC9_B48A));
    stand(place, (PropKind::Chair, 1), [1.75, 3.15, 0.0], 78.0, &of(0xC8_8A2A));
    stand(place, (PropKind::Chair, 1), [4.45, 3.3, 0.0], -68.0, &of(0x2F_6B62));
    stand(place, (PropKind::Bench, 2), [3.05, 4.45, 0.0], 0.0, &of(0x8C_3B2A));
    stand(place, (PropKind::Bench, 0), [3.05, 3.2, 0.0], 0.0, &of(0xB5_7A2E));
    stand(place, (PropKind::Book, 1), [3.35, 3.2, 0.455], 15.0, &of(0x9A_2E3A));
    stand(place, (PropKind::Bowl, 1), [2.75, 3.2, 0.455], 0.0, &of(0x2E_6F78));
    stand(place, (PropKind::Plant, 0), [5.6, 4.45, 0.0], 20.0, &of(0xC8_6A3E));
    stand(place, (PropKind::Plant, 1), [0.35, 4.6, 0.0], 70.0, &of(0xE0_D8C8));
    stand(place, (PropKind::Shelf, 0), [5.98, 2.6, 0.0], -90.0, &of(0xB5_7A2E));
    stand(place, (PropKind::Vase, 2), [5.98, 2.6, 1.79], 0.0, &of(0x3A_5F8A));
    stand(place, (PropKind::Table, 0), [4.6, 0.5, 0.0], 0.0, &of(0xB5_7A2E));
    stand(place, (PropKind::Chair, 0), [4.3, 1.15, 0.0], 172.0, &of(0xB5_7A2E));
    stand(place, (PropKind::Vase, 1), [4.05, 0.42, 0.746], 0.0, &of(0xC2_5B3A));
    stand(place, (PropKind::Book, 0), [4.7, 0.45, 0.746], 20.0, &of(0x2F_5D50));
    let lamp = Prop::new(PropKind::Lamp, 0);
    place.lamp("lamp", &lamp, Vec3::new(5.1, 0.4, 0.746), 0.0, &of(0xE8_DCC4), 420.0 * WARM);
    let pictures = [
        (4.6, 0.0, 1.6, Vec2::Y, 1.1, 0.75),
        (2.2, 0.0, 1.5, Vec2::Y, 0.6, 0.8),
        (6.2, 3.9, 1.5, Vec2::NEG_X, 0.7, 0.9),
        (6.2, 1.3, 1.5, Vec2::NEG_X, 0.9, 0.7),
        (3.1, 5.0, 1.55, Vec2::NEG_Y, 0.55, 0.75),
        (0.0, 2.9, 1.5, Vec2::X, 0.7, 0.9),
        (-1.2, 2.2, 1.5, Vec2::NEG_Y, 0.7, 0.5),
    ];
    hang(place, &pictures);
    stand(place, (PropKind::Stool, 0), [-0.5, 1.9, 0.0], 0.0, &of(0xB5_7A2E));
}
