//! The second stage of a run: it renders, one clip after the other.

use std::ops::ControlFlow;
use std::sync::PoisonError;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::Instant;

use raytruth_render::{Frame, Prepared, Progress, RenderError};

use super::{Run, Sequence};
use crate::checks;
use crate::sample::{Order, Ready, Refused, Shot};
use crate::source::{FrameSource, FrameStream};
use crate::waits::Waits;
use crate::{Error, Event, Result};

/// Frames that may wait for the encoder: about a clip's, so that a fast device goes on to the next clip while this one is encoded. With all passes
/// frames are many times as large.
const FRAMES_AHEAD: [usize; 2] = [64, 2];

impl Run<'_> {
    /// Second stage: the only one that touches the GPU.
    pub(super) fn render(&self, source: &mut dyn FrameSource, to_finish: &SyncSender<Sequence>, samples: u64) -> Result<()> {
        let mut waits = Waits::default();
        let ended = self.render_all(source, to_finish, samples, &mut waits);
        self.summary.lock().unwrap_or_else(PoisonError::into_inner).waits = waits;
        ended
    }

    fn render_all(
        &self,
        source: &mut dyn FrameSource,
        to_finish: &SyncSender<Sequence>,
        samples: u64,
        waits: &mut Waits,
    ) -> Result<()> {
        let (mut begun, mut estimated) = (false, false);
        while let Some(Ready { sample, order, prepared }) = self.next(&mut begun, waits) {
            if self.stopping() {
                break;
            }
            let (task_id, look) = (sample.drawn.task_id.clone(), sample.look);
            if !std::mem::replace(&mut estimated, true) {
                let mut watch = |_: Progress| if self.stopping() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
                match source.estimate(&prepared, order.frames, &mut watch) {
                    Ok(Some(seconds)) => self.observer.event(Event::Estimated { seconds, samples }),
                    Ok(None) => {}
                    // If it is more than the estimate that fails, the clip tells.
                    Err(e) => log::debug!("no estimate: {e}"),
                }
            }
            let (send, shots) = sync_channel(FRAMES_AHEAD[usize::from(order.passes)]);
            if waits.of(|w| &mut w.finishing, || to_finish.send(Sequence { sample, shots })).is_err() {
                break;
            }
            self.observer.event(Event::ClipStarted { task_id: &task_id, what: &order.what, look, frames: order.frames });
            match self.render_clip(source, (&order, prepared), &send, waits) {
                Ok(()) => {}
                Err(RenderError::Cancelled) => break,
                Err(e) => return Err(Error::Render { task_id, source: Box::new(e) }),
            }
        }
        Ok(())
    }

    /// What to render next. Whoever waits for nothing more to come waits for the last clips to be settled.
    fn next(&self, begun: &mut bool, waits: &mut Waits) -> Option<Ready> {
        let start = Instant::now();
        let next = self.queue.take();
        let waited = if next.is_some() { &mut waits.problems } else { &mut waits.finishing };
        // Every run waits for its first problem.
        if std::mem::replace(begun, true) {
            *waited += start.elapsed();
        }
        next
    }

    /// Renders a clip frame by frame.
    fn render_clip(
        &self,
        source: &mut dyn FrameSource,
        (order, prepared): (&Order, Prepared),
        send: &SyncSender<Result<Shot, Refused>>,
        waits: &mut Waits,
    ) -> Result<(), RenderError> {
        let scene = order.scene();
        let mut clip: Box<dyn FrameStream + '_> = source.clip(prepared)?;
        let mut watch = |_: Progress| if self.stopping() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        if let Some(refused) = checks::failed(clip.as_mut(), scene, &order.checks, &mut watch)? {
            return send.send(Err(refused)).map_err(|_| RenderError::Cancelled);
        }
        clip.frames(
            0..order.frames,
            &|frame| order.outputs(frame),
            &mut |frame, p| {
                let part = p.done as f64 / p.total.max(1) as f64;
                self.observer.event(Event::ClipProgress { frames: f64::from(frame) + part });
                if self.stopping() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
            &mut |frame, Frame { rgb, passes, .. }| {
                let ids = order.ids_at.contains(&frame).then(|| passes.object_id.clone());
                let shot = Shot { rgb, ids, passes: order.passes.then_some(passes) };
                if self.stopping() || waits.of(|w| &mut w.encoding, || send.send(Ok(shot)).is_err()) {
                    return ControlFlow::Break(());
                }
                if frame + 1 == order.frames {
                    self.observer.event(Event::ClipProgress { frames: f64::from(order.frames) });
                }
                ControlFlow::Continue(())
            },
        )
    }
}
