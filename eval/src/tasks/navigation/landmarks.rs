//! What landmarks, known by their hues alone, say of a pose.

use super::LandmarkTruth;
use super::extent::Extent;
use super::fit::{Known, Row};
use super::picture::Picture;
use super::pose::View;

/// Standard deviation of a landmark's middle: pixels, and parts of its width.
const MIDDLE: (f32, f32) = (1.0, 0.15);
/// Pixels of its bounds below which a landmark is too small to be missed, and what it shows of them at least.
const SMALL: f32 = 60.0;
const SHOWS: f32 = 0.10;
/// A landmark of which so much lies in the picture must show its colour; and a door, which is of one colour throughout: from where one stands before
/// it, a third of it lies below.
const IN_PICTURE: f32 = 0.7;
const OF_DOOR: f32 = 0.4;

/// What the colours of a picture say of a pose.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Colours {
    /// Share of the landmarks in sight that show their colour, less what else has it; none where there are none.
    pub(super) fit: Option<f32>,
    /// Whether a landmark that should fill a good part of the picture does not show its colour.
    pub(super) lacks: bool,
    /// Share of the picture that lies below the horizon and has the colour of a landmark, but beside all landmarks of that colour.
    pub(super) beside: f32,
}

impl Known<'_> {
    /// Landmarks that are wholly in sight are seen where their colour has its middle.
    pub(super) fn middles(&self, view: &View, picture: &Picture, rows: &mut Vec<Row>) {
        for (landmark, class) in self.task.landmarks.iter().zip(&self.palette.of) {
            let Some(class) = *class else { continue };
            let twice = self.palette.of.iter().filter(|c| **c == Some(class)).count() > 1;
            let Some(extent) = Extent::new(view, &landmark.bounds()).filter(|e| !twice && e.is_whole(view)) else { continue };
            if self.seen_of(view, landmark) < 3 {
                continue;
            }
            let width = extent.high[0] - extent.low[0];
            let margin = 0.6 * width + 5.0;
            let (from, to) = (extent.low[0] - margin, extent.high[0] + margin);
            let least = (SHOWS * extent.area()).max(8.0);
            let Some(middle) =
                picture.hues.middle(class, from, to).filter(|_| picture.hues.count(class, from, to) as f32 > least)
            else {
                continue;
            };
            let Some(spot) = view.spot(landmark.center) else { continue };
            let sigma = MIDDLE.0 + MIDDLE.1 * width;
            rows.push(Row {
                slope: view.slopes(&spot)[0],
                off: middle - 0.5 * (extent.low[0] + extent.high[0]),
                weight: 8.0,
                sigma,
            });
        }
    }

    /// How many of three upright lines of a landmark are in sight.
    pub(super) fn seen_of(&self, view: &View, landmark: &LandmarkTruth) -> usize {
        let eye = view.eye();
        let [dx, dy] = [0, 1].map(|k| landmark.center[k] - eye[k]);
        let away = (dx * dx + dy * dy).sqrt().max(1e-3);
        let half = 0.5 * (landmark.size[0] * landmark.size[0] + landmark.size[1] * landmark.size[1]).sqrt();
        // Just before its bounds, which hide themselves.
        let near = 1.0 - (half + 0.02).min(0.9 * away) / away;
        let height = landmark.center[2] + 0.2 * landmark.size[2];
        [-0.6, 0.0, 0.6]
            .iter()
            .filter(|side| {
                let aside = **side * half / away;
                let point = [eye[0] + near * dx - aside * dy, eye[1] + near * dy + aside * dx, height];
                self.place.is_seen(eye, point)
            })
            .count()
    }

    /// What the landmarks' colours say.
    pub(super) fn colours(&self, view: &View, picture: &Picture) -> Colours {
        let (mut sum, mut count, mut lacks, mut most) = (0.0, 0.0, false, 0.0_f32);
        let mut own = vec![(0.0_f32, Vec::new()); self.palette.len()];
        for (landmark, class) in self.task.landmarks.iter().zip(&self.palette.of) {
            let Some(class) = *class else { continue };
            let Some(extent) = Extent::new(view, &landmark.bounds()) else { continue };
            let shown = extent.inside(view);
            if shown.area() <= 0.0 {
                continue;
            }
            let margin = 3.0 + 0.1 * (extent.high[0] - extent.low[0]);
            let seen = picture.hues.count(class, shown.low[0] - margin, shown.high[0] + margin) as f32;
            own[class].0 += seen;
            own[class].1.push([shown.low[0] - margin, shown.high[0] + margin]);
            let lines = self.seen_of(view, landmark);
            if shown.area() < SMALL || lines == 0 {
                continue;
            }
            let wanted = SHOWS * shown.area() * lines as f32 / 3.0;
            sum += (seen / wanted).min(1.0);
            count += 1.0;
            let asked = if landmark.is_flat() { OF_DOOR } else { IN_PICTURE };
            lacks |= lines == 3 && shown.area() > 4.0 * SMALL && extent.share(view) > asked && seen < 0.3 * wanted;
        }
        for (class, (own, spans)) in own.iter().enumerate() {
            let total = picture.hues.total(class) as f32;
            most = most.max(picture.hues.beside(class, spans) as f32);
            if total > SMALL {
                sum += 1.0 - (total - own).max(0.0) / total;
                count += 1.0;
            }
        }
        let [width, height] = view.lens.size;
        Colours { fit: (count > 0.0).then(|| sum / count), lacks, beside: most / (width * height) }
    }
}
