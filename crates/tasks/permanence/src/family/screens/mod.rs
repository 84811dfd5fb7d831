//! Screens, and lights out: a ball is let go at the upper end of a sloping track and rests against the first wall across it, unseen. In changed
//! problems an arm has set a wall across the track before, or pulled one off it, in sight.

mod boards;
mod prompt;
mod walls;

use std::ops::Range;

use glam::{Vec3, vec3};
use raytruth_task::dress::Paint;
use raytruth_task::{Difficulty, Draw, Rejection, Way};
use serde_json::{Value, json};

use self::boards::{FAR, ROD, THIN};
use self::walls::{Wall, walls};
use super::free::Free;
use super::lane::{Lane, radians};
use crate::plot::{BEGINS, Board, ENDS, Event, Form, Hidden, Part, Plot, REVEALS, Slot, TARGET, Thing, WAITS, reveal_of};

/// A wall is carried to above its place or away within so many seconds, and set down or lifted within so many.
const CARRY: f64 = 0.38;
const SET: f64 = 0.17;
/// The arm lets go of it and withdraws within so many seconds.
const WITHDRAW: f64 = 0.25;
/// Walls stand in sight so long before they are hidden, seconds.
const SEEN: f64 = 0.5;
/// Screens come down within so many seconds.
const DOWN: f64 = 0.5;
/// The latch opens within so many seconds.
const OPENS: f64 = 0.13;
/// The shutter falls within so many seconds.
const SHUTS: f64 = 0.18;
/// The ball is seen to roll so long before the light goes out, seconds.
const ROLLS: f64 = 0.25;
/// The ball may take so much longer than it does, seconds.
const LATER: f64 = 0.3;
/// It is dark for at least so many seconds.
const DARK: f64 = 1.0;
/// Longest pause before a change where screens hide the ball, seconds.
const MOST_PAUSE: f64 = 0.9;
/// It is dark for at most so much longer than it must, seconds.
const LONGER: f64 = 1.2;
/// The light is on again for so many seconds in the end.
const LIT: f64 = 0.85;
/// Part of the screens' rise after which the ball is clear of them.
const CLEAR: f64 = 0.7;
/// A wall waits so far behind the track, metres, and as much higher when it is carried.
const BACK: f32 = 0.1;
const UP: f32 = 0.03;

pub(super) fn plot(draw: &mut Draw<'_>, changed: bool, dark: bool) -> Result<Plot, Rejection> {
    let seconds = super::seconds(draw.difficulty);
    let n = draw.noted().int("places") as usize;
    let place = draw.balanced(if dark { "dark_place" } else { "screens_place" }, n);
    let from_left = draw.rng.chance(0.5);
    draw.told("the side from which the ball comes").value("from", if from_left { "left" } else { "right" });
    let radius = draw.seen("the ball beside the track").real("ball_radius_mm") as f32 * 1e-3;
    let slope = radians(draw.seen("the track's slope").real("slope_deg"));
    let changes = draw.noted().int("wall_changes") as usize;
    let lane = Lane { places: n, from_left, slope, radius };
    let along = |place: usize| if from_left { place } else { n - 1 - place };
    let walls = walls(draw, n, (changes, changed), along(place))?;
    let changes = walls.iter().filter(|w| w.changes()).count();
    let paints = Paint::draw_clear(&mut draw.rng, 4, &[0], &[(1, 2), (1, 3), (2, 3)])?;
    let screens = if dark { 0 } else { 1 + usize::from(n > 3) };
    let rolls = (0..n).map(|place| lane.roll(along(place))).collect::<Result<Vec<_>, _>>()?;
    let share = match draw.difficulty {
        Difficulty::Easy => 0.2,
        Difficulty::Medium => 0.6,
        Difficulty::Hard => 0.9,
    };
    let story = Story { lane, from_left, walls, paints, screens, seconds, share };
    let times = story.times(&rolls[place], changes)?;
    let spread = story.lane.certify(&mut draw.rng, along(place), times.reveal - WAITS - times.let_go)?;

    let told: Value =
        story.walls.iter().map(|w| json!({"place": along(w.place), "before": w.before, "after": w.after})).collect();
    draw.seen("where walls stand, and which of them an arm holds; what arms do is told").value("walls", told);
    draw.told("named in the prompt").value("ball_color", story.paints[0].name);
    draw.hardness("places", n as f64);
    draw.hardness("walls", story.walls.len() as f64);
    draw.hardness("wall_changes", changes as f64);
    draw.hardness("hidden_s", times.reveal - times.hides);

    let free = story.lane.record(along(place), times.let_go, spread);
    let plot = story.plot(&rolls, (place, along(0)), &times);
    let wrong = story.wrong(&rolls, (place, along(0)), &times, along);
    Ok(Plot { free: Some(free), wrong, ..plot })
}

