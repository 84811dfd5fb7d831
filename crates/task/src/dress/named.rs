//! Colours that have names: prompts use them, so they belong to the problem. How light a colour is belongs to the look.

use glam::Vec3;
use raytruth_eval::hue;

use super::paint::paint as paint_of;
use crate::{Rejection, Rng};

/// A colour with a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    /// As prompts spell it.
    pub name: &'static str,
    /// Degrees, as [`raytruth_eval::hue::degrees`] gives it.
    hue: f64,
    /// Largest component of the lightest and the darkest that people call by this name.
    peak: (f64, f64),
}

/// Most choices of colours.
const TRIES: u32 = 400;

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
    /// How many there are.
    pub const COUNT: usize = ALL.len();

    /// `n` different ones, at most [`Self::COUNT`].
    ///
    /// # Panics
    /// If so many there are not.
    #[must_use]
    pub fn draw(rng: &mut Rng, n: usize) -> Vec<Self> {
        let mut all = ALL;
        rng.shuffle(&mut all);
        all[..n].to_vec()
    }

    /// `n` different ones, at most six, such that where two of those that touch each other mix, at an edge, they do not look like one that is
    /// sought. Things are called by their numbers.
    ///
    /// # Errors
    /// [`Rejection`] `no_colors` if no choice is clear.
    ///
    /// # Panics
    /// If so many there are not.
    pub fn draw_clear(rng: &mut Rng, n: usize, sought: &[usize], touching: &[(usize, usize)]) -> Result<Vec<Self>, Rejection> {
        for _ in 0..TRIES {
            let paints = Self::draw(rng, n);
            let mixes =
                |&(a, b): &(usize, usize)| sought.iter().any(|&i| i != a && i != b && paints[i].is_mixed(&paints[a], &paints[b]));
            if !touching.iter().any(mixes) {
                return Ok(paints);
            }
        }
        Err(Rejection::new("no_colors", format!("none of {TRIES} choices of {n} colours is clear at edges")))
    }

    /// Whether some mixture of two colours looks like it.
    fn is_mixed(&self, a: &Self, b: &Self) -> bool {
        (1..8)
            .map(|k| a.typical().lerp(b.typical(), 0.125 * k as f32).to_array())
            .any(|mix| hue::is_hue(mix) && !hue::told_apart(mix, self.typical().to_array()))
    }

    /// Neither its lightest nor its darkest colour, linear Rec. 709.
    #[must_use]
    pub fn typical(&self) -> Vec3 {
        paint_of(self.hue, 0.5 * (self.peak.0 + self.peak.1) as f32)
    }

    /// As a colour, linear Rec. 709.
    #[must_use]
    pub fn color(&self, rng: &mut Rng) -> Vec3 {
        paint_of(self.hue, rng.range(self.peak.0, self.peak.1) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_touches_does_not_mix_into_what_is_sought() {
        let by_name = |name: &str| ALL.into_iter().find(|paint| paint.name == name).expect("a colour");
        let [red, yellow, green, purple] = ["red", "yellow", "green", "purple"].map(by_name);
        assert!(red.is_mixed(&yellow, &purple), "between them");
        assert!(!green.is_mixed(&yellow, &purple) && !red.is_mixed(&yellow, &green));
        let rng = &mut Rng::from_seed(2);
        for _ in 0..20 {
            // Rings on covers, and a ball.
            let paints = Paint::draw_clear(rng, 6, &[5], &[(0, 4), (1, 4), (2, 4), (3, 4)]).expect("there are some");
            assert!((0..4).all(|i| !paints[5].is_mixed(&paints[i], &paints[4])));
        }
    }

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
