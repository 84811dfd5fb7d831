//! What stands on a stage.

use glam::{Vec2, Vec3, vec2, vec3};

use super::form::{Form, Outline, ball, board, lathe, polar, ring, rod, sheet, tube, turned};
use super::{PropPart, Stuff, part};

pub(super) fn spotlight(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => barn_doors(),
        1 => floor_can(),
        _ => softbox(),
    }
}

pub(super) fn curtain(variant: u32) -> Vec<PropPart> {
    match variant {
        0 => drape(),
        1 => tied_back(),
        _ => swags(),
    }
}

/// Three legs, a collar that spreads them and a pole up to a height.
fn tripod(reach: f32, hub: f32, height: f32) -> Form {
    let leg = |a: f32| {
        let foot = polar(a, reach, 0.012);
        let strut = rod(polar(a, 0.015, 0.45 * hub), foot.lerp(polar(a, 0.02, hub), 0.42), [0.006; 2]);
        rod(foot, polar(a, 0.02, hub), [0.009, 0.011]).and(strut).and(ball(foot, 0.014, 8))
    };
    let pole = rod(Vec3::Z * 0.4 * hub, Vec3::Z * height, [0.0125; 2]);
    let collars = [0.45 * hub, hub].map(|z| rod(Vec3::Z * (z - 0.03), Vec3::Z * (z + 0.03), [0.024; 2]));
    [30.0, 150.0, 270.0].map(leg).into_iter().chain(collars).collect::<Form>().and(pole)
}

/// A lamp that looks along +z from its middle, with its lens.
fn can(radius: f32, length: f32) -> [Form; 2] {
    let (r, l) = (radius, length);
    let body = Outline::corners(&[
        [0.0, -0.5 * l, 0.0],
        [0.55 * r, -0.5 * l, 0.2 * r],
        [0.9 * r, -0.22 * l, 0.1 * r],
        [0.9 * r, 0.3 * l, 0.0],
        [r, 0.32 * l, 0.004],
        [r, 0.5 * l, 0.004],
        [0.88 * r, 0.5 * l, 0.003],
        [0.86 * r, 0.4 * l, 0.0],
        [0.0, 0.4 * l, 0.0],
    ]);
    let lens = Outline::corners(&[
        [0.0, 0.38 * l, 0.0],
        [0.84 * r, 0.38 * l, 0.0],
        [0.84 * r, 0.42 * l, 0.0],
        [0.5 * r, 0.46 * l, 0.1],
        [0.0, 0.475 * l, 0.0],
    ]);
    [turned(7, &body), turned(6, &lens)]
}

/// A fork from below around a lamp of some half width, with its knobs.
fn yoke(half: f32, below: f32) -> Form {
    let path = [
        (half, 0.0),
        (half, -0.55 * below),
        (0.85 * half, -0.88 * below),
        (0.4 * half, -below),
        (-0.4 * half, -below),
        (-0.85 * half, -0.88 * below),
        (-half, -0.55 * below),
        (-half, 0.0),
    ];
    let arm = tube(0.009, &path.map(|(x, z)| vec3(x, 0.0, z)), 8);
    arm.and(rod(vec3(half - 0.02, 0.0, 0.0), vec3(half + 0.028, 0.0, 0.0), [0.014, 0.018]).doubled(Vec3::X))
}

fn barn_doors() -> Vec<PropPart> {
    let aim = |form: Form| form.turned(Vec3::X, 104.0).at(Vec3::Z * 1.42);
    let [body, lens] = can(0.1, 0.24);
    let doors = [0.0_f32, 90.0, 180.0, 270.0].map(|a| {
        let half = if a == 0.0 || a == 180.0 { 0.1 } else { 0.085 };
        board(vec3(-half, -0.0012, 0.0), vec3(half, 0.0012, 0.13), 0.0005)
            .turned(Vec3::X, -32.0)
            .at(vec3(0.0, 0.1, 0.118))
            .turned(Vec3::Z, a)
    });
    let fork = yoke(0.125, 0.15).at(Vec3::Z * 1.42);
    vec![
        part("stand", Stuff::Metal, tripod(0.42, 0.72, 1.29).and(fork)),
        part("head", Stuff::Metal, aim(body)),
        part("doors", Stuff::Metal, aim(doors.into_iter().collect())),
        part("lens", Stuff::Glow, aim(lens)),
    ]
}

