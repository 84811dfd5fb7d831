//! Walls across a track: which the ball meets first, with what arms do and without.

use raytruth_task::{Draw, Rejection};

/// Most tries to find walls that stop the ball where they should.
const TRIES: u32 = 2000;
/// Most walls.
const WALLS: usize = 3;

/// A wall across the track, or beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wall {
    /// Along the way.
    pub place: usize,
    /// Whether it stands across the track in the beginning, and when the ball comes.
    pub before: bool,
    pub after: bool,
}

impl Wall {
    pub(super) const fn changes(self) -> bool {
        self.before != self.after
    }
}

/// The first wall that a ball meets.
fn first(walls: &[Wall], is_there: impl Fn(&Wall) -> bool) -> Option<usize> {
    walls.iter().filter(|wall| is_there(wall)).map(|wall| wall.place).min()
}

/// Walls of which the ball meets the one at a place first. If the problem is a changed one, that is due to the changes; else it meets the same one
/// with them and without: nothing changes if there is no room for it.
pub(super) fn walls(
    draw: &mut Draw<'_>,
    places: usize,
    (changes, changed): (usize, bool),
    meets: usize,
) -> Result<Vec<Wall>, Rejection> {
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
