//! What every task must keep, checked on a problem of each class: the tests of every task run [`check`].

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use glam::Vec2;
use raytruth_scene::{Scene, Track};

use crate::{
    Clip, Dials, Difficulty, Episode, Problem, Rejection, Rng, SampleSeed, Task, Twin, draw_until_taken, first_taken_look,
    outline, solid,
};

/// Draws of which one is taken: many, as a draw that is refused before anything is simulated costs nothing.
const DRAWS: u32 = 1000;
/// Looks of which one is taken.
const LOOKS: u32 = 64;
/// What stays free at every edge of the picture, as a part of its width and height.
const MARGIN: f32 = 0.04;
/// What lies this near to its place is there, metres.
const STILL: f32 = 1e-3;
/// What is this far into something else touches it, metres: a solver's penetration, bevels, what is let into a slope.
const TOUCHING: f32 = 3e-3;

/// Checks everything with easy problems, and gives them, one a class, for what only the task's own tests know.
///
/// # Panics
/// With what is wrong, if something is.
#[must_use]
pub fn check(task: &dyn Task) -> Vec<Box<dyn Problem>> {
    check_at(task, Difficulty::Easy, 5)
}

/// The same at a difficulty, with the problems of a run's seed.
///
/// # Panics
/// With what is wrong, if something is.
#[must_use]
pub fn check_at(task: &dyn Task, difficulty: Difficulty, run_seed: u64) -> Vec<Box<dyn Problem>> {
    info(task);
    let problems: Vec<_> = (0..task.info().classes.len()).map(|class| drawn(task, difficulty, run_seed, class)).collect();
    let again = drawn(task, difficulty, run_seed, 0);
    assert_eq!(again.card(), problems[0].card(), "the same seed gives the same problem");
    for problem in &problems {
        card(task, problem.as_ref(), difficulty);
        for size in [(480, 300), (512, 512), (832, 480)] {
            pictures(task, problem.as_ref(), size);
        }
        let nominal = clip(task, difficulty, (480, 300), 16);
        let right = episode(problem.as_ref(), &nominal);
        assert_eq!(right, episode(problem.as_ref(), &nominal), "{}: the same look gives the same episode", problem.card().class);
        nothing_passes_through_anything(&right);
        a_longer_clip_ends_in_stillness(problem.as_ref(), nominal);
        nothing_happens_in_a_lead_in(problem.as_ref(), &right);
    }
    problems
}

/// The problem of a class, from a run's seed.
///
/// # Panics
/// If none is taken.
#[must_use]
pub fn drawn(task: &dyn Task, difficulty: Difficulty, run_seed: u64, class: usize) -> Box<dyn Problem> {
    let dials = Dials::resolve(&task.dials(difficulty), None, &[]).expect("defaults within their bounds");
    let seed = SampleSeed::new(run_seed, task.info().domain, class as u64);
    let mut refused = BTreeMap::<_, u32>::new();
    let mut hear = |_, rejection: Rejection| {
        *refused.entry(rejection.reason).or_default() += 1;
        ControlFlow::Continue(())
    };
    let found = draw_until_taken(task, (seed, class.into()), (difficulty, &dials), 0..DRAWS, &mut hear);
    found.unwrap_or_else(|| panic!("class {}: none of {DRAWS} draws is taken: {refused:?}", task.info().classes[class])).1
}

/// The episode of the first look that the task takes.
///
/// # Panics
/// If none is taken.
#[must_use]
pub fn episode(problem: &dyn Problem, clip: &Clip) -> Episode {
    let look = |look: u32| Rng::from_seed(u64::from(look));
    let mut last = None;
    let found = first_taken_look(problem, clip, 0..LOOKS, &mut { look }, &mut |_, why| last = Some(why));
    let Clip { width, height, .. } = clip;
    let class = &problem.card().class;
    found.unwrap_or_else(|| panic!("{class}: no look of {LOOKS} is taken at {width}x{height}; the last: {last:?}")).1
}

