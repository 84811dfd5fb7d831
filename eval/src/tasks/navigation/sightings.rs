//! Landmarks sighted in order: what a walk is worth by that alone where nobody can tell where the eye is.

use super::extent::Extent;
use super::fit::Known;
use super::picture::Picture;
use super::pose::Pose;

/// Share of the picture from which the truth's walk sights a landmark: of its bounds, which it does not fill; and of the pixels of its hue that
/// a candidate shows at least.
const BOUNDS: f32 = 0.02;
const PIXELS: f32 = 0.003;

/// The landmarks that the truth's walk comes to see, in order, and when a candidate first shows each.
pub(super) struct Sightings {
    /// Hues that one landmark alone has.
    wanted: Vec<usize>,
    first: Vec<Option<usize>>,
}

impl Sightings {
    /// What is in sight from the beginning tells nothing of a walk.
    pub(super) fn new(known: &Known<'_>, truth: &[Pose]) -> Self {
        let [width, height] = known.lens.size;
        let mut seen: Vec<(usize, usize)> = Vec::new();
        for (landmark, class) in known.task.landmarks.iter().zip(&known.palette.of) {
            let Some(class) = class.filter(|c| known.palette.of.iter().filter(|of| **of == Some(*c)).count() == 1) else {
                continue;
            };
            let sighted = |pose: &Pose| {
                let view = known.view(*pose);
                let area = Extent::new(&view, &landmark.bounds()).map_or(0.0, |e| e.inside(&view).area());
                area > BOUNDS * width * height && known.seen_of(&view, landmark) >= 2
            };
            if let Some(frame) = truth.iter().position(sighted).filter(|&frame| frame > 0) {
                seen.push((frame, class));
            }
        }
        seen.sort_unstable();
        let wanted: Vec<usize> = seen.into_iter().map(|(_, class)| class).collect();
        Self { first: vec![None; wanted.len()], wanted }
    }

    pub(super) fn look(&mut self, frame: usize, picture: &Picture, known: &Known<'_>) {
        let [width, height] = known.lens.size;
        for (class, first) in self.wanted.iter().zip(&mut self.first) {
            if first.is_none() && picture.hues.total(*class) as f32 > PIXELS * width * height {
                *first = Some(frame);
            }
        }
    }

    /// Share of them that come to be seen in the right order; `None` if there are none.
    pub(super) fn share(&self) -> Option<f32> {
        (!self.wanted.is_empty()).then(|| in_order(&self.first) as f32 / self.wanted.len() as f32)
    }
}

/// The most of them that follow one another. What is there from the beginning follows nothing.
fn in_order(first: &[Option<usize>]) -> usize {
    let mut longest = vec![0; first.len()];
    for i in 0..first.len() {
        let Some(at) = first[i].filter(|&at| at > 0) else { continue };
        let before = (0..i).filter(|&j| first[j].is_some_and(|f| f <= at)).map(|j| longest[j]).max();
        longest[i] = 1 + before.unwrap_or(0);
    }
    longest.into_iter().max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn what_comes_in_order_counts() {
        assert_eq!(in_order(&[Some(3), Some(5), Some(9)]), 3);
        assert_eq!(in_order(&[Some(9), Some(5), Some(3)]), 1);
        assert_eq!(in_order(&[Some(3), None, Some(2), Some(8)]), 2);
        assert_eq!(in_order(&[Some(0), None]), 0, "seen from the beginning");
        assert_eq!(in_order(&[]), 0);
    }
}
