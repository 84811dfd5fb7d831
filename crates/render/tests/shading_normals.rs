//! How far normals are bent, and which are not. Nothing here is left to chance: normals and gazes lie on spirals over the sphere.

mod gpu;

use glam::DVec3;
use gpu::{Scene, gpu, with_fault};

const KERNEL: &str = include_str!("kernels/shading_normal.wgsl");
/// The geometric normal.
const N: DVec3 = DVec3::Z;

#[derive(Clone, Copy)]
struct Surface {
    roughness: f64,
    specular: f64,
    metallic: f64,
    transmission: f64,
    coat: f64,
    coat_roughness: f64,
    ior: f64,
    outer_ior: f64,
    thin: bool,
}

const METAL: Surface = Surface {
    roughness: 0.0,
    specular: 1.0,
    metallic: 1.0,
    transmission: 0.0,
    coat: 0.0,
    coat_roughness: 0.0,
    ior: 1.5,
    outer_ior: 1.0,
    thin: false,
};
const GLASS: Surface = Surface { metallic: 0.0, transmission: 1.0, ..METAL };

/// The interpolated normal below a map.
fn leaning() -> DVec3 {
    DVec3::new(0.2, 0.0, 1.0).normalize()
}

/// An interpolated normal on the side of [`N`], and where one looks.
#[derive(Clone, Copy)]
struct Case {
    asked: DVec3,
    gaze: DVec3,
}

/// The normals that the shader gives, towards the viewer. `mapped`: asked for by a normal map instead.
fn bent(cases: &[Case], s: Surface, mapped: bool) -> Vec<DVec3> {
    let input: Vec<f32> = cases
        .iter()
        .flat_map(|c| {
            let (own, map) = if mapped { (leaning(), c.asked) } else { (c.asked, DVec3::ZERO) };
            let all = [N.extend(s.roughness), own.extend(s.specular), c.gaze.extend(s.metallic), map.extend(s.transmission)];
            let rest = [s.coat, s.coat_roughness, s.ior, if s.thin { -s.outer_ior } else { s.outer_ior }];
            all.map(|v| v.to_array()).into_iter().flatten().chain(rest).map(|v| v as f32).collect::<Vec<_>>()
        })
        .collect();
    let groups = cases.len().div_ceil(64) as u32;
    let out = gpu().run(KERNEL, &["SMOOTH_NORMALS"], &Scene::default(), &input, 4 * cases.len(), groups);
    out.chunks_exact(4).map(|c| DVec3::new(f64::from(c[0]), f64::from(c[1]), f64::from(c[2]))).collect()
}

fn spiral(i: usize, count: usize) -> DVec3 {
    let z = 1.0 - (2.0 * i as f64 + 1.0) / count as f64;
    let (sin, cos) = (2.399_963 * i as f64).sin_cos();
    let r = (1.0 - z * z).sqrt();
    DVec3::new(r * cos, r * sin, z)
}

/// Normals that lean by up to 80 degrees, and gazes from all sides of one side.
fn many(outside: bool) -> Vec<Case> {
    let gazes = (0..1200).map(|i| spiral(i, 1200)).filter(|d| (d.z < -1e-3) == outside && d.z.abs() > 1e-3);
    let cases = gazes.enumerate().map(|(i, gaze)| {
        let lean = spiral((7 * i + 3) % 60, 60);
        Case { asked: DVec3::new(lean.x, lean.y, lean.z.abs().max(0.18)).normalize(), gaze }
    });
    cases.collect()
}

fn mirrored(gaze: DVec3, up: DVec3) -> DVec3 {
    gaze - 2.0 * gaze.dot(up) * up
}

fn refracted(gaze: DVec3, up: DVec3, eta: f64) -> Option<DVec3> {
    let cos = -gaze.dot(up);
    let g2 = eta * eta - 1.0 + cos * cos;
    (g2 > 0.0).then(|| (gaze + (cos - g2.sqrt()) * up) / eta)
}

fn check(what: &str, holds: bool) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_owned()) }
}

