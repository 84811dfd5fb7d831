//! From a story and a look to a scene: four plinths, and what lies on them.

use glam::{DVec2, DVec3, Vec3, vec3};
use raytruth_scene::{Aabb, Object, Pose, Role, Scene, Shape};
use raytruth_task::dress::Place;
use raytruth_task::{Clip, Rejection, SceneBuilder, View, frame_points};

use crate::hues::Hues;
use crate::look::{Look, Stuff};
use crate::plan::{LEVEL, RADIUS};
use crate::problem::{Act, Story};
use crate::shot::Shot;
use crate::{time, tubes};

/// From where it is seen, degrees: to either side, and above the horizon; and through which lenses, radians of height.
pub(crate) const AZIMUTH: f64 = 4.0;
pub(crate) const ELEVATION: [f64; 2] = [70.0, 80.0];
pub(crate) const FOV: [f64; 2] = [0.26, 0.34];
/// Length of a unit, metres.
pub(crate) const UNIT: f64 = 0.096;
/// From plinth to plinth across and along, half of their tops, and how high they are, metres.
const PITCH: [f32; 2] = [0.238, 0.248];
const HALF: [f32; 2] = [0.112, 0.117];
const HIGH: f32 = 0.05;
/// Half of what a mark and a frame are thick, metres.
const MARK: f32 = 0.0014;
/// How far a mark reaches, units.
const MARKED: f64 = 0.19;
const FRAME: f32 = 0.0022;
/// Share of the picture that stays free at each border; the contract asks for 4 %.
const MARGIN: f32 = 0.045;

/// The panels, by their letters, in the order in which they are told.
pub(crate) const PANELS: [char; 4] = ['a', 'b', 'c', 'd'];

/// The middle of a panel's top.
fn middle(panel: usize) -> Vec3 {
    let (x, y) = (if panel.is_multiple_of(2) { -0.5 } else { 0.5 }, if panel < 2 { 0.5 } else { -0.5 });
    vec3(x * PITCH[0], y * PITCH[1], 0.0)
}

/// Corners of a panel's top.
pub(crate) fn corners(panel: usize) -> [Vec3; 4] {
    [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(x, y)| middle(panel) + vec3(x * HALF[0], y * HALF[1], 0.0))
}

fn spot(panel: usize, place: DVec2, height: f32) -> Vec3 {
    middle(panel) + (place * UNIT).as_vec2().extend(height)
}

/// A place of a strand, metres: the lowest lie on the mark.
pub(crate) fn point(panel: usize, p: DVec3) -> Vec3 {
    spot(panel, p.truncate(), ((p.z + LEVEL + RADIUS) * UNIT) as f32 + 2.0 * MARK)
}

/// The name of a strand in a panel, and of a further piece of it.
pub(crate) fn name(panel: usize, strand: usize, piece: usize) -> String {
    let letter = PANELS[panel];
    if piece == 0 { format!("{letter}_{strand}") } else { format!("{letter}_{strand}_{piece}") }
}

/// Puts the shots of a clip into a scene, where its fourth panel's strands are.
pub(crate) fn play(scene: &mut Scene, shots: &[Shot], hues: &Hues, stuff: Stuff) {
    let frames: Vec<Vec<Vec<Shape>>> = shots.iter().map(|shot| tubes::shapes(3, shot, hues, stuff)).collect();
    for strand in 0..hues.arcs.len() {
        for piece in 0..tubes::most(stuff) {
            let own = frames.iter().map(|all| all.get(strand).map_or(Shape::Nothing, |pieces| pieces[piece].clone()));
            if let Some(index) = scene.object_index(&name(3, strand, piece)) {
                let object = &mut scene.objects[index];
                *object = object.clone().changing(own);
            }
        }
    }
}

/// The moments of a clip.
pub(crate) fn shots(story: &Story, clip: &Clip) -> Vec<Shot> {
    let at = |frame: u32| story.task.change.at(time::share(story.difficulty, clip.time_of(frame)));
    (0..clip.frames).map(at).collect()
}

