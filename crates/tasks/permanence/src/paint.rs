//! Colours that have names: prompts use them, so they belong to the problem. How light a colour is belongs to the look.

use glam::Vec3;
use raytruth_task::Rng;
use raytruth_task::dress::paint::paint;

/// A colour with a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Paint {
    pub name: &'static str,
    /// Degrees, as [`raytruth_eval::hue::degrees`] gives it.
    hue: f64,
    /// Largest component of the lightest and the darkest that people call by this name.
    peak: (f64, f64),
}

/// How many there are.
pub(crate) const COUNT: usize = ALL.len();

/// All of them, at least 50° apart.
const ALL: [Paint; 6] = [
    Paint { name: "red", hue: 26.0, peak: (0.55, 0.7) },
    Paint { name: "yellow", hue: 84.0, peak: (0.72, 0.85) },
    Paint { name: "green", hue: 146.0, peak: (0.38, 0.55) },
    Paint { name: "turquoise", hue: 204.0, peak: (0.5, 0.65) },
    Paint { name: "blue", hue: 260.0, peak: (0.55, 0.75) },
    Paint { name: "purple", hue: 311.0, peak: (0.42, 0.58) },
];

impl Paint {
    /// `n` different ones, at most six.
    pub(crate) fn draw(rng: &mut Rng, n: usize) -> Vec<Self> {
        let mut all = ALL;
        rng.shuffle(&mut all);
        all[..n].to_vec()
    }

    /// As a colour, linear Rec. 709.
    pub(crate) fn color(&self, rng: &mut Rng) -> Vec3 {
        paint(self.hue, rng.range(self.peak.0, self.peak.1) as f32)
    }
}

#[cfg(test)]
mod tests {
    use raytruth_eval::hue;

    use super::*;

    #[test]
    fn all_are_told_apart() {
        let rng = &mut Rng::from_seed(1);
        for _ in 0..20 {
            let colors: Vec<_> = Paint::draw(rng, 6).iter().map(|paint| paint.color(rng).to_array()).collect();
            for (i, &a) in colors.iter().enumerate() {
                assert!(hue::is_hue(a) && colors[..i].iter().all(|&b| hue::told_apart(a, b)), "{colors:?}");
            }
        }
    }
}