fn floor_can() -> Vec<PropPart> {
    let aim = |form: Form| form.turned(Vec3::X, 58.0).at(Vec3::Z * 0.23);
    let [body, lens] = can(0.12, 0.36);
    let fins = (0..4).map(|i| {
        let z = -0.02 - 0.035 * i as f32;
        let fin = Outline::corners(&[[0.0, z, 0.0], [0.116, z, 0.002], [0.116, z + 0.008, 0.002], [0.0, z + 0.008, 0.0]]);
        turned(6, &fin)
    });
    let feet = [-0.12, 0.12].map(|x: f32| board(vec3(x - 0.02, -0.19, 0.0), vec3(x + 0.02, 0.19, 0.024), 0.006));
    vec![
        part("head", Stuff::Metal, aim(fins.fold(body, Form::and))),
        part("fork", Stuff::Metal, feet.into_iter().collect::<Form>().and(yoke(0.145, 0.21).at(Vec3::Z * 0.23))),
        part("lens", Stuff::Glow, aim(lens)),
    ]
}

fn softbox() -> Vec<PropPart> {
    let aim = |form: Form| form.turned(Vec3::X, 100.0).at(vec3(0.0, -0.06, 1.48));
    let wide = vec2(0.33, 0.24);
    // From a small back to a wide front.
    let hood = Outline::corners(&[
        [0.0, 0.0, 0.0],
        [0.02, 0.0, 0.006],
        [0.02, 0.3, 0.003],
        [0.008, 0.3, 0.003],
        [0.008, 0.27, 0.0],
        [0.0, 0.27, 0.0],
    ]);
    let taper = |p: Vec3| {
        let t = (p.z / 0.3).clamp(0.0, 1.0);
        (p.truncate() * (0.2 + 0.8 * t * (1.6 - 0.6 * t))).extend(p.z)
    };
    let hood = lathe(wide - 0.02, 4, &hood.cut(0.07)).shaped(taper);
    let front = sheet([6, 6], 0.003, |u, v| {
        let (x, y) = (2.0 * u - 1.0, 2.0 * v - 1.0);
        vec3(0.319 * x, 0.229 * y, 0.284 + 0.012 * (1.0 - x * x) * (1.0 - y * y))
    });
    let head = rod(Vec3::Z * -0.16, Vec3::Z * 0.02, [0.055, 0.06]);
    let tilt = board(vec3(-0.03, -0.05, 1.38), vec3(0.03, 0.03, 1.47), 0.006);
    vec![
        part("stand", Stuff::Metal, tripod(0.42, 0.7, 1.4).and(tilt)),
        part("hood", Stuff::Fabric, aim(hood)),
        part("head", Stuff::Metal, aim(head)),
        part("front", Stuff::Glow, aim(front)),
    ]
}

/// Two stands with a rail across.
fn rail(half: f32, height: f32) -> Form {
    let stand = |s: f32| {
        let foot =
            Outline::corners(&[[0.0, 0.0, 0.0], [0.13, 0.0, 0.003], [0.13, 0.012, 0.005], [0.03, 0.03, 0.02], [0.0, 0.03, 0.0]]);
        turned(5, &foot).at(vec3(s * half, 0.0, 0.0)).and(rod(vec3(s * half, 0.0, 0.02), vec3(s * half, 0.0, height), [0.016; 2]))
    };
    let knob = |s: f32| ball(vec3(s * (half + 0.05), 0.0, height), 0.03, 8);
    [
        stand(-1.0),
        stand(1.0),
        knob(-1.0),
        knob(1.0),
        rod(vec3(-half - 0.05, 0.0, height), vec3(half + 0.05, 0.0, height), [0.014; 2]),
    ]
    .into_iter()
    .collect()
}

