//! Screens, and lights out: a ball is let go at the upper end of a sloping track and rests against the first wall across it, unseen. In changed
//! problems an arm has set a wall across the track before, or pulled one off it, in sight.

use std::ops::Range;

use glam::{Vec3, vec3};
use raytruth_task::prose::{STILL_CAMERA, number, ordinal};
use raytruth_task::{Difficulty, Draw, Rejection};
use serde_json::{Value, json};

use super::lane::{Lane, RAIL_HEIGHT, Roll, radians};
use crate::paint::Paint;
use crate::plot::{BEGINS, Board, ENDS, Event, Form, Hidden, Part, Plot, REVEALS, Slot, TARGET, Thing, WAITS, reveal_of};
use crate::way::Way;

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
/// Longest pause before a change where screens hide the ball as long as there is time, seconds.
const MOST_PAUSE: f64 = 1.4;
/// It is dark for at most so much longer than it must, seconds.
const LONGER: f64 = 1.2;
/// The light is on again for so many seconds in the end.
const LIT: f64 = 0.85;
/// Part of the screens' rise after which the ball is clear of them.
const CLEAR: f64 = 0.7;
/// A wall waits so far behind the track, metres, and as much higher when it is carried.
const BACK: f32 = 0.1;
const UP: f32 = 0.03;
/// Half the thickness of screens, latch and shutter, metres.
const THIN: f32 = 0.002;
/// Screens are so far from what they hide, metres.
const GAP: f32 = 0.006;
/// From the ball's first place to the screens: radii of the ball, and metres.
const BEFORE: (f32, f32) = (2.0, 0.03);
/// Rods and arms, half of their thickness, metres.
const ROD: f32 = 0.003;
/// From here on rods are out of the picture, metres.
const FAR: f32 = 0.8;
/// Most tries to find walls that stop the ball where they should.
const TRIES: u32 = 2000;
/// Most walls.
const WALLS: usize = 3;

/// A wall across the track, or beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wall {
    /// Along the way.
    place: usize,
    /// Whether it stands across the track in the beginning, and when the ball comes.
    before: bool,
    after: bool,
}

impl Wall {
    const fn changes(self) -> bool {
        self.before != self.after
    }
}

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
    let paints = Paint::draw(&mut draw.rng, 4);
    let screens = if dark { 0 } else { 1 + usize::from(n > 3) };
    let rolls = (0..n).map(|place| lane.roll(along(place))).collect::<Result<Vec<_>, _>>()?;
    let story = Story { lane, from_left, walls, paints, screens, seconds };
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

/// The first wall that a ball meets.
fn first(walls: &[Wall], is_there: impl Fn(&Wall) -> bool) -> Option<usize> {
    walls.iter().filter(|wall| is_there(wall)).map(|wall| wall.place).min()
}

/// Walls of which the ball meets the one at a place first. If the problem is a changed one, that is due to the changes; else it meets the same one
/// with them and without: nothing changes if there is no room for it.
fn walls(draw: &mut Draw<'_>, places: usize, (changes, changed): (usize, bool), meets: usize) -> Result<Vec<Wall>, Rejection> {
    let rng = &mut draw.rng;
    // Beyond the place that it meets there must be room.
    let changes = if changed { changes } else { changes.min(places - 1 - meets) };
    for _ in 0..TRIES {
        let mut walls = Vec::new();
        for place in 0..places {
            let u = rng.range(0.0, 1.0);
            let state = match () {
                () if u < 0.45 => continue,
                () if u < 0.7 || changes == 0 => (true, true),
                () if u < 0.85 => (false, true),
                () => (true, false),
            };
            walls.push(Wall { place, before: state.0, after: state.1 });
        }
        let changing = walls.iter().filter(|w| w.changes()).count();
        let waiting = walls.iter().filter(|w| !w.before).count();
        let (before, after) = (first(&walls, |w| w.before), first(&walls, |w| w.after));
        let differs = before.is_some() && (before != after) == changed;
        if walls.len() <= WALLS && changing == changes && waiting <= 1 && after == Some(meets) && differs {
            return Ok(walls);
        }
    }
    Err(Rejection::new("no_walls", format!("{changes} changes do not make the ball meet a wall at {meets} of {places}")))
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
}

