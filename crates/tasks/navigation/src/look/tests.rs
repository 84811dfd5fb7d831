//! Landmarks fit and have one hue; places are valid scenes.

use glam::{Vec2, Vec3, vec3};
use raytruth_eval::hue;
use raytruth_task::dress::Paint;
use raytruth_task::interior::{Opening, Wall};
use raytruth_task::props::PropKind;

use super::*;
use crate::layout::{Family, Form, Furniture};
use forms::Shade;

fn all() -> impl Iterator<Item = Form> {
    let lists: [&[Form]; 4] = [&Form::SCULPTURES, &Form::PIECES, &Form::MONUMENTS, &[Form::Door]];
    lists.into_iter().flatten().copied()
}

#[test]
fn forms_fit_their_bounds_and_stand_on_the_floor() {
    for form in all() {
        let size = form.size();
        let bounds = forms::pieces(form)
            .iter()
            .map(|piece| piece.mesh.aabb())
            .reduce(|all, next| all.union(&next))
            .expect("at least one piece");
        let hung = if form.hangs() { vec3(0.0, -0.5 * size.y, 0.0) } else { Vec3::ZERO };
        let (lo, hi) = (hung - 0.5 * size.with_z(0.0), hung + 0.5 * size.with_z(2.0 * size.z));
        assert!(bounds.min.cmpge(lo - 1e-4).all() && bounds.max.cmple(hi + 1e-4).all(), "{form:?}: {bounds:?} in {lo} to {hi}");
        assert!(bounds.min.z.abs() < 0.01, "{form:?}: {}", bounds.min.z);
        assert!(bounds.size().cmpge(0.8 * size).all(), "{form:?}: {} of {size}", bounds.size());
    }
}

#[test]
fn meshes_are_sound_and_neither_plain_nor_heavy() {
    let triangles = |form| forms::pieces(form).iter().map(|piece| piece.mesh.triangles.len()).sum::<usize>();
    let wrong: Vec<_> = all().map(|form| (form, triangles(form))).filter(|(_, n)| !(300..=3000).contains(n)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    for form in all() {
        let pieces = forms::pieces(form);
        for piece in &pieces {
            assert!(piece.mesh.normals.iter().all(|n| (n.length() - 1.0).abs() < 1e-3), "{form:?} {}", piece.name);
        }
        let mut names: Vec<&str> = pieces.iter().map(|piece| piece.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), pieces.len(), "{form:?}");
    }
}

/// What is seen of a landmark from the front, in cells of 2 cm: the height above the floor, and the shade.
fn seen(form: Form) -> Vec<(f32, Shade)> {
    const CELL: f32 = 0.02;
    let size = form.size();
    let (columns, rows) = ((size.x / CELL) as usize + 1, (size.z / CELL) as usize + 1);
    let mut front = vec![(f32::MAX, Shade::Pale); columns * rows];
    for piece in forms::pieces(form) {
        for [a, b, c] in piece.mesh.corners() {
            let flat = |p: Vec3| Vec2::new(p.x, p.z);
            let area = (flat(b) - flat(a)).perp_dot(flat(c) - flat(a));
            for (i, nearest) in front.iter_mut().enumerate() {
                let p = Vec2::new((i % columns) as f32 * CELL - 0.5 * size.x, (i / columns) as f32 * CELL) + 0.003;
                let w = [(b, c), (c, a), (a, b)].map(|(q, r)| (flat(q) - p).perp_dot(flat(r) - p) / area);
                let y = w[0] * a.y + w[1] * b.y + w[2] * c.y;
                if area != 0.0 && w.iter().all(|w| *w >= 0.0) && y < nearest.0 {
                    *nearest = (y, piece.shade);
                }
            }
        }
    }
    let cells = front.into_iter().enumerate().filter(|(_, (y, _))| *y < f32::MAX);
    cells.map(|(i, (_, shade))| ((i / columns) as f32 * CELL, shade)).collect()
}

#[test]
fn one_hue_dominates() {
    for form in all() {
        let is_sculpture = Form::SCULPTURES.contains(&form);
        let cells: Vec<Shade> =
            seen(form).into_iter().filter(|(z, _)| !is_sculpture || *z > 1.0).map(|(_, shade)| shade).collect();
        let own = cells.iter().filter(|shade| matches!(shade, Shade::Own | Shade::Deep)).count();
        assert!(own as f32 > 0.6 * cells.len() as f32, "{form:?}: {own} of {}", cells.len());
    }
}

#[test]
fn paints_show_as_themselves() {
    let rng = &mut Rng::from_seed(4);
    for paint in Paint::draw(rng, Paint::COUNT) {
        let color = paint.color(rng);
        for (form, piece) in all().flat_map(|form| forms::pieces(form).into_iter().map(move |piece| (form, piece))) {
            let shown = forms::dress(piece.shade, piece.stuff, color, rng).base_color.to_array();
            let is_own = matches!(piece.shade, Shade::Own | Shade::Deep);
            assert_eq!(is_own, hue::is_hue(shown), "{form:?} {}: {shown:?}", piece.name);
            if is_own {
                assert!(!hue::told_apart(shown, color.to_array()), "{form:?} {}: {shown:?}", piece.name);
            }
        }
    }
}

