//! Mazes and plazas: cells in rows and columns. Between those of a maze the walls are higher than one sees, in a plaza one sees over them.

use glam::{IVec2, Vec2};
use raytruth_task::dress::Paint;
use raytruth_task::interior::THICK;
use raytruth_task::{Draw, Rejection, Rng};

use super::grid::{Grid, SIDES};
use super::{Ask, STAND, landmark_paints, straighter};
use crate::layout::{Family, Form, Landmark, Layout};
use crate::site::{Decision, Site, Stop, Turn};

/// Between a wall and what stands at it, metres.
const GAP: f32 = 0.03;
/// How near one comes to what one visits, metres.
const VISIT: f32 = 2.0;

/// How much longer the next way must be, in steps: corners that are cut shorten both.
const LONGER: f32 = 1.3;

/// Where one is when one sees a cell before one, from its middle, in its sides.
const ENTRY: f32 = 0.42;

/// How a family's cells are.
struct Kind {
    family: Family,
    cells: &'static str,
    pitch: &'static str,
    loops: &'static str,
    /// Of the walls around it, and in it, metres.
    heights: [f32; 2],
    forms: &'static [Form],
}

/// Corridors.
pub(super) fn maze(draw: &mut Draw<'_>, ask: &Ask) -> Result<Site, Rejection> {
    let roofed = ask.roofed;
    let height = if roofed { 2.6 } else { 2.2 };
    let kind = Kind {
        family: Family::Maze,
        cells: "maze_cells",
        pitch: "maze_pitch_m",
        loops: "maze_loops",
        heights: [height; 2],
        forms: &Form::SCULPTURES,
    };
    site(draw, ask, &kind, roofed)
}

/// Low walls and monuments.
pub(super) fn plaza(draw: &mut Draw<'_>, ask: &Ask) -> Result<Site, Rejection> {
    let kind = Kind {
        family: Family::Plaza,
        cells: "plaza_cells",
        pitch: "plaza_pitch_m",
        loops: "plaza_loops",
        heights: [3.0, 0.7],
        forms: &Form::MONUMENTS,
    };
    site(draw, ask, &kind, false)
}

