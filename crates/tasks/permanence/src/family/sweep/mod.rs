//! Sweep: a board slides past boxes that are open in front, each with a ball in it; boxes change places behind the board. In changed problems the
//! target's box changes places with another in sight, before the board comes.

mod script;

use glam::{Vec3, vec3};
use raytruth_task::dress::Paint;
use raytruth_task::prose::{STILL_CAMERA, list, number, ordinal};
use raytruth_task::{Difficulty, Draw, Rejection, Way};
use serde_json::{Value, json};

use self::script::{Course, Script, Step, script, times};
use crate::plot::{Board, Event, Form, Hidden, Part, Plot, Slot, TARGET, Thing, WAITS};

/// Middles of boxes that stand side by side, metres.
const PITCH: f32 = 0.154;
/// How far behind the row a box goes around another, metres.
const BEHIND: f32 = 0.132;
/// Half of a box, and its height, metres.
const HALF: [f32; 2] = [0.052, 0.045];
const HEIGHT: f32 = 0.1;
/// Thickness of the boxes' boards, metres.
const THICK: f32 = 0.005;
/// Thickness of their lining, metres.
const LINING: f32 = 0.001;
/// What the board is wider than two boxes, on each side, its height and its thickness, metres.
const HEM: f32 = 0.02;
const BOARD: [f32; 2] = [0.172, 0.006];
/// How high it hangs, metres: the boxes are seen below it.
const LIFT: f32 = 0.19;
/// Rods, half of their thickness and their length, metres.
const ROD: [f32; 2] = [0.003, 0.8];
/// Part of the way by which the board is clear of the target.
const CLEAR: f64 = 0.75;

pub(super) fn plot(draw: &mut Draw<'_>, changed: bool) -> Result<Plot, Rejection> {
    let seconds = super::seconds(draw.difficulty);
    let n = draw.told("counted in the prompt and in the picture").int("boxes") as usize;
    let place = draw.balanced("sweep_place", n);
    let last_seen = draw.balanced("sweep_last_seen", n);
    let extra = draw.int("idle_swaps") as usize;
    let radius = draw.seen("the ball in its box").real("ball_radius_mm") as f32 * 1e-3;
    let script = script(draw, n, extra, changed, (last_seen, place))?;
    let times = times(&script.steps, seconds)?;
    let by_place = draw.difficulty == Difficulty::Hard;
    let balls: Vec<usize> = (0..n).collect();
    let paints = Paint::draw_clear(&mut draw.rng, n + 2, &balls, &[(n, n + 1)])?;
    let row = Row { n, radius, script, times, paints, by_place, seconds };
    let course = row.course()?;

    let told: Value = row
        .script
        .steps
        .iter()
        .filter_map(|step| match *step {
            Step::Swap(a, b) => Some(json!({"swap": [a, b]})),
            Step::Down(j) => Some(json!({"down": j})),
            Step::Slide(_, j) => Some(json!({"slide_to": j})),
            Step::Rise(_) => Some(json!({"rise": true})),
            Step::Rest => None,
        })
        .collect();
    draw.told("the steps in their order, by places from the left, 0 first").value("moves", told);
    draw.seen("the box that holds the ball").value("start", row.script.start);
    draw.told("named in the prompt").value("ball_color", row.paints[row.script.start].name);
    let swaps = row.script.steps.iter().filter(|s| s.is_swap()).count();
    draw.hardness("swaps", swaps as f64);
    draw.hardness("boxes", n as f64);
    draw.hardness("hidden_s", row.times[course.shows].0 - row.times[course.hides].1);

    let wrong = row.wrong(&course);
    Ok(Plot { wrong, ..row.plot(&course) })
}

/// A row of boxes and what happens to it.
struct Row {
    n: usize,
    /// Of the balls, metres.
    radius: f32,
    script: Script,
    times: Vec<(f64, f64)>,
    /// Of the balls by their first places, of the boxes, and of the board.
    paints: Vec<Paint>,
    /// Whether boxes are called by their places; else by what is in them.
    by_place: bool,
    seconds: f64,
}

impl Row {
    fn course(&self) -> Result<Course, Rejection> {
        self.script.course().ok_or_else(|| Rejection::new("no_moves", "the target is never hidden"))
    }

    fn place(&self, i: usize) -> Vec3 {
        vec3((i as f32 - 0.5 * (self.n as f32 - 1.0)) * PITCH, 0.0, 0.0)
    }

    /// What goes with the box that stands in a place before some step.
    fn carried(&self, at: usize, from: usize, above: Vec3) -> Way {
        let mut at = at;
        let mut way = Way::at(self.place(at) + above);
        for (step, &(start, end)) in self.script.steps.iter().zip(&self.times).skip(from) {
            let to = step.after(at);
            if to == at {
                continue;
            }
            let Step::Swap(_, around) = *step else { continue };
            // Behind is to the left of what goes to the right.
            let aside = match (at == around, to > at) {
                (false, _) => 0.0,
                (true, true) => BEHIND,
                (true, false) => -BEHIND,
            };
            way = way.arc(start, end, self.place(to) + above, aside);
            at = to;
        }
        way
    }