/// What a mirror shows is above the surface by a hundredth, or nearly as far as the viewer is; where it was, nothing is bent.
fn mirrors_show_what_is_above() -> Result<(), String> {
    for (outside, mapped) in [(true, false), (false, false), (true, true), (false, true)] {
        let face = if outside { 1.0 } else { -1.0 };
        let cases = many(outside);
        let (mut kept, mut turned) = (0, 0);
        for (c, up) in cases.iter().zip(bent(&cases, METAL, mapped)) {
            let (asked, n, wo) = (face * c.asked, face * N, -c.gaze);
            let least = (0.9 * wo.dot(n)).min(0.01);
            check("unit", (up.length() - 1.0).abs() < 1e-5)?;
            check("the mirrored ray is above", mirrored(c.gaze, up).dot(n) > least - 1e-5)?;
            if asked.dot(wo) > 0.011 && mirrored(c.gaze, asked).dot(n) > least + 1e-4 {
                kept += 1;
                check("left as it is", up.distance(asked) < 1e-5)?;
            } else if asked.dot(wo) > 0.011 && mirrored(c.gaze, asked).dot(n) < least - 1e-4 {
                turned += 1;
                // No farther than it must be: in the same plane, as far as the lift says.
                let m = mirrored(c.gaze, asked);
                let lifted = (m + (least - m.dot(n)) * n).normalize();
                check("turned as far as needed", up.distance((wo + lifted).normalize()) < 1e-4)?;
            }
        }
        check("both happen", kept > 100 && turned > 100)?;
    }
    Ok(())
}

/// The lobe of what is rough needs more room, until it is so wide that most of it is above anyway.
fn room_grows_with_the_lobe() -> Result<(), String> {
    let wo = DVec3::new(0.6, 0.0, 0.8);
    let with_room = |above: f64| {
        let m = DVec3::new(-(1.0 - above * above).sqrt(), 0.0, above);
        Case { asked: (wo + m).normalize(), gaze: -wo }
    };
    for (roughness, room) in [(0.0, 0.01), (0.08, 0.01 + 4.0 * 0.0064), (0.3, 0.06)] {
        let s = Surface { roughness, ..METAL };
        let [little, enough] = [room - 0.004, room + 0.004].map(with_room);
        let ups = bent(&[little, enough], s, false);
        check("too little room", (mirrored(-wo, ups[0]).dot(N) - room).abs() < 1e-3)?;
        check("room enough", ups[1].distance(enough.asked) < 1e-5)?;
    }
    // From a grazing gaze one cannot ask for more than nine tenths of what the gaze has.
    let wo = DVec3::new((1.0f64 - 0.0105 * 0.0105).sqrt(), 0.0, 0.0105);
    let asked = DVec3::new(0.0, 0.19f64.sin(), 0.19f64.cos());
    check("grazing", bent(&[Case { asked, gaze: -wo }], METAL, false)[0].distance(asked) < 1e-5)
}

/// Above a roughness of 1/2 less and less is bent; of a coat over matt paint, as of the coat.
fn what_is_rough_is_bent_in_part() -> Result<(), String> {
    let cases = many(true);
    let [half, three, coat] = [
        Surface { roughness: 0.5, ..METAL },
        Surface { roughness: 0.75, ..METAL },
        Surface { roughness: 1.0, coat: 1.0, ..METAL },
    ]
    .map(|s| bent(&cases, s, false));
    for (i, c) in cases.iter().enumerate().filter(|(_, c)| c.asked.dot(c.gaze) < -0.011) {
        check("half of the way", three[i].distance((c.asked + half[i]).normalize()) < 1e-4)?;
        check("as the coat", coat[i].distance(half[i]) < 1e-4)?;
    }
    Ok(())
}

/// What mirrors nothing keeps its normal, as long as the viewer sees it; a map's that is turned away gives way to the interpolated one.
fn what_is_matt_is_not_bent() -> Result<(), String> {
    let matt = Surface { roughness: 1.0, specular: 0.0, metallic: 0.0, ..METAL };
    let cases = many(true);
    for mapped in [false, true] {
        for (c, up) in cases.iter().zip(bent(&cases, matt, mapped)) {
            let wanted = if mapped { vec![c.asked, leaning(), N] } else { vec![c.asked, N] };
            let expected = wanted.into_iter().find(|n| n.dot(c.gaze) < -1e-3);
            check("matt", expected.is_some_and(|n| up.distance(n) < 1e-4))?;
        }
    }
    Ok(())
}