/// A clip that lasts as long as the task's events.
#[must_use]
pub fn clip(task: &dyn Task, difficulty: Difficulty, (width, height): (u32, u32), fps: u32) -> Clip {
    Clip { width, height, fps, frames: task.info().frames(difficulty, fps), lead: 0 }
}

fn info(task: &dyn Task) {
    let info = task.info();
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    assert!(is_name(info.domain), "the domain `{}` names folders", info.domain);
    for names in [info.classes, info.families] {
        assert!(!names.is_empty() && names.iter().all(|name| is_name(name)), "{names:?}");
        assert!(names.iter().enumerate().all(|(i, name)| !names[..i].contains(name)), "{names:?}");
    }
    assert_eq!(task.evaluator().domain(), info.domain, "the evaluator scores this task");
    let criteria = task.evaluator().criteria();
    assert!(criteria.is_empty() || criteria.iter().map(|c| c.1).sum::<u32>() == 1000, "{criteria:?}");
    for difficulty in Difficulty::ALL {
        Dials::resolve(&task.dials(difficulty), None, &[]).expect("defaults within their bounds");
    }
}

fn card(task: &dyn Task, problem: &dyn Problem, difficulty: Difficulty) {
    let (info, card) = (task.info(), problem.card());
    card.check().unwrap_or_else(|why| panic!("{}: {why}: {}", card.class, card.prompt));
    assert_eq!((card.domain.as_str(), card.difficulty), (info.domain, difficulty));
    assert!(info.classes.contains(&card.class.as_str()) && info.families.contains(&card.family.as_str()), "{card:?}");
    assert!(!card.evidence.is_empty(), "{}: nothing that the answer depends on can be seen or read", card.class);
    assert!(!card.hardness.is_empty(), "{}: nothing says how hard it is", card.class);
    assert!(card.hardness.values().all(|x| x.is_finite()), "{}: {:?}", card.class, card.hardness);
    assert!(
        card.certificate["world"].is_object(),
        "{}: the certificate has nothing by which others could compute it",
        card.class
    );
    // What the prompt does not ask for, the evaluator does not demand.
    for (criterion, words) in task.evaluator().asked_for() {
        let asked = words.iter().any(|words| card.prompt.contains(words));
        assert!(asked, "{}: no word of the prompt asks for `{criterion}`, as {words:?} would: {}", card.class, card.prompt);
    }
}

fn pictures(task: &dyn Task, problem: &dyn Problem, size: (u32, u32)) {
    let (class, clip) = (&problem.card().class, clip(task, problem.card().difficulty, size, 30));
    let right = episode(problem, &clip);
    right.scene.validate().expect("a scene that the renderer takes");
    right.truth.check().expect("a truth that can be read");
    task.evaluator().check(&right.truth).expect("a truth that the evaluator takes");
    assert!((1..right.truth.decisive_frame()).contains(&right.truth.split()), "{class}: split at {}", right.truth.split());
    if right.scene.camera.track.is_none() {
        all_that_counts_lies_within_the_margin(&right);
    }
    let twins = problem.twins(&right);
    for (i, twin) in twins.iter().enumerate() {
        assert!(twins[..i].iter().all(|other| other.name != twin.name), "{class}: two twins are called {}", twin.name);
        begins_alike_and_ends_apart(task, &right, twin);
    }
}

/// Nothing that moves goes through anything, as far as the scene has solids.
///
/// # Panics
/// With all that does, and how deep.
pub fn nothing_passes_through_anything(right: &Episode) {
    let found = solid::overlaps(&right.scene, TOUCHING);
    assert!(found.is_empty(), "{}: in one place: {found:?}", right.card.class);
}

fn all_that_counts_lies_within_the_margin(right: &Episode) {
    let size = (right.clip.width, right.clip.height);
    for object in right.truth.objects.iter().filter(|o| o.key) {
        let index = right.scene.object_index(&object.name).expect("it is in the scene");
        for p in (0..right.clip.frames as usize).flat_map(|frame| outline(&right.scene, index, frame, size)) {
            let part = p / Vec2::new(size.0 as f32, size.1 as f32);
            let slack = part.min(Vec2::ONE - part).min_element();
            assert!(slack >= MARGIN, "{} {size:?}: {} at {part}", right.card.class, object.name);
        }
    }
}