/// Seconds to spare in a problem of a difficulty with so many places and changes, a slope in degrees and a radius in metres; below 0 there is too
/// little time. What the ball takes is estimated.
pub(crate) fn spare(difficulty: Difficulty, places: usize, changes: usize, slope: f64, radius: f64) -> f64 {
    let lane = Lane { places, from_left: true, slope: radians(slope), radius: radius as f32 };
    let rolls = lane.estimate(places - 1);
    let seconds = super::seconds(difficulty);
    let with_screens = reveal_of(seconds) - rolls - DOWN;
    let in_the_dark = seconds - LIT - (rolls + LATER).max(DARK + ROLLS - WAITS);
    with_screens.min(in_the_dark) - WAITS - OPENS - changing(changes) - BEGINS
}

/// From when everything begins to when screens come down, or the ball may be let go, seconds.
fn changing(changes: usize) -> f64 {
    changes as f64 * (CARRY + SET + WITHDRAW) + if changes > 0 { SEEN - WITHDRAW } else { 0.1 }
}

/// When things happen, seconds.
struct Times {
    /// Of each change, in the order of the walls.
    changes: Vec<f64>,
    /// Screens begin to come down.
    screens: f64,
    let_go: f64,
    /// The shutter begins to fall.
    shuts: f64,
    hides: f64,
    reveal: f64,
}

struct Story {
    lane: Lane,
    from_left: bool,
    walls: Vec<Wall>,
    /// Of the ball, the walls and the screens.
    paints: Vec<Paint>,
    /// How many; without any the light goes out.
    screens: usize,
    seconds: f64,
    /// Part of the time to spare in which the ball is hidden.
    share: f64,
}

impl Story {
    fn times(&self, roll: &Free, changes: usize) -> Result<Times, Rejection> {
        let each = CARRY + SET + WITHDRAW;
        let changing = changing(changes);
        let missing = |what: f64| Rejection::new("too_short", format!("{what:.2} s are missing"));
        let passes = |along: f32| self.lane.passes(roll, along).ok_or_else(|| Rejection::new("simulation", "it stands still"));
        let edge = self.edge() + self.lane.radius;
        let (shuts, hides) = (passes(edge + 2.0 * THIN + 0.004)?, passes(edge + 0.014)?);
        let (reveal, covers, rolls) = if self.screens == 0 {
            (self.seconds - LIT, 0.0, (roll.takes() + LATER).max(DARK + ROLLS - WAITS))
        } else {
            (reveal_of(self.seconds), DOWN, roll.takes().max(shuts + SHUTS))
        };
        let spare = reveal - WAITS - rolls - OPENS - covers - changing - BEGINS;
        if spare < 0.0 {
            return Err(missing(-spare));
        }
        // A part of what is left goes to the time in which the ball is hidden, the rest to pauses before the changes.
        let longer = if self.screens == 0 {
            (self.share * spare).min(LONGER)
        } else {
            (self.share * spare).max(spare - MOST_PAUSE * (changes + 1) as f64)
        };
        let pause = (spare - longer) / (changes + 1) as f64;
        let starts: Vec<f64> = (0..changes).map(|i| BEGINS + pause * (i + 1) as f64 + i as f64 * each).collect();
        let screens = BEGINS + pause * (changes + 1) as f64 + changing;
        let let_go = screens + covers + OPENS;
        let hides = let_go + if self.screens == 0 { ROLLS } else { hides };
        Ok(Times { changes: starts, screens, let_go, shuts: let_go + shuts, hides, reveal })
    }

