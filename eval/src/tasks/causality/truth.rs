//! The causality evaluator's part of the truth.

use serde::{Deserialize, Serialize};

use crate::Truth;

/// What the ball meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// A stack: how many blocks stay stacked.
    Tower,
    /// A domino row with gaps: which is the last to fall.
    Dominoes,
    /// Two blocks side by side in the ball's way, of different material: which moves further.
    Pair,
}

/// The events in `truth.events`: the latch has visibly moved; the ball touches a target (the decisive one); nothing moves 0.5 px a frame
/// any more.
pub const EVENTS: [&str; 3] = ["release", "contact", "settle"];

/// `truth.task` of a causality sample. Frames count from 0; distances are pixels of the ground truth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CausalityTruth {
    /// What the ball meets.
    pub family: Family,
    /// The outcome class, e.g. `stacked_2`, `last_3`, `further_left`.
    pub class: String,
    /// Name of the rolling ball in `objects`.
    pub ball: String,
    /// Name in `objects` of the latch that holds the ball; older samples call it a gate.
    #[serde(alias = "gate")]
    pub latch: String,
    /// The blocks, in order: bottom to top, first to last in the row, left to right.
    pub targets: Vec<TargetTruth>,
    /// Spread (one standard deviation) of the ball's centre over the jittered ensemble, taken at equal progress along its path.
    pub ball_path_sigma_px: f32,
    /// Whether the ensemble agrees on where the ball comes to rest; where not, its end is not graded.
    pub ball_final_graded: bool,
    /// Full points within this distance of the ball's final centre.
    pub ball_final_tolerance_px: f32,
}

/// One block's answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetTruth {
    /// Its name in `objects`.
    pub name: String,
    /// Whether the outcome leaves it displaced: fallen, knocked off, pushed.
    pub moved: bool,
    /// Frame in which it begins to move, where it does.
    pub moves_at: Option<u32>,
    /// Whether the ensemble agrees on where it comes to rest; where not, only `moved` is graded.
    pub final_graded: bool,
    /// Full points within this distance of its final centre.
    pub final_tolerance_px: f32,
    /// Its final centre in the counterfactual twin (the material that gives another class), where there is one.
    pub twin_final_center: Option<[f32; 2]>,
    /// Whether it is displaced in the twin.
    pub twin_moved: Option<bool>,
}

impl CausalityTruth {
    /// `truth.task`, checked.
    ///
    /// # Errors
    /// A sentence that names the member and the rule broken.
    pub(super) fn read(truth: &Truth) -> Result<Self, String> {
        let task: Self = serde_json::from_value(truth.task.clone()).map_err(|e| format!("truth.task: {e}"))?;
        check(&task, truth)?;
        Ok(task)
    }

    /// The same with lengths in pixels of another size, `sx` and `sy` of them to one of the ground truth.
    pub(super) fn scaled(mut self, [sx, sy]: [f32; 2]) -> Self {
        let scale = (sx * sy).sqrt();
        self.ball_path_sigma_px *= scale;
        self.ball_final_tolerance_px *= scale;
        for target in &mut self.targets {
            target.final_tolerance_px *= scale;
            target.twin_final_center = target.twin_final_center.map(|c| [c[0] * sx, c[1] * sy]);
        }
        self
    }
}

fn check(task: &CausalityTruth, truth: &Truth) -> Result<(), String> {
    if task.targets.is_empty() || (task.family == Family::Pair && task.targets.len() != 2) {
        return Err(format!("truth.task.targets has {} entries", task.targets.len()));
    }
    let event = |name: &str| truth.events.get(name).copied().ok_or_else(|| format!("truth.events has no `{name}`"));
    let [release, contact, settle] = [event(EVENTS[0])?, event(EVENTS[1])?, event(EVENTS[2])?];
    if contact < 2 || release >= contact || contact > settle || truth.decisive_event != EVENTS[1] {
        return Err(format!(
            "truth.events: release at {release}, contact at {contact}, settled at {settle}, `{}` deciding, is no order of events",
            truth.decisive_event
        ));
    }
    let mut lengths =
        vec![("ball_path_sigma_px", task.ball_path_sigma_px), ("ball_final_tolerance_px", task.ball_final_tolerance_px)];
    lengths.extend(task.targets.iter().map(|t| ("targets.final_tolerance_px", t.final_tolerance_px)));
    lengths.extend(
        task.targets.iter().filter_map(|t| t.twin_final_center).flatten().map(|c| ("targets.twin_final_center", c.abs())),
    );
    // Twice the longer side is beyond every picture; what is looked for within it costs its square.
    let most = 2.0 * truth.clip.width.max(truth.clip.height) as f32;
    for (name, value) in lengths {
        if !(0.0..=most).contains(&value) {
            return Err(format!("truth.task.{name} is {value} pixels"));
        }
    }
    Ok(())
}