/// A normal that is turned away from the viewer is turned back until it is seen, and then as any other.
fn what_is_turned_away_is_turned_back() -> Result<(), String> {
    let cases = many(true);
    let seen: Vec<Case> = cases
        .iter()
        .map(|c| Case { asked: (c.asked + (0.01 + c.asked.dot(c.gaze)).max(0.0) * -c.gaze).normalize(), ..*c })
        .collect();
    let away = cases.iter().filter(|c| c.asked.dot(c.gaze) > 0.0).count();
    let [a, b] = [&cases, &seen].map(|cases| bent(cases, METAL, false));
    check("turned back", away > 50 && a.iter().zip(&b).all(|(a, b)| a.distance(*b) < 2e-4))
}

/// Light that leaves glass is below the surface, where it is not mirrored; a thin sheet is bent as a mirror is.
fn light_leaves_glass() -> Result<(), String> {
    // Into air, and into water.
    [1.0, 1.33].into_iter().try_for_each(light_leaves_glass_into)
}

fn light_leaves_glass_into(outer_ior: f64) -> Result<(), String> {
    let (cases, eta) = (many(false), outer_ior / 1.5);
    let surfaces = [GLASS, Surface { thin: true, ..GLASS }, METAL].map(|s| Surface { outer_ior, ..s });
    let [glass, thin, metal] = surfaces.map(|s| bent(&cases, s, false));
    let mut changed = 0;
    for (i, c) in cases.iter().enumerate() {
        check("thin sheets are bent as mirrors", thin[i].distance(metal[i]) < 1e-5)?;
        check("the mirrored ray stays inside", mirrored(c.gaze, glass[i]).z < 1e-5)?;
        if let Some(out) = refracted(c.gaze, glass[i], eta) {
            // N is on the other side of the viewer.
            let fits = out.z > 0.0099 || glass[i].distance(-N) < 1e-5;
            check(&format!("what leaves is outside: {out}"), fits)?;
        }
        let before = refracted(c.gaze, metal[i], eta);
        changed += u32::from(before.is_some_and(|out| out.z < 0.0) && glass[i].distance(metal[i]) > 1e-4);
    }
    check("it would not always", changed > 5)
}

const ALL: [fn() -> Result<(), String>; 6] = [
    mirrors_show_what_is_above,
    room_grows_with_the_lobe,
    what_is_rough_is_bent_in_part,
    what_is_matt_is_not_bent,
    what_is_turned_away_is_turned_back,
    light_leaves_glass,
];

#[test]
fn normals_are_bent_as_far_as_they_must_be() {
    for property in ALL {
        property().unwrap_or_else(|e| panic!("{e}"));
    }
}

#[test]
fn faults_are_found() {
    for (from, to) in [
        ("const LEAST_ABOVE = 0.01;", "const LEAST_ABOVE = 0.1;"),
        ("const LEAST_ABOVE = 0.01;", "const LEAST_ABOVE = 0.0;"),
        ("const FLAT = 0.999999;", "const FLAT = 0.9;"),
        ("if refracted.x < 1.0 && below < LEAST_ABOVE {", "if false {"),
        ("up = select(normal, up, dot(reflect(-wo, up), normal) > 0.0);", ""),
        ("return normalize(mix(asked, up, sharp));", "return up;"),
        ("select(s.roughness, min(s.roughness, s.coat_roughness), s.coat > 0.0)", "s.roughness"),
        ("bent(seen(wanted, wo)", "bent((wanted)"),
        ("let least = min(0.9 * dot(wo, normal), room);", "let least = room;"),
        ("is_mapped && dot(asked, direction) < -1.0e-3);", "is_mapped);"),
        ("&& !s.thin && !entering", "&& !entering"),
        ("&& !s.thin && !entering", "&& !s.thin && entering"),
        ("LEAST_ABOVE + min(4.0 * s.roughness * s.roughness, 0.05)", "LEAST_ABOVE"),
        ("return select(normal, up, dot(up, direction) < -1.0e-3);", "return up;"),
        ("let eta = s.outer_ior / s.ior;", "let eta = 1.0 / s.ior;"),
        ("let asked = face * rotate(p.rotation, mapped);", "let asked = rotate(p.rotation, mapped);"),
    ] {
        assert!(with_fault(from, to, || ALL.iter().any(|property| property().is_err())), "nobody sees `{to}` for `{from}`");
    }
}