fn site(draw: &mut Draw<'_>, ask: &Ask, kind: &Kind, roofed: bool) -> Result<Site, Rejection> {
    let n = draw.int(kind.cells) as i32;
    let pitch = draw.real(kind.pitch) as f32;
    let loops = draw.int(kind.loops) as usize;
    let rng = &mut draw.rng;
    let grid = Grid::draw(rng, n, pitch, loops);
    if grid.distances(IVec2::ZERO).iter().any(|(steps, _)| *steps == i32::MAX) {
        return Err(Rejection::new("cut_off", "a cell is not reached"));
    }
    let goal_form = if kind.family == Family::Maze { Form::Door } else { *rng.pick(kind.forms) };
    // What stands before the wall of the last cell, and where one stands before that.
    let depth = if goal_form.hangs() { goal_form.size().y } else { GAP + goal_form.size().y };
    let reach = 0.5 * (pitch - THICK) - depth - STAND;
    // One does not begin where there is a choice.
    let starts = grid.cells().filter(|&cell| grid.degree(cell) < 3);
    let forks: Vec<Vec<Walk>> = starts.flat_map(|from| forks(walks(&grid, from, reach, ask))).collect();
    if forks.is_empty() {
        return Err(Rejection::new("no_way", "no two ways have the turns and the length that are asked for"));
    }
    let mut fork = rng.pick(&forks).clone();
    fork.retain(|walk| walk.first_turn().is_some_and(|(_, turn)| turn == ask.turn));
    let walk = rng.pick(&fork).clone();
    let junctions: Vec<IVec2> = grid.cells().filter(|&cell| grid.degree(cell) == 3).collect();
    let [last, before] = [walk.cells[walk.cells.len() - 1], walk.cells[walk.cells.len() - 2]];
    let ahead = (last - before).as_vec2();
    if kind.family == Family::Plaza && !(3..=6).contains(&junctions.len()) {
        return Err(Rejection::new("landmarks", format!("{} of them", junctions.len() + 1)));
    }
    let goal_paint = landmark_paints(rng, 1, goal_form, None)[0];
    let mut landmarks = stand_at(rng, &grid, &junctions, kind, goal_paint)?;
    let inner = 0.5 * (pitch - THICK);
    if kind.family == Family::Maze {
        landmarks.extend(other_doors(rng, &grid, last, goal_paint, inner));
    }
    let wall = grid.middle(last) + ahead * inner;
    let at = if goal_form.hangs() { wall } else { wall - ahead * (GAP + 0.5 * goal_form.size().y) };
    landmarks.push(Landmark { form: goal_form, paint: goal_paint, at, out: -ahead });
    let stand = grid.middle(last) + ahead * reach;
    let mut through: Vec<Vec2> = walk.cells[..walk.cells.len() - 1].iter().map(|&cell| grid.middle(cell)).collect();
    through.push(stand);
    let of = |cell: IVec2| junctions.iter().position(|j| *j == cell);
    let decisions: Vec<Decision> = walk
        .turns()
        .filter_map(|(cell, turn)| of(cell).map(|landmark| Decision { at: grid.middle(cell), turn, landmark }))
        .collect();
    let stops = match kind.family {
        Family::Plaza => decisions.iter().map(|d| Stop::Visit(d.landmark, VISIT)).collect(),
        _ => walk.cells.windows(2).zip(&walk.sides).map(|(w, &side)| Stop::Gate(grid.border(w[0], side))).collect(),
    };
    let layout = Layout {
        family: kind.family,
        area: grid.area(),
        walls: grid.walls(kind.heights[0], kind.heights[1]),
        height: kind.heights[0],
        roofed,
        landmarks,
        furniture: Vec::new(),
        middles: grid.cells().map(|cell| grid.middle(cell)).collect(),
    };
    let turn = walk.turns().position(|(_, turn)| turn != Turn::Straight).unwrap_or(0);
    let through = straighter(&layout, &through, turn + 1)?;
    let entries = |cell: IVec2| {
        let open = (0..4).filter(|&side| grid.is_open(cell, side)).map(|side| SIDES[side].as_vec2());
        open.map(|out| (grid.middle(cell) + ENTRY * pitch * out, -out)).collect()
    };
    Ok(Site {
        heading: SIDES[walk.sides[0]].as_vec2(),
        through,
        stops,
        decisions,
        face: wall - ahead * depth,
        choices: junctions.iter().map(|&cell| entries(cell)).collect(),
        layout,
    })
}

/// A way from cell to cell.
#[derive(Clone)]
struct Walk {
    cells: Vec<IVec2>,
    sides: Vec<usize>,
}

impl Walk {
    /// What is done in each cell but the first and the last.
    fn turns(&self) -> impl Iterator<Item = (IVec2, Turn)> + '_ {
        let direction = |side: usize| SIDES[side].as_vec2();
        let turn = move |w: &[usize]| Turn::between(direction(w[0]), direction(w[1]));
        self.cells[1..].iter().copied().zip(self.sides.windows(2).map(turn))
    }

    /// The first turn, and the cell in which it is made.
    fn first_turn(&self) -> Option<(IVec2, Turn)> {
        self.turns().find(|(_, turn)| *turn != Turn::Straight)
    }
}

/// Ways from one cell, in groups that part where they first turn: some of each turn to the left there, and some to the right, so that the place
/// and the start do not tell which turn is the answer.
fn forks(walks: Vec<Walk>) -> Vec<Vec<Walk>> {
    let mut forks: Vec<(usize, IVec2, Vec<Walk>)> = Vec::new();
    for walk in walks {
        let Some((cell, _)) = walk.first_turn() else { continue };
        match forks.iter_mut().find(|fork| (fork.0, fork.1) == (walk.sides[0], cell)) {
            Some(fork) => fork.2.push(walk),
            None => forks.push((walk.sides[0], cell, vec![walk])),
        }
    }
    let both = |walks: &[Walk]| {
        let has = |turn: Turn| walks.iter().any(|walk| walk.first_turn().is_some_and(|(_, t)| t == turn));
        has(Turn::Left) && has(Turn::Right)
    };
    forks.into_iter().map(|fork| fork.2).filter(|walks| both(walks)).collect()
}