/// A place of two rooms, or a court, with some of everything.
pub(crate) fn place(family: Family, roofed: bool, rng: &mut Rng) -> Layout {
    let wall = |from: (f32, f32), to: (f32, f32), openings| Wall { from: from.into(), to: to.into(), height: 2.6, openings };
    let window = if family == Family::Rooms { vec![Opening::window(2.0, 1.2, 0.8, 2.2)] } else { vec![] };
    let walls = vec![
        wall((0.0, 4.0), (6.0, 4.0), window),
        wall((6.0, 4.0), (6.0, 0.0), vec![]),
        wall((6.0, 0.0), (0.0, 0.0), vec![]),
        wall((0.0, 0.0), (0.0, 4.0), vec![]),
        wall((3.0, 0.0), (3.0, 4.0), vec![Opening::door(2.0, 0.9, 2.1)]),
    ];
    let paints = Paint::draw(rng, 3);
    let forms =
        [(Form::Ball, (1.0, 3.2), Vec2::NEG_Y), (Form::Door, (4.5, 0.06), Vec2::Y), (Form::Arch, (5.0, 2.6), Vec2::NEG_X)];
    let landmark = |((form, at, out), paint): ((Form, (f32, f32), Vec2), Paint)| Landmark { form, paint, at: at.into(), out };
    let landmarks = forms.into_iter().zip(paints).map(landmark).collect();
    let furniture =
        vec![Furniture { kind: PropKind::Plant, variant: 0, at: Vec2::new(0.6, 0.6), out: Vec2::Y, size: Vec3::splat(0.5) }];
    let middles = vec![Vec2::new(1.5, 2.0), Vec2::new(4.5, 2.0)];
    Layout { family, area: Rect::new(Vec2::ZERO, Vec2::new(6.0, 4.0)), walls, height: 2.6, roofed, landmarks, furniture, middles }
}

#[test]
fn places_are_valid_scenes_and_drawn_alike_from_alike_streams() {
    let clip = Clip { width: 64, height: 40, fps: 16, frames: 2, lead: 0 };
    for (family, roofed) in [(Family::Maze, true), (Family::Maze, false), (Family::Rooms, true), (Family::Plaza, false)] {
        for seed in 0..8 {
            let layout = place(family, roofed, &mut Rng::from_seed(seed));
            let scene = || {
                let look = Look::draw(&mut Rng::from_seed(100 + seed), &layout);
                build(&layout, &look, &clip).scene
            };
            let set = scene();
            set.validate().expect("a whole scene");
            assert_eq!(set, scene());
            // What the truth has of pilasters is where they stand.
            let shafts =
                set.objects.iter().filter(|o| o.name.strip_prefix("pilaster_").is_some_and(|n| n.parse::<u32>().is_ok()));
            let shafts: Vec<_> = shafts.filter_map(|o| set.object_index(&o.name)).map(|i| set.object_aabb(i, 0)).collect();
            let solids = pilaster_solids(&layout);
            let same = |(a, b): (&raytruth_scene::Aabb, &crate::solids::Solid)| {
                a.min.abs_diff_eq(b.min, 1e-3) && a.max.abs_diff_eq(b.max, 1e-3)
            };
            assert!(shafts.len() == solids.len() && shafts.iter().zip(&solids).all(same), "{shafts:?} {solids:?}");
            assert_eq!(family == Family::Plaza, !solids.is_empty());
            for landmark in &layout.landmarks {
                let whole = set.object_index(&landmark.id()).map(|i| &set.objects[i]).expect("a landmark");
                let parts = set.objects.iter().filter(|o| o.id == whole.id).count();
                assert!(whole.role == Role::Target && parts > 1, "{}", landmark.id());
                let bounds = set.objects.iter().enumerate().filter(|(_, o)| o.id == whole.id).map(|(i, _)| set.object_aabb(i, 0));
                let all = bounds.reduce(|a, b| a.union(&b)).expect("parts");
                let foot = landmark.footprint();
                assert!(all.min.truncate().cmpge(foot.min - 1e-3).all() && all.max.truncate().cmple(foot.max + 1e-3).all());
            }
        }
    }
}

/// Lamps of a room hang in it, though one sees through its doors into the next.
#[test]
fn every_room_has_a_lamp_of_its_own() {
    let rng = &mut Rng::from_seed(3);
    let mut layout = place(Family::Rooms, true, rng);
    let wall = |from: (f32, f32), to: (f32, f32), openings| Wall { from: from.into(), to: to.into(), height: 2.6, openings };
    let door = || vec![Opening::door(2.0, 0.9, 2.1)];
    layout.area = Rect::new(Vec2::ZERO, Vec2::new(9.0, 4.0));
    layout.walls = vec![
        wall((0.0, 4.0), (9.0, 4.0), vec![]),
        wall((9.0, 4.0), (9.0, 0.0), vec![]),
        wall((9.0, 0.0), (0.0, 0.0), vec![]),
        wall((0.0, 0.0), (0.0, 4.0), vec![]),
        wall((3.0, 0.0), (3.0, 4.0), door()),
        wall((6.0, 0.0), (6.0, 4.0), door()),
    ];
    layout.middles = [1.5, 4.5, 7.5].map(|x| Vec2::new(x, 2.0)).to_vec();
    let lamps = Lighting::draw(&layout, rng).lamps;
    for x in [0.0, 3.0, 6.0] {
        assert!(lamps.iter().any(|lamp| (x + 0.5..x + 2.5).contains(&lamp.x)), "{lamps:?}");
    }
}
