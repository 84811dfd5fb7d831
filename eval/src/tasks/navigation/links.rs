//! The links of the walk, each worth something by itself.

use crate::Failure;
use crate::grading::{Link, Step, ramp};

use super::StopTruth;
use super::guards::LOST;
use super::journey::Journey;
use super::pose::{distance, turn};

/// What another way around is worth, that leads to the goal through open doors all the same.
const OTHER_WAY: f32 = 0.6;
/// What landmarks sighted in order are worth where the eye is lost.
const SIGHTED: f32 = 0.5;
/// Beyond the truth's own distance to the goal, metres: all, and nothing.
const SHORT_OF: (f32, f32) = (0.5, 1.2);
/// Nearer is no longer in front of it, metres.
const AGAINST: f32 = 0.3;
/// Degrees off.
const FACED: (f32, f32) = (15.0, 40.0);
/// Lengths of the shortest way.
const LENGTH: (f32, f32) = (1.18, 1.3);
/// Metres in its end.
const HELD: (f32, f32) = (0.12, 0.3);

fn link(fraction: f32, measured: Option<f32>, tolerance: f32, unit: &'static str, reason: String) -> Link {
    Link { fraction, measured, tolerance, unit, reason }
}

impl Journey<'_> {
    /// The stops are passed in order.
    pub(super) fn way(&self, arrives: bool) -> Step {
        let (passed, all) = (self.passed(), self.task.stops.len());
        let share = passed as f32 / all as f32;
        let all_gates = self.task.stops.iter().all(|stop| matches!(stop, StopTruth::Gate { .. }));
        if passed < all && arrives && all_gates && self.crossed().is_none() && !self.jumps() {
            let reason = format!("another way leads to the goal: {passed} of {all} gates of the shortest are passed in order");
            return Step::new(link(OTHER_WAY.max(share), Some(share), 1.0, "share of stops", reason), Failure::WrongWay);
        }
        if let Some(sighted) = self.sighted.filter(|sighted| self.lost() > LOST.0 && SIGHTED * sighted > share) {
            let reason =
                format!("where it goes cannot be told, but {:.0} % of the landmarks are sighted in order", 100.0 * sighted);
            return Step::new(link(SIGHTED * sighted, Some(share), 1.0, "share of stops", reason), Failure::WrongWay);
        }
        let reason = format!("{passed} of {all} stops of the way are passed in order");
        Step::new(link(share, Some(share), 1.0, "share of stops", reason), Failure::WrongWay)
    }

    /// Whether it is somewhere else at once, anywhere.
    pub(super) fn jumps(&self) -> bool {
        (1..self.fixes.len()).any(|frame| self.is_jump(frame))
    }

    /// Nothing is walked through.
    pub(super) fn clear(&self) -> Step {
        let crossed = self.crossed();
        let (fraction, reason) = match crossed {
            Some(frame) => (0.0, format!("it walks through something in frame {frame}")),
            None => (1.0, "it walks through nothing".to_owned()),
        };
        Step::new(link(fraction, Some(1.0 - fraction), 0.0, "crossings", reason), Failure::WrongWay)
    }

    /// How far it ends from the goal, and the link.
    pub(super) fn goal(&self) -> Step {
        let (end, goal) = (self.end(), &self.task.goal);
        let (away, own) = (distance(end.at, goal.face), distance(goal.stand, goal.face));
        let mut fraction = ramp(away, own + SHORT_OF.0, own + SHORT_OF.1);
        let mut reason = format!("it ends {away:.2} m from the goal; {own:.2} m are right");
        if fraction > 0.0 && !self.sees_goal() {
            fraction = 0.0;
            reason += ", with something between";
        } else if fraction > 0.0 && !self.shows_its_end() {
            fraction = 0.0;
            reason += ", and its last frames do not show what is to be seen from there";
        } else if away < AGAINST {
            fraction *= ramp(AGAINST - away, 0.0, AGAINST);
            reason += ", too near to stand in front of it";
        }
        Step::new(link(fraction, Some(away), own + SHORT_OF.0, "metres", reason), Failure::WrongPlace)
    }

    /// It looks at the goal.
    pub(super) fn faced(&self) -> Step {
        let (end, face) = (self.end(), self.task.goal.face);
        let wanted = libm::atan2f(face[1] - end.at[1], face[0] - end.at[0]);
        let off = turn(end.yaw - wanted).abs().to_degrees();
        let reason = format!("it looks {off:.0} degrees beside the goal");
        Step::new(link(ramp(off, FACED.0, FACED.1), Some(off), FACED.0, "degrees", reason), Failure::WrongResponse)
    }

    /// It goes no farther than it must.
    pub(super) fn efficient(&self) -> Step {
        let length = self.length();
        let reason = format!("its way is {length:.2} times as long as the shortest");
        let none = LENGTH.1.max(0.97 * self.task.second_best).min(LENGTH.1 + 0.2);
        Step::new(link(ramp(length, LENGTH.0, none), Some(length), LENGTH.0, "lengths", reason), Failure::WrongWay)
    }

    /// It stands in the end.
    pub(super) fn held(&self) -> Step {
        let (metres, radians) = self.unrest();
        let moves = metres + 0.5 * radians;
        let reason = format!("it moves by {metres:.2} m and {:.0} degrees in its last quarter of a second", radians.to_degrees());
        Step::new(link(ramp(moves, HELD.0, HELD.1), Some(moves), HELD.0, "metres", reason), Failure::CutShort)
    }
}
