//! What a camera does, frame by frame and step by step: `extras/actions.csv` and `extras/captions.json`.

use std::fmt::Write as _;

use glam::Vec3;
use raytruth_task::Episode;
use serde_json::json;

use crate::json::to_readable;
use crate::{Error, Result};

/// Columns of the table. A row holds what is seen in its frame, and what is done from there to the next one; from the last frame on nothing is.
const COLUMNS: &str = "frame,time_s,x_m,y_m,z_m,qx,qy,qz,qw,heading_deg,vx_mps,vy_mps,vz_mps,forward_mps,left_mps,turn_dps";

/// Names below the sample, and contents.
pub(crate) fn files(episode: &Episode) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = vec![("extras/actions.csv".to_owned(), table(episode).into_bytes())];
    if !episode.captions.is_empty() {
        let captions = json!({"fps": episode.clip.fps, "captions": episode.captions});
        let bytes = to_readable(&captions).map_err(|e| Error::Internal(format!("captions: {e}")))?;
        files.push(("extras/captions.json".to_owned(), bytes));
    }
    Ok(files)
}

/// Metres, seconds, degrees; headings counter-clockwise from +x, in (−180, 180].
fn table(episode: &Episode) -> String {
    let (camera, fps) = (&episode.scene.camera, episode.clip.fps);
    let frames = episode.clip.frames as usize;
    let mut out = format!("{COLUMNS}\n");
    for frame in 0..frames {
        let next = (frame + 1).min(frames - 1);
        let (pose, then) = (camera.pose_at(frame), camera.pose_at(next));
        let ahead = pose.vector(Vec3::NEG_Z).truncate();
        let velocity = (then.translation - pose.translation) * fps as f32;
        let forward = ahead.normalize_or_zero();
        let turn = ahead.angle_to(then.vector(Vec3::NEG_Z).truncate()).to_degrees() * fps as f32;
        let (p, q) = (pose.translation, pose.rotation);
        let numbers = [
            frame as f32 / fps as f32,
            p.x,
            p.y,
            p.z,
            q.x,
            q.y,
            q.z,
            q.w,
            ahead.to_angle().to_degrees(),
            velocity.x,
            velocity.y,
            velocity.z,
            velocity.truncate().dot(forward),
            velocity.truncate().dot(forward.perp()),
            turn,
        ];
        let _ = write!(out, "{frame}");
        for x in numbers {
            // No negative zero: it means the same.
            let x = if x.abs() < 5e-7 { 0.0 } else { x };
            let _ = write!(out, ",{x:.6}");
        }
        out.push('\n');
    }
    out
}
