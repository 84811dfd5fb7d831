//! A corridor with lamps, doors and a bend.

use glam::{Vec2, Vec3};
use raytruth_scene::{Scene, srgb};
use raytruth_task::Rng;
use raytruth_task::interior::{Floor, Interior, Opening, Outfit, Rect, WARM, Walk, Wall, oiled, plaster};
use raytruth_task::props::{Prop, PropKind};

use super::{begun, hang, indoors, stand, style};

const HEIGHT: f32 = 2.7;

pub(super) fn scene() -> Scene {
    let walk = Walk {
        way: vec![Vec2::new(1.0, -0.1), Vec2::new(4.0, 0.1), Vec2::new(6.6, -0.05), Vec2::new(8.1, 0.7), Vec2::new(8.5, 2.1)],
        towards: Vec2::new(8.5, 7.0),
        eye: 1.5,
    };
    let mut set = begun(&walk);
    indoors(&mut set.scene);
    let rng = &mut Rng::from_seed(11);
    let wood = oiled(0x8A_5A34, rng);
    let floor = Floor::Boards { wood: oiled(0xA8_7A4C, rng), width: 0.14 };
    let style = style(plaster(srgb(0xB4_BCA6), rng), floor, srgb(0x34_4238), srgb(0xEE_EAE0));
    let place = &mut Interior::new(&mut set, style, 5);
    place.floor("floor", Rect::new((0.0, -1.0), (9.4, 1.0)));
    place.floor("floor_b", Rect::new((7.6, 1.0), (9.4, 7.0)));
    place.floor("floor_study", Rect::new((2.2, 1.0), (6.4, 4.4)));
    place.ceiling("ceiling", Rect::new((-0.2, -1.2), (9.6, 7.2)), HEIGHT, &[]);
    walls(place);
    lights(place);
    furniture(place, &wood);
    set.scene
}

fn walls(place: &mut Interior<'_>) {
    let mut wall = |name: &str, from: (f32, f32), to: (f32, f32), openings: Vec<Opening>| {
        place.wall(name, &Wall { from: from.into(), to: to.into(), height: HEIGHT, openings });
    };
    wall("south", (9.46, -1.06), (-0.06, -1.06), vec![Opening::door(4.3, 0.9, 2.08)]);
    wall("west", (-0.06, -1.06), (-0.06, 1.06), vec![]);
    wall("north", (-0.06, 1.06), (7.54, 1.06), vec![Opening::door(3.9, 1.0, 2.08)]);
    wall("bend", (7.54, 1.06), (7.54, 7.06), vec![]);
    wall("end", (7.54, 7.06), (9.46, 7.06), vec![]);
    wall("east", (9.46, 7.06), (9.46, -1.06), vec![Opening::door(2.5, 0.9, 2.08)]);
    wall("study_n", (2.14, 4.46), (6.46, 4.46), vec![]);
    wall("study_e", (6.46, 4.46), (6.46, 1.06), vec![]);
    wall("study_w", (2.14, 1.06), (2.14, 4.46), vec![]);
    // Shut doors.
    let leaf = raytruth_task::interior::satin(srgb(0x3C_5A64));
    place.block("door_south", Vec3::new(9.46 - 4.3, -1.08, 0.005), Vec3::new(0.85, 0.045, 2.04), 0.0, &leaf);
    place.block("door_east", Vec3::new(9.48, 4.56, 0.005), Vec3::new(0.045, 0.85, 2.04), 0.0, &leaf);
}

fn lights(place: &mut Interior<'_>) {
    for (i, x) in [1.6, 4.6, 8.5].into_iter().enumerate() {
        place.pendant(&format!("pendant_{i}"), Vec3::new(x, 0.0, 2.2), 0.1, HEIGHT, 90.0 * WARM);
    }
    place.pendant("pendant_b", Vec3::new(8.5, 4.4, 2.2), 0.1, HEIGHT, 85.0 * WARM);
    place.pendant("pendant_study", Vec3::new(4.3, 2.7, 2.05), 0.13, HEIGHT, 70.0 * WARM);
    for (i, x) in [3.1, 6.4].into_iter().enumerate() {
        place.sconce(&format!("sconce_{i}"), Vec3::new(x, -0.87, 1.75), Vec2::Y, 0.13, 34.0 * WARM);
    }
    place.sconce("sconce_end", Vec3::new(8.0, 6.87, 1.75), Vec2::NEG_Y, 0.13, 50.0 * WARM);
    place.sconce("sconce_end_b", Vec3::new(9.0, 6.87, 1.75), Vec2::NEG_Y, 0.13, 50.0 * WARM);
}

fn furniture(place: &mut Interior<'_>, wood: &raytruth_scene::Material) {
    let of = |hex: u32| Outfit { wood: wood.clone(), color: srgb(hex) };
    place.rug("runner", Rect::new((1.2, -0.45), (7.0, 0.45)), srgb(0x8E_2F2A), srgb(0x2B_3146));
    place.rug("runner_b", Rect::new((8.05, 1.6), (8.95, 6.2)), srgb(0x2F_4B6B), srgb(0xB8_9A5A));
    let pictures = [
        (7.3, -1.0, 1.52, Vec2::Y, 0.6, 0.8),
        (2.2, -1.0, 1.52, Vec2::Y, 0.8, 0.6),
        (5.6, 1.0, 1.52, Vec2::NEG_Y, 0.55, 0.75),
        (1.6, 1.0, 1.52, Vec2::NEG_Y, 0.9, 0.65),
        (9.4, 0.3, 1.52, Vec2::NEG_X, 0.8, 1.0),
        (7.6, 3.4, 1.52, Vec2::X, 0.9, 0.7),
        (9.4, 2.9, 1.52, Vec2::NEG_X, 0.6, 0.8),
        (8.5, 7.0, 1.52, Vec2::NEG_Y, 0.9, 0.75),
        (3.4, 4.4, 1.52, Vec2::NEG_Y, 1.0, 0.8),
    ];
    hang(place, &pictures);
    stand(place, (PropKind::Bench, 2), [6.3, 0.74, 0.0], 0.0, &of(0xB5_7A2E));
    stand(place, (PropKind::Plant, 1), [7.25, 0.8, 0.0], 30.0, &of(0xD8_D0C0));
    stand(place, (PropKind::Stool, 0), [2.7, -0.76, 0.0], 0.0, &of(0xB5_7A2E));
    stand(place, (PropKind::Vase, 1), [2.7, -0.76, 0.465], 0.0, &of(0x2E_6F78));
    stand(place, (PropKind::Plant, 0), [8.95, -0.55, 0.0], 0.0, &of(0x9C_4A2E));
    stand(place, (PropKind::Table, 0), [8.5, 6.55, 0.0], 0.0, &of(0xB5_7A2E));
    stand(place, (PropKind::Vase, 0), [8.25, 6.5, 0.746], 0.0, &of(0xC2_5B3A));
    stand(place, (PropKind::Book, 0), [8.8, 6.45, 0.746], 25.0, &of(0x2F_5D50));
    stand(place, (PropKind::Table, 0), [4.6, 3.7, 0.0], 0.0, &of(0xB5_7A2E));
    stand(place, (PropKind::Chair, 1), [5.4, 2.2, 0.0], -60.0, &of(0x3A_6B5C));
    stand(place, (PropKind::Shelf, 0), [2.38, 3.2, 0.0], 90.0, &of(0xB5_7A2E));
    let lamp = Prop::new(PropKind::Lamp, 0);
    place.lamp("study_lamp", &lamp, Vec3::new(4.2, 3.75, 0.746), 0.0, &of(0xE8_DCC4), 350.0 * WARM);
}