/// Depth of the folds at a place across, in folds.
fn fold(x: f32) -> f32 {
    let d = Vec2::from_angle(std::f32::consts::TAU * x);
    // A little sharper to the front than to the back.
    d.y + 0.25 * (2.0 * d.x * d.x - 1.0)
}

fn drape() -> Vec<PropPart> {
    let (half, high) = (0.8, 2.0);
    let cloth = sheet([72, 4], 0.004, |u, v| {
        let low = 1.0 - v;
        vec3(half * (2.0 * u - 1.0), (0.02 + 0.016 * low) * fold(9.0 * u + 0.12 * low), 0.015 + (high - 0.015) * v)
    });
    vec![part("rail", Stuff::Metal, rail(0.87, high + 0.004)), part("cloth", Stuff::Fabric, cloth)]
}

fn tied_back() -> Vec<PropPart> {
    let (half, high, tie) = (0.95, 2.1, 0.85);
    let side = || {
        sheet([24, 6], 0.004, move |u, v| {
            let z = 0.02 + (high - 0.02) * v;
            // Full width at the rail, a waist at the cord, and spread again at the floor.
            let reach = if z > tie {
                let t = (z - tie) / (high - tie);
                0.16 + 0.74 * t * t * (1.6 - 0.6 * t)
            } else {
                let t = (tie - z) / tie;
                0.16 + 0.2 * t * (2.0 - t)
            };
            vec3(-half + reach * u, (0.014 + 0.045 * reach) * fold(3.0 * u), z)
        })
    };
    let cord = |s: f32| {
        let path =
            [(-0.015, 0.0), (0.02, -0.075), (0.1, -0.09), (0.17, -0.05), (0.185, 0.0), (0.17, 0.05), (0.1, 0.09), (0.02, 0.075)];
        ring(0.011, &path.map(|(x, y)| vec3(s * (half - x), y, tie + 0.1 * (0.1 - x))), 8)
    };
    vec![
        part("rail", Stuff::Metal, rail(half + 0.06, high + 0.004)),
        part("cloth", Stuff::Fabric, side().doubled(Vec3::X)),
        part("cords", Stuff::Fabric, cord(-1.0).and(cord(1.0))),
    ]
}

fn swags() -> Vec<PropPart> {
    let (half, high, lobes) = (0.95, 2.1, 4.0);
    // Drawn up at five cords: between them the cloth hangs in lobes, and its gathers bulge to the front.
    let cloth = sheet([32, 10], 0.004, move |u, v| {
        let lobe = Vec2::from_angle(std::f32::consts::PI * lobes * u).y;
        let sag = lobe * lobe;
        let low = 1.2 - 0.26 * sag;
        let gather = Vec2::from_angle(std::f32::consts::TAU * 3.0 * (1.0 - v)).x;
        vec3(half * (2.0 * u - 1.0), 0.02 - (0.035 + 0.025 * sag) * (1.0 - gather) * (0.3 + 0.7 * sag), low + (high - low) * v)
    });
    let tassels = (0..5).map(|i| {
        let x = half * (0.5 * i as f32 - 1.0);
        let skirt =
            [[0.0, 0.0], [0.026, 0.0], [0.01, 0.085], [0.02, 0.1], [0.012, 0.118], [0.0, 0.122]].map(|[r, z]| [r, z, 0.0]);
        turned(3, &Outline::corners(&skirt)).at(vec3(x, 0.0, 1.084))
    });
    vec![
        part("rail", Stuff::Metal, rail(half + 0.06, high + 0.004)),
        part("cloth", Stuff::Fabric, cloth),
        part("tassels", Stuff::Fabric, tassels.collect()),
    ]
}
