//! What screens, latch, shutter and arms are of.

use glam::vec3;

use super::super::lane::RAIL_HEIGHT;
use super::{BACK, Story, UP};
use crate::plot::Board;

/// Half the thickness of screens, latch and shutter, metres.
pub(super) const THIN: f32 = 0.002;
/// Screens are so far from what they hide, metres.
const GAP: f32 = 0.006;
/// From the ball's first place to the screens: radii of the ball, and metres.
const BEFORE: (f32, f32) = (2.0, 0.03);
/// Rods and arms, half of their thickness, metres.
pub(super) const ROD: f32 = 0.003;
/// From here on rods are out of the picture, metres.
pub(super) const FAR: f32 = 0.8;

impl Story {
    /// Where screens begin, along the way.
    pub(super) fn edge(&self) -> f32 {
        BEFORE.0 * self.lane.radius + BEFORE.1
    }

    /// Height of the screens above the ground.
    pub(super) fn screen_height(&self) -> f32 {
        let walls = (0..self.lane.places).map(|place| self.lane.wall_top(place)).fold(0.0, f32::max);
        walls.max(self.door_height() + 2.0 * GAP) + GAP + 2.0 * THIN
    }

    /// How high they hang: what stands behind the track is seen below them.
    pub(super) fn screen_lift(&self) -> f32 {
        let tops = self.screen_height() + UP;
        let [_, outer] = self.lane.half_width();
        tops + 0.72 * (BACK + 2.0 * outer + GAP + 2.0 * THIN)
    }

    /// Boards of an arm, in the frame of the wall's foot.
    pub(super) fn arm_boards(&self) -> Vec<Board> {
        let ([inner, _], high) = (self.lane.half_width(), 1.2 * self.lane.radius);
        let long = 0.24;
        vec![
            Board::between(vec3(-ROD, inner, high - ROD), vec3(ROD, inner + long, high + ROD)),
            Board::between(vec3(-ROD, inner + long - ROD, high + ROD), vec3(ROD, inner + long + ROD, FAR)),
        ]
    }

    /// Boards of a screen: open below, and where the ball comes in, and to the next one.
    pub(super) fn screen_boards(&self, index: usize) -> Vec<Board> {
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
    pub(super) fn door_height(&self) -> f32 {
        self.lane.height(self.edge()) + 2.0 * self.lane.radius + 0.014
    }

    /// Boards of the shutter where it stands when shut.
    pub(super) fn shutter_boards(&self) -> Vec<Board> {
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
    pub(super) fn latch_boards(&self) -> Vec<Board> {
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
}