/// The scene with every moment of the story.
pub(crate) fn build(story: &Story, look: &Look, clip: &Clip) -> Result<Scene, Rejection> {
    let mut builder = SceneBuilder::new(clip);
    for (panel, letter) in PANELS.iter().enumerate() {
        let half = vec3(HALF[0], HALF[1], 0.5 * HIGH);
        let plinth = format!("plinth_{letter}");
        builder.add(&plinth, Role::Apparatus, Shape::Box { half_extents: half, bevel: 0.002 }, &look.plinth).pose =
            Pose::from_translation(middle(panel) - 0.5 * HIGH * Vec3::Z);
    }
    let acts: [(&Act, f64); 4] = [(&story.example, 0.0), (&story.example, 1.0), (&story.task, 0.0), (&story.task, 0.0)];
    for (panel, (act, share)) in acts.into_iter().enumerate() {
        put(&mut builder, panel, act, share, look);
    }
    frame(&mut builder, look);
    play(&mut builder.scene, &shots(story, clip), &story.task.hues, look.stuff);
    let (low, high) = (corners(2)[0], corners(1)[2]);
    let bounds = Aabb { min: low.with_z(-HIGH), max: high.with_z(0.03) };
    let place = Place { bounds, towards_camera: look.shot.towards_camera, floor: -HIGH };
    look.setting.build(&mut builder, &place);
    let aspect = clip.aspect().min(1.0);
    let view = View { towards_camera: look.shot.towards_camera, fov_y: look.shot.fov_y, aspect, margin: MARGIN };
    let points: Vec<Vec3> = (0..PANELS.len()).flat_map(corners).collect();
    builder.scene.camera =
        frame_points(&view, &points).ok_or_else(|| Rejection::new("no_camera", "the view has no direction"))?;
    Ok(builder.scene)
}

/// A link at rest, and its mark.
fn put(builder: &mut SceneBuilder, panel: usize, act: &Act, share: f64, look: &Look) {
    let shot = act.change.at(share);
    let role = if panel == 3 { Role::Target } else { Role::Apparatus };
    for (strand, pieces) in tubes::shapes(panel, &shot, &act.hues, look.stuff).into_iter().enumerate() {
        let own = name(panel, strand, 0);
        for (piece, shape) in pieces.into_iter().enumerate() {
            if piece == 0 {
                builder.add(&own, role, shape, &look.strand);
            } else if panel == 3 || !shape.is_nothing() {
                builder.part(&own, &name(panel, strand, piece), shape, &look.strand);
            }
        }
    }
    let at = |k: u32| {
        let angle = std::f64::consts::TAU * f64::from(k) / 32.0;
        spot(panel, act.change.mark() + MARKED * DVec2::new(libm::cos(angle), libm::sin(angle)), MARK)
    };
    let circle = Shape::tube(MARK, (0..32).map(at).collect(), true);
    builder.add(&format!("mark_{}", PANELS[panel]), Role::Apparatus, circle, &look.mark);
}

/// An empty frame about the fourth plinth's top.
fn frame(builder: &mut SceneBuilder, look: &Look) {
    let [wide, deep] = [HALF[0] - FRAME, HALF[1] - FRAME];
    let bars = [(0.0, deep, wide, FRAME), (0.0, -deep, wide, FRAME), (wide, 0.0, FRAME, deep), (-wide, 0.0, FRAME, deep)];
    for (k, (x, y, half_x, half_y)) in bars.into_iter().enumerate() {
        let bar = Shape::Box { half_extents: vec3(half_x, half_y, FRAME), bevel: 0.0006 };
        let pose = Pose::from_translation(middle(3) + vec3(x, y, 0.5 * FRAME));
        let object: &mut Object = if k == 0 {
            builder.add("frame", Role::Apparatus, bar, &look.frame)
        } else {
            builder.part("frame", &format!("frame_{k}"), bar, &look.frame)
        };
        object.pose = pose;
    }
}