impl Story {
    fn times(&self, roll: &Roll, changes: usize) -> Result<Times, Rejection> {
        let each = CARRY + SET + WITHDRAW;
        let changing = changing(changes);
        let missing = |what: f64| Rejection::new("too_short", format!("{what:.2} s are missing"));
        let passes = |along: f32| roll.passes(&self.lane, along).ok_or_else(|| Rejection::new("simulation", "it stands still"));
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
            (0.5 * spare).min(LONGER)
        } else {
            spare - 0.5 * spare.min(MOST_PAUSE * (changes + 1) as f64)
        };
        let pause = (spare - longer) / (changes + 1) as f64;
        let starts: Vec<f64> = (0..changes).map(|i| BEGINS + pause * (i + 1) as f64 + i as f64 * each).collect();
        let screens = BEGINS + pause * (changes + 1) as f64 + changing;
        let let_go = screens + covers + OPENS;
        let hides = let_go + if self.screens == 0 { ROLLS } else { hides };
        Ok(Times { changes: starts, screens, let_go, shuts: let_go + shuts, hides, reveal })
    }

    /// Where screens begin, along the way.
    fn edge(&self) -> f32 {
        BEFORE.0 * self.lane.radius + BEFORE.1
    }

    /// Height of the screens above the ground.
    fn screen_height(&self) -> f32 {
        let walls = (0..self.lane.places).map(|place| self.lane.wall_top(place)).fold(0.0, f32::max);
        walls.max(self.door_height() + 2.0 * GAP) + GAP + 2.0 * THIN
    }

    /// How high they hang: what stands behind the track is seen below them.
    fn screen_lift(&self) -> f32 {
        let tops = self.screen_height() + UP;
        let [_, outer] = self.lane.half_width();
        tops + 0.72 * (BACK + 2.0 * outer + GAP + 2.0 * THIN)
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

    /// Boards of an arm, in the frame of the wall's foot.
    fn arm_boards(&self) -> Vec<Board> {
        let ([inner, _], high) = (self.lane.half_width(), 1.2 * self.lane.radius);
        let long = 0.24;
        vec![
            Board::between(vec3(-ROD, inner, high - ROD), vec3(ROD, inner + long, high + ROD)),
            Board::between(vec3(-ROD, inner + long - ROD, high + ROD), vec3(ROD, inner + long + ROD, FAR)),
        ]
    }

    /// Boards of a screen: open below, and where the ball comes in, and to the next one.
    fn screen_boards(&self, index: usize) -> Vec<Board> {
        let lane = &self.lane;
        let ([_, outer], top) = (lane.half_width(), self.screen_height());
        let side = outer + GAP;
        let (edge, end) = (self.edge(), lane.end() + GAP);
        let cut = |i: usize| match i {
            0 => edge,
            i if i == self.screens => end + 2.0 * THIN,
            _ => lane.at(lane.places / 2 - 1) + 0.5 * lane.pitch() + lane.radius,
        };
        let (from, to) = (cut(index), cut(index + 1));
        let out = side + 2.0 * THIN;
        let mut boards = vec![
            lane.board([from, to], [-out, -side], [0.0, top]),
            lane.board([from, to], [side, out], [0.0, top]),
            lane.board([from, to], [-side, side], [top - 2.0 * THIN, top]),
        ];
        if index == 0 {
            // Around where the ball comes in.
            let ceiling = self.door_height();
            let here = [from, from + 2.0 * THIN];
            boards.push(lane.board(here, [-side, -outer], [0.0, top - 2.0 * THIN]));
            boards.push(lane.board(here, [outer, side], [0.0, top - 2.0 * THIN]));
            boards.push(lane.board(here, [-outer, outer], [ceiling, top - 2.0 * THIN]));
        }
        if index + 1 == self.screens {
            boards.push(lane.board([to - 2.0 * THIN, to], [-side, side], [0.0, top - 2.0 * THIN]));
        }
        boards
    }

    /// Height of the upper edge of where the ball comes in, above the ground.
    fn door_height(&self) -> f32 {
        self.lane.height(self.edge()) + 2.0 * self.lane.radius + 0.014
    }

    /// Boards of the shutter where it stands when shut.
    fn shutter_boards(&self) -> Vec<Board> {
        let lane = &self.lane;
        let [inner, outer] = lane.half_width();
        let here = [self.edge() - 2.0 * THIN, self.edge()];
        let foot = lane.height(here[0]);
        let top = self.door_height() + 0.006;
        vec![
            lane.board(here, [-outer - 0.006, outer + 0.006], [foot + RAIL_HEIGHT, top]),
            lane.board(here, [-inner, inner], [foot, foot + RAIL_HEIGHT]),
            lane.board([here[0], here[0] + 2.0 * THIN], [-ROD, ROD], [top, top + FAR]),
        ]
    }

    /// Boards of the latch where it holds the ball.
    fn latch_boards(&self) -> Vec<Board> {
        let lane = &self.lane;
        let [inner, _] = lane.half_width();
        let here = [lane.radius, lane.radius + 2.0 * THIN];
        let foot = lane.height(here[0]);
        let top = foot + 1.7 * lane.radius;
        vec![
            lane.board(here, [-inner + 0.001, inner - 0.001], [foot + 0.0005, top]),
            lane.board(here, [-ROD, ROD], [top, top + FAR]),
        ]
    }

    fn plot(&self, rolls: &[Roll], (place, last_seen): (usize, usize), times: &Times) -> Plot {
        let mut things = vec![Thing {
            name: TARGET.to_owned(),
            part: Part::Target,
            form: Form::Ball { radius: self.lane.radius },
            way: rolls[place].way(times.let_go),
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
        let slots = (0..rolls.len()).map(|place| Slot { way: rolls[place].way(times.let_go), holder: self.holder(place) });
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
        rolls: &[Roll],
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

    fn prompt(&self) -> String {
        let [ball, walls] = [0, 1].map(|i| self.paints[i].name);
        let side = if self.from_left { "left" } else { "right" };
        let standing = self.walls.iter().filter(|w| w.before).count();
        let stand = match standing {
            1 => format!("Across the track stands one {walls} wall"),
            n => format!("Across the track stand {} {walls} walls", number(n)),
        };
        let waiting = if standing < self.walls.len() { "; an arm holds another one behind the track" } else { "" };
        // Along the way at first; counted from the left of the picture.
        let mut there: Vec<Wall> = self.walls.iter().copied().filter(|w| w.before).collect();
        let mut steps = String::new();
        for wall in self.walls.iter().filter(|w| w.changes()) {
            if wall.after {
                steps.push_str("Then the arm sets its wall across the track. ");
                there.push(*wall);
                there.sort_by_key(|w| w.place);
            } else {
                let at = there.iter().position(|w| w == wall).unwrap_or(0);
                let from_left = if self.from_left { at } else { there.len() - 1 - at };
                steps.push_str(&match there.len() {
                    1 => "Then an arm pulls the wall off the track. ".to_owned(),
                    _ => format!("Then an arm pulls the {} wall from the left off the track. ", ordinal(from_left + 1)),
                });
                there.remove(at);
            }
        }
        let hides = match self.screens {
            0 => "Then the latch opens and the ball rolls down the track. While it rolls, the light goes out. \
                  At last the light comes on again and shows where the ball rests"
                .to_owned(),
            1 => format!(
                "Then a {} screen comes down over the track. The latch opens, the ball rolls down the track and in behind the screen, \
                 and a shutter closes behind it. At last the screen rises and shows where the ball rests",
                self.paints[2].name
            ),
            _ => format!(
                "Then a {} and a {} screen come down over the track. The latch opens, the ball rolls down the track and in behind the \
                 screens, and a shutter closes behind it. At last both screens rise and show where the ball rests",
                self.paints[2].name, self.paints[3].name
            ),
        };
        format!(
            "A {ball} ball waits behind a latch at the upper end of a sloping track, on the {side}. {stand}{waiting}. {steps}{hides}. \
             {STILL_CAMERA}"
        )
    }
}

fn mover(name: String, form: Form, way: Way) -> Thing {
    Thing { name, part: Part::Mover, form, way, paint: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_wall_counts() {
        let wall = |place, before, after| Wall { place, before, after };
        let walls = [wall(0, true, false), wall(1, false, true), wall(3, true, true)];
        assert_eq!((first(&walls, |w| w.before), first(&walls, |w| w.after)), (Some(0), Some(1)));
    }
}