    /// What a wall does.
    fn wall(&self, index: usize, times: &Times) -> Way {
        let wall = self.walls[index];
        let foot = self.lane.wall_foot(wall.place);
        let (up, back) = (Vec3::Z * UP, Vec3::Z * UP + Vec3::Y * BACK);
        let way = Way::at(if wall.before { foot } else { foot + back });
        match self.change(index) {
            None => way,
            Some(i) if wall.after => {
                let start = times.changes[i];
                way.to(start, start + CARRY, foot + up).to(start + CARRY, start + CARRY + SET, foot)
            }
            Some(i) => {
                let start = times.changes[i];
                way.to(start, start + SET, foot + up).to(start + SET, start + SET + CARRY, foot + back)
            }
        }
    }

    /// Which change a wall is.
    fn change(&self, index: usize) -> Option<usize> {
        self.walls[index].changes().then(|| self.walls[..index].iter().filter(|w| w.changes()).count())
    }

    /// Ways of a wall's arm, if it has one: it holds the wall until it stands, or from the start on.
    fn arm(&self, index: usize, times: &Times) -> Option<Way> {
        let change = self.change(index)?;
        let way = self.wall(index, times);
        let end = times.changes[change] + CARRY + SET;
        Some(if self.walls[index].after { way.by(end, end + WITHDRAW, Vec3::Y * BACK) } else { way })
    }

