//! Versions that are wrong on purpose, in the dress of the right one.

use raytruth_scene::{Object, Power, Scene, Shape};
use raytruth_task::{Clip, Episode, Twin};

use super::stage::{LIT, beam_shapes, detector, leg};
use super::time::Growth;
use super::{Bench, TURNS, Wrong};
use crate::exact::{End, Path};

/// How far a beam goes on that meets nothing, metres.
const FAR: f64 = 0.5;

/// They share camera and first frame with the sample, and are scored by its truth.
pub(crate) fn twins(bench: &Bench, right: &Episode) -> Vec<Twin> {
    let (scene, clip) = (&right.scene, &right.clip);
    let mut twins = Vec::new();
    let mut add = |name: &str, summary: &str, scene: Option<Scene>| {
        if let Some(scene) = scene {
            twins.push(Twin { name: name.to_owned(), summary: summary.to_owned(), scene, class: None, truth: None });
        }
    };
    let last = bench.pieces.len() - 1;
    let along = |path: &Path| led(bench, scene, clip, path);
    let ignored = wrong_path(bench, Wrong::Ignored(last));
    add("optic_ignored", "the beam goes straight on where an optic turns it", along(&ignored));
    if bench.pieces.iter().any(|piece| piece.kind.is_clear()) {
        add("n_is_1", "glass does not bend the beam", along(&wrong_path(bench, Wrong::Unbent)));
    }
    if bench.pieces[0].kind.is_mirror() {
        // Back along itself: what is seen of it ends at the mirror.
        let first = bench.path().points()[1];
        let there = Path { vertices: Vec::new(), end: End::At { point: first, body: 0, surface: 0 }, ..bench.path() };
        add("turned_back", "the first optic sends the beam back to its source", led(bench, scene, clip, &there));
    }
    let other = (bench.answer + 1) % bench.detectors.len();
    let mut swapped = scene.clone();
    relit(&mut swapped, clip, bench, Some(other));
    add("other_detector", "the beam goes as it should, and another detector lights up", Some(swapped));
    let mut without = scene.clone();
    (0..bench.path().legs().count()).for_each(|i| gone(&mut without, &leg(i)));
    add("lit_without_beam", "the right detector lights up, and there is no beam", Some(without));
    add("from_the_end", "the beam grows from the detector to the source", backwards(bench, scene, clip));
    twins
}

/// The way of a wrong beam among detectors.
fn wrong_path(bench: &Bench, wrong: Wrong) -> Path {
    let mut world = wrong.world(bench);
    world.bodies.extend(bench.world().bodies.into_iter().skip(bench.pieces.len()));
    let mut path = world.trace(bench.source, TURNS);
    // What meets nothing is seen to go on, past the end of the board.
    if let End::Away { direction } = path.end {
        let from = path.vertices.last().map_or(path.origin, |v| v.point);
        path.end = End::At { point: from + FAR * direction, body: 0, surface: 0 };
    }
    path
}

fn gone(scene: &mut Scene, name: &str) {
    if let Some(i) = scene.object_index(name) {
        scene.objects[i].shapes = vec![Shape::Nothing];
    }
}

/// The beam goes another way, as evenly; the detector that it meets lights up, if it meets one.
fn led(bench: &Bench, scene: &Scene, clip: &Clip, path: &Path) -> Option<Scene> {
    let mut scene = scene.clone();
    let first = scene.objects.iter().find(|o| o.name == leg(0))?.clone();
    (0..bench.path().legs().count()).for_each(|i| gone(&mut scene, &leg(i)));
    for (k, shapes) in beam_shapes(path, clip).into_iter().enumerate() {
        let object = Object { name: format!("wrong_{k}"), shapes, ..first.clone() };
        scene.objects.push(object);
    }
    let met = (0..bench.detectors.len()).find(|&i| path.points().last().is_some_and(|p| p.distance(bench.detectors[i]) < 0.02));
    relit(&mut scene, clip, bench, met);
    Some(scene)
}

/// Another detector lights up, or none.
fn relit(scene: &mut Scene, clip: &Clip, bench: &Bench, which: Option<usize>) {
    let power = Power((0..clip.frames).map(|f| Growth::lit(clip.time_of(f)) as f32).collect());
    for i in 0..bench.detectors.len() {
        if let Some(material) = scene.materials.get_mut(&detector(i)) {
            let is_lit = which == Some(i);
            material.emission = if is_lit { LIT * material.base_color } else { glam::Vec3::ZERO };
            material.emission_power = if is_lit { power.clone() } else { Power::FULL };
        }
    }
}

/// Every leg grows from its other end, the last one first.
fn backwards(bench: &Bench, scene: &Scene, clip: &Clip) -> Option<Scene> {
    let path = bench.path();
    let mut scene = scene.clone();
    let total = path.length();
    for i in 0..path.legs().count() {
        let index = scene.object_index(&leg(i))?;
        let whole = scene.objects[index].shapes.last()?.clone();
        let Shape::Tube { points, radius, .. } = &whole else { continue };
        let before: f64 = path.legs().take(i).map(|leg| leg.length()).sum();
        let length = f64::from(points[0].distance(points[1]));
        let shape = |frame: u32| {
            let from = total - Growth::reach_of(total, clip.time_of(frame)) - before;
            if from >= length - 1e-4 {
                return Shape::Nothing;
            }
            let start = points[0].lerp(points[1], (from.max(0.0) / length) as f32);
            Shape::Tube { radius: *radius, points: vec![start, points[1]], closed: false, colors: Vec::new(), rings: Some(1) }
        };
        scene.objects[index].shapes = (0..clip.frames).map(shape).collect();
    }
    Some(scene)
}