    /// Where something in a place before all is before a step.
    fn at(&self, first: usize, before: usize) -> usize {
        self.script.steps[..before].iter().fold(first, |at, step| step.after(at))
    }

    /// The board, in the frame of the middle between the two boxes that it hides.
    fn board(&self) -> (Way, Vec<Board>, Vec<Board>) {
        let half = 0.5 * PITCH + HALF[0] + HEM;
        let [height, thick] = BOARD;
        let front = -HALF[1];
        let boards = vec![Board::between(vec3(-half, front - thick, 0.0), vec3(half, front, height))];
        let y = front - 0.5 * thick;
        let rods = [-0.7, 0.7].map(|side: f32| {
            let x = side * half;
            Board::between(vec3(x - ROD[0], y - ROD[0], height), vec3(x + ROD[0], y + ROD[0], height + ROD[1]))
        });
        let before = |j: usize| 0.5 * (self.place(j) + self.place(j + 1));
        let first = self.script.steps.iter().find_map(|s| if let Step::Down(j) = *s { Some(j) } else { None }).unwrap_or(0);
        let mut way = Way::at(before(first) + LIFT * Vec3::Z);
        for (step, &(start, end)) in self.script.steps.iter().zip(&self.times) {
            way = match *step {
                Step::Down(j) | Step::Slide(_, j) => way.to(start, end, before(j)),
                Step::Rise(_) => way.by(start, end, LIFT * Vec3::Z),
                _ => way,
            };
        }
        (way, boards, rods.to_vec())
    }

    /// What it is lined with.
    fn lining_boards() -> Vec<Board> {
        let ([x, y], z, thick) = ([HALF[0] - THICK, HALF[1] - THICK], [THICK, HEIGHT - THICK], LINING);
        let front = -HALF[1];
        vec![
            Board::between(vec3(-x, front, z[0]), vec3(x, y, z[0] + thick)),
            Board::between(vec3(-x, front, z[1] - thick), vec3(x, y, z[1])),
            Board::between(vec3(-x, front, z[0] + thick), vec3(-x + thick, y, z[1] - thick)),
            Board::between(vec3(x - thick, front, z[0] + thick), vec3(x, y, z[1] - thick)),
            Board::between(vec3(-x + thick, y - thick, z[0] + thick), vec3(x - thick, y, z[1] - thick)),
        ]
    }

    /// Boards of a box that is open in front.
    fn box_boards() -> Vec<Board> {
        let ([x, y], z) = (HALF, HEIGHT);
        vec![
            Board::between(vec3(-x, -y, 0.0), vec3(x, y, THICK)),
            Board::between(vec3(-x, -y, z - THICK), vec3(x, y, z)),
            Board::between(vec3(-x, -y, THICK), vec3(-x + THICK, y, z - THICK)),
            Board::between(vec3(x - THICK, -y, THICK), vec3(x, y, z - THICK)),
            Board::between(vec3(-x + THICK, y - THICK, THICK), vec3(x - THICK, y, z - THICK)),
        ]
    }

    fn plot(&self, course: &Course) -> Plot {
        let up = Vec3::Z * (THICK + LINING + self.radius);
        let (start, form) = (self.script.start, Form::Ball { radius: self.radius });
        let ball = |first: usize, name: String, part: Part| Thing {
            name,
            part,
            form: form.clone(),
            way: self.carried(first, 0, up),
            paint: Some(self.paints[first]),
        };
        let mut things = vec![ball(start, TARGET.to_owned(), Part::Target)];
        for i in 0..self.n {
            let (form, paint) = (Form::Boards(Self::box_boards()), Some(self.paints[self.n]));
            things.push(Thing { name: box_name(i), part: Part::Occluder, form, way: self.carried(i, 0, Vec3::ZERO), paint });
        }
        let (way, boards, rods) = self.board();
        let paint = Some(self.paints[self.n + 1]);
        things.push(Thing { name: BOARD_NAME.into(), part: Part::Occluder, form: Form::Screen(boards), way: way.clone(), paint });
        things.extend((0..self.n).filter(|&i| i != start).map(|i| ball(i, format!("ball_{i}"), Part::Distractor)));
        let mover = |name: String, form: Form, way: Way| Thing { name, part: Part::Mover, form, way, paint: None };
        let lining = || Form::Lining(Self::lining_boards());
        things.extend((0..self.n).map(|i| mover(format!("lining_{i}"), lining(), self.carried(i, 0, Vec3::ZERO))));
        things.push(mover("board_rods".into(), Form::Boards(rods), way));
        things.extend((0..self.n).map(|i| mover(format!("rod_{i}"), Form::Rod, self.carried(i, 0, HEIGHT * Vec3::Z))));

        // Slots by the places in which boxes stand in the end; the target goes there from when it is hidden on.
        let hides = course.hides;
        let slot = |end: usize| {
            let first = (0..self.n).find(|&first| self.at(first, self.script.steps.len()) == end).unwrap_or(end);
            Slot { way: self.carried(self.at(first, hides), hides, up), holder: Some(box_name(first)) }
        };
        let (from, reveal) = (self.times[hides].1, self.times[course.shows].0);
        let events = self.events(course, &things);
        Plot {
            things,
            slots: (0..self.n).map(slot).collect(),
            place: course.place,
            last_seen: course.last_seen,
            hidden: vec![Hidden { span: from..reveal, by: Some(box_name(start)), sealed: reveal - 0.5 * WAITS }],
            events,
            shown: reveal + CLEAR * (self.times[course.shows].1 - reveal),
            dark: None,
            free: None,
            seconds: self.seconds,
            elevation: (28.0, 34.0),
            prompt: self.prompt(),
            wrong: Vec::new(),
        }
    }