    fn plot(&self, rolls: &[Free], (place, last_seen): (usize, usize), times: &Times) -> Plot {
        let mut things = vec![Thing {
            name: TARGET.to_owned(),
            part: Part::Target,
            form: Form::Ball { radius: self.lane.radius },
            way: self.lane.way(&rolls[place], times.let_go),
            paint: Some(self.paints[0]),
        }];
        let mut events = Vec::new();
        for index in 0..self.walls.len() {
            let name = format!("wall_{index}");
            let form = Form::Boards(vec![self.lane.wall()]);
            let way = self.wall(index, times);
            if let Some(change) = self.change(index) {
                let what = if self.walls[index].after { "set" } else { "pull" };
                let span = times.changes[change]..times.changes[change] + CARRY + SET;
                events.push(Event { name: format!("{what}_{}", change + 1), span, who: vec![name.clone()] });
            }
            things.push(Thing { name, part: Part::Occluder, form, way, paint: Some(self.paints[1]) });
        }
        let screen_name = |i: usize| format!("screen_{i}");
        let all: Vec<String> = (0..self.screens).map(screen_name).collect();
        let lift = Vec3::Z * self.screen_lift();
        for i in 0..self.screens {
            let way = Way::at(lift).by(times.screens, times.screens + DOWN, -lift).by(times.reveal, times.reveal + REVEALS, lift);
            let paint = Some(self.paints[2 + i]);
            let boards = self.screen_boards(i);
            let (x, top) = (boards[0].middle.x, self.screen_height());
            let rod = Board::between(vec3(x - ROD, -ROD, top), vec3(x + ROD, ROD, top + FAR));
            things.push(Thing {
                name: screen_name(i),
                part: Part::Occluder,
                form: Form::Screen(boards),
                way: way.clone(),
                paint,
            });
            things.push(mover(format!("rod_{i}"), Form::Boards(vec![rod]), way));
        }
        things.push(mover("track".into(), Form::Mesh("track", self.lane.mesh()), Way::at(Vec3::ZERO)));
        let open = Vec3::Z * 2.6 * self.lane.radius;
        let latch = Way::at(Vec3::ZERO).by(times.let_go - OPENS, times.let_go, open);
        things.push(mover("latch".into(), Form::Boards(self.latch_boards()), latch));
        if self.screens > 0 {
            let open = Vec3::Z * (self.door_height() + 0.02 - self.lane.height(self.edge()));
            let way = Way::at(open).by(times.shuts, times.shuts + SHUTS, -open);
            things.push(mover("shutter".into(), Form::Boards(self.shutter_boards()), way));
        }
        for index in 0..self.walls.len() {
            if let Some(way) = self.arm(index, times) {
                things.push(mover(format!("arm_{index}"), Form::Boards(self.arm_boards()), way));
            }
        }
        let slots =
            (0..rolls.len()).map(|place| Slot { way: self.lane.way(&rolls[place], times.let_go), holder: self.holder(place) });
        let who: Vec<String> = things.iter().filter(|t| t.part == Part::Occluder).map(|t| t.name.clone()).collect();
        if self.screens > 0 {
            events.push(Event { name: "cover".into(), span: times.screens..times.screens + DOWN, who: all });
        } else {
            events.push(Event { name: "dark".into(), span: times.hides..times.reveal, who: Vec::new() });
        }
        events.push(Event { name: "let_go".into(), span: times.let_go..times.let_go + OPENS, who: Vec::new() });
        events.push(Event { name: "reveal".into(), span: times.reveal..times.reveal + REVEALS.min(LIT - ENDS), who });
        let dark: Option<Range<f64>> = (self.screens == 0).then_some(times.hides..times.reveal);
        let shown = times.reveal + if self.screens == 0 { 0.1 } else { CLEAR * REVEALS };
        // When the shutter is shut and the ball is at rest.
        let sealed = times.reveal - 0.5 * WAITS;
        Plot {
            hidden: vec![Hidden { span: times.hides..times.reveal, by: self.holder(place), sealed }],
            things,
            slots: slots.collect(),
            place,
            last_seen,
            events,
            shown,
            dark,
            free: None,
            seconds: self.seconds,
            elevation: (30.0, 36.0),
            prompt: self.prompt(),
            wrong: Vec::new(),
        }
    }

    /// The screen that stands over a place, counted from the left.
    fn holder(&self, place: usize) -> Option<String> {
        let along = if self.from_left { place } else { self.lane.places - 1 - place };
        let second = self.screens == 2 && along >= self.lane.places / 2;
        (self.screens > 0).then(|| format!("screen_{}", usize::from(second)))
    }

    /// The plot in which one of the arms does nothing, if the ball then rests elsewhere.
    fn wrong(
        &self,
        rolls: &[Free],
        (place, last_seen): (usize, usize),
        times: &Times,
        along: impl Fn(usize) -> usize,
    ) -> Vec<(&'static str, &'static str, Plot)> {
        let left_out = (0..self.walls.len()).filter(|&i| self.walls[i].changes()).find_map(|i| {
            let after = |(j, wall): (usize, &Wall)| (if i == j { wall.before } else { wall.after }).then_some(wall.place);
            let meets = self.walls.iter().enumerate().filter_map(after).min()?;
            // Counted along the way or from the left: the same both ways.
            let other = along(meets);
            (other != place).then_some((i, other))
        });
        let Some((index, other)) = left_out else { return Vec::new() };
        let mut plot = self.plot(rolls, (other, last_seen), times);
        let stays = Way::at(self.wall(index, times).pose(0.0).translation);
        for thing in &mut plot.things {
            if [format!("wall_{index}"), format!("arm_{index}")].contains(&thing.name) {
                thing.way = stays.clone();
            }
        }
        vec![("left_out", "one of the moves does not happen", plot)]
    }
}

fn mover(name: String, form: Form, way: Way) -> Thing {
    Thing { name, part: Part::Mover, form, way, paint: None }
}