fn begins_alike_and_ends_apart(task: &dyn Task, right: &Episode, twin: &Twin) {
    let (class, name, frames) = (&right.card.class, &twin.name, right.clip.frames as usize);
    assert_ne!(twin.scene, right.scene, "{class}: {name} is the right one");
    twin.scene.validate().expect("a scene that the renderer takes");
    let first = |scene: &Scene| (scene.camera.pose_at(0), scene.world_poses(0));
    let (ours, its) = (first(&right.scene), first(&twin.scene));
    assert_eq!(ours.0, its.0, "{class}: the camera of {name}");
    for (i, object) in right.scene.objects.iter().enumerate() {
        let j = twin.scene.object_index(&object.name).expect("the same objects");
        assert!(ours.1[i].translation.distance(its.1[j].translation) < STILL, "{class}: {} of {name}", object.name);
        assert_eq!(object.shape_at(0), twin.scene.objects[j].shape_at(0), "{class}: {} of {name}", object.name);
    }
    let added = twin.scene.objects.iter().filter(|o| right.scene.object_index(&o.name).is_none());
    assert!(added.into_iter().all(|o| o.shape_at(0).is_nothing()), "{class}: {name} begins with more than there is");
    if let Some(its_class) = &twin.class {
        assert!(its_class != class && task.info().classes.contains(&its_class.as_str()), "{class}: {name} is a {its_class}");
    }
    if let Some(truth) = &twin.truth {
        truth.check().expect("a truth that can be read");
    }
    let lengths = twin.scene.objects.iter().filter_map(|o| o.track.as_ref().map(|t: &Track| t.poses.len()));
    assert!(lengths.into_iter().all(|n| n <= frames), "{class}: {name} is longer than its clip");
}

fn a_longer_clip_ends_in_stillness(problem: &dyn Problem, nominal: Clip) {
    let long = episode(problem, &Clip { frames: nominal.frames + 48, ..nominal });
    let (end, last) = (long.truth.events_end as usize, long.clip.frames as usize - 1);
    assert!(end < last, "{}: the events end with the clip, in frame {end}", problem.card().class);
    let changed = (end..=last).find(|&frame| !long.scene.same(end, frame));
    assert_eq!(changed, None, "{}: something changes in that frame, after the events' end in {end}", problem.card().class);
    assert_eq!(long.card, *problem.card(), "the problem does not depend on the picture");
}

/// What happens is told by `Clip::time_of` and `Clip::frame_at`, which know the lead-in.
fn nothing_happens_in_a_lead_in(problem: &dyn Problem, right: &Episode) {
    const LEAD: u32 = 20;
    let (class, nominal) = (&problem.card().class, right.clip);
    let late = episode(problem, &Clip { frames: nominal.frames + LEAD, lead: LEAD, ..nominal });
    for frame in 0..nominal.frames as usize {
        let (frame, its) = (frame, frame + LEAD as usize);
        assert!(right.scene.shows_as(frame, &late.scene, its), "{class}: after a lead-in frame {frame} is another");
    }
    let moves = (0..=LEAD as usize).find(|&frame| !late.scene.same(0, frame));
    assert_eq!(moves, None, "{class}: something changes in that frame, within a lead-in of {LEAD}");
    let shift = |[from, to]: [u32; 2]| [from + LEAD, to + LEAD];
    let (ours, its) = (&right.truth, &late.truth);
    let events = ours.events.iter().map(|(name, frame)| (name.clone(), frame + LEAD)).collect();
    let unregistered: Vec<_> = ours.unregistered.iter().copied().map(shift).collect();
    assert_eq!(
        (its.events_end, &its.events, &its.unregistered),
        (ours.events_end + LEAD, &events, &unregistered),
        "{class}: end, events and what is not registered after a lead-in"
    );
}