    fn events(&self, course: &Course, things: &[Thing]) -> Vec<Event> {
        let board = || vec![BOARD_NAME.to_owned()];
        let one = |(i, (step, &(start, end))): (usize, (&Step, &(f64, f64)))| {
            let (name, who) = match *step {
                _ if i == course.shows => ("reveal".to_owned(), board()),
                Step::Swap(a, b) => {
                    let there = |place: usize| (0..self.n).find(|&first| self.at(first, i) == place).map(box_name);
                    (format!("swap_{}", i + 1), [a, b].into_iter().filter_map(there).collect())
                }
                Step::Rest => return None,
                Step::Down(_) => ("cover".to_owned(), board()),
                Step::Slide(..) => (format!("slide_{}", i + 1), board()),
                Step::Rise(_) => ("rise".to_owned(), board()),
            };
            debug_assert!(who.iter().all(|name| things.iter().any(|thing| thing.name == *name)));
            Some(Event { name, span: start..end, who })
        };
        self.script.steps.iter().zip(&self.times).enumerate().filter_map(one).collect()
    }

    /// The plot in which one of the swaps does not happen, if the target then ends elsewhere.
    fn wrong(&self, course: &Course) -> Vec<(&'static str, &'static str, Plot)> {
        let end = |steps: &[Step]| steps.iter().fold(self.script.start, |at, step| step.after(at));
        let left_out = (0..self.script.steps.len()).filter(|&i| self.script.steps[i].is_swap()).find_map(|i| {
            let mut steps = self.script.steps.clone();
            steps[i] = Step::Rest;
            (end(&steps) != course.place).then_some(steps)
        });
        let Some(steps) = left_out else { return Vec::new() };
        let script = Script { steps, start: self.script.start };
        let other = Self { script, times: self.times.clone(), paints: self.paints.clone(), ..*self };
        // Only what it shows is used.
        let plot = other.course().map(|own| other.plot(&own)).ok();
        plot.map(|plot| ("left_out", "one of the moves does not happen", plot)).into_iter().collect()
    }

    fn prompt(&self) -> String {
        let (boxes, board) = (self.paints[self.n].name, self.paints[self.n + 1].name);
        let balls = list(&self.paints[..self.n].iter().map(|p| format!("a {}", p.name)).collect::<Vec<_>>());
        let before = |j: usize| match self.n {
            3 if j == 0 => "the two boxes on the left".to_owned(),
            3 => "the two boxes on the right".to_owned(),
            _ => format!("the {} and the {} box from the left", ordinal(j + 1), ordinal(j + 2)),
        };
        let mut steps = String::new();
        let mut covered = false;
        for (i, step) in self.script.steps.iter().enumerate() {
            let name = |place: usize| {
                let first = (0..self.n).find(|&first| self.at(first, i) == place).unwrap_or(place);
                match self.by_place {
                    true => format!("the {} box from the left", ordinal(place + 1)),
                    false => format!("the box with the {} ball", self.paints[first].name),
                }
            };
            steps.push_str(&match *step {
                Step::Swap(a, b) => {
                    let lead = if covered { "Behind it, " } else { "Then " };
                    format!("{lead}{} and {} change places, {} going around behind. ", name(a), name(b), name(b))
                }
                Step::Rest => continue,
                Step::Down(j) => {
                    covered = true;
                    format!("The board comes down before {}. ", before(j))
                }
                Step::Slide(from, to) => {
                    format!("Then it slides past, by one box to the {}. ", if to > from { "right" } else { "left" })
                }
                Step::Rise(_) => continue,
            });
        }
        let first = self.script.steps.iter().find_map(|s| if let Step::Down(j) = *s { Some(before(j)) } else { None });
        let mut count = number(self.n);
        if let Some(first) = count.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        format!(
            "{count} {boxes} boxes, open in front and held by rods from above, stand in a row; from left to right {balls} ball lie in \
             them. A {board} board hangs before {}. {steps}At last the board rises, so that all show where the balls are. {STILL_CAMERA}",
            first.unwrap_or_default()
        )
    }
}

/// Name of the board.
const BOARD_NAME: &str = "board";

fn box_name(first: usize) -> String {
    format!("box_{first}")
}