/// The ways from a cell that are as asked for. `reach`: how far past the middle of its last cell each goes, metres.
fn walks(grid: &Grid, from: IVec2, reach: f32, ask: &Ask) -> Vec<Walk> {
    let mut found = Vec::new();
    let distances = grid.distances(from);
    // What stands where there is a choice would stand before the goal.
    for to in grid.cells().filter(|&to| to != from && grid.degree(to) < 3) {
        let Some(sides) = grid.way(&distances, to) else { continue };
        let length = sides.len() as f32 * grid.pitch + reach;
        let last = sides[sides.len() - 1];
        // The goal is straight ahead in the last cell.
        if !ask.length.contains(&length) || sides.len() < 2 || grid.is_open(to, last) {
            continue;
        }
        let mut cells = vec![from];
        sides.iter().for_each(|&side| cells.push(cells[cells.len() - 1] + SIDES[side]));
        let walk = Walk { cells, sides };
        let is_choice = |cell: IVec2| grid.degree(cell) == 3;
        let turned = |(_, turn): &(IVec2, Turn)| *turn != Turn::Straight;
        let turns = walk.turns().filter(turned).count();
        let decisions = walk.turns().filter(|(cell, _)| is_choice(*cell)).count();
        // The first turn is a choice: a bend before it would tell it.
        let first_is_choice = walk.first_turn().is_some_and(|(cell, _)| is_choice(cell));
        if !ask.turns.contains(&turns) || !ask.decisions.contains(&decisions) || !first_is_choice {
            continue;
        }
        let steps = walk.sides.len() as f32;
        if grid.around(from, to, &walk.sides).is_some_and(|other| other as f32 > LONGER * steps) {
            found.push(walk);
        }
    }
    found
}

/// A landmark for each junction, at its closed side.
fn stand_at(rng: &mut Rng, grid: &Grid, cells: &[IVec2], kind: &Kind, avoid: Paint) -> Result<Vec<Landmark>, Rejection> {
    let mut kinds: Vec<(Form, Paint)> = kind
        .forms
        .iter()
        .flat_map(|&form| landmark_paints(rng, usize::MAX, form, Some(avoid)).into_iter().map(move |paint| (form, paint)))
        .collect();
    rng.shuffle(&mut kinds);
    if kinds.len() < cells.len() {
        return Err(Rejection::new("landmarks", format!("{} junctions", cells.len())));
    }
    let inner = 0.5 * (grid.pitch - THICK);
    let mut found: Vec<Landmark> = Vec::new();
    for &cell in cells {
        let shut = (0..4).find(|&side| !grid.is_open(cell, side)).unwrap_or(0);
        let out = -SIDES[shut].as_vec2();
        // Those next to each other differ in colour and form, as long as there are others.
        let near = |other: &Landmark| other.at.distance(grid.middle(cell)) < 2.2 * grid.pitch;
        let alike =
            |(form, paint): &(Form, Paint)| found.iter().filter(|o| near(o) && (o.form == *form || o.paint == *paint)).count();
        let best = (0..kinds.len()).min_by_key(|&i| alike(&kinds[i])).unwrap_or(0);
        let (form, paint) = kinds.remove(best);
        let at = grid.middle(cell) - out * (inner - GAP - 0.5 * form.size().y);
        found.push(Landmark { form, paint, at, out });
    }
    Ok(found)
}

/// Doors that are not the goal, at ends of corridors.
fn other_doors(rng: &mut Rng, grid: &Grid, goal: IVec2, avoid: Paint, inner: f32) -> Vec<Landmark> {
    let mut ends: Vec<IVec2> = grid.cells().filter(|&cell| grid.degree(cell) == 1 && cell != goal).collect();
    rng.shuffle(&mut ends);
    let paints = landmark_paints(rng, 2, Form::Door, Some(avoid));
    ends.into_iter()
        .zip(paints)
        .map(|(cell, paint)| {
            let open = (0..4).find(|&side| grid.is_open(cell, side)).unwrap_or(0);
            let out = SIDES[open].as_vec2();
            Landmark { form: Form::Door, paint, at: grid.middle(cell) - out * inner, out }
        })
        .collect()
}
