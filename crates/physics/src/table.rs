//! The built-in table of substance pairs: friction μ, restitution e, rolling resistance c, and where μ comes from.
//!
//! **Friction.** One number a pair, for sticking and sliding alike: rapier knows no difference. Sources, clean and dry:
//! - `E`: "Friction coefficients" of The Engineering `ToolBox`; the kinetic value where there is one, else the middle of the
//!   range. Static values are higher, for metals on themselves by far (iron on iron 1.1), and not used.
//! - `M`: Marks' Standard Handbook for Mechanical Engineers, table of clutch and brake linings (cork 0.35, felt 0.22).
//! - `G`: no handbook value found. Geometric mean of the two substances' values on themselves; 0.05 on ice and 0.06 on PTFE.
//!
//! **Restitution.** Hodgkinson's rule for unlike bodies, e = (e₁E₂ + e₂E₁) / (E₁ + E₂): the softer one decides (E. Hodgkinson,
//! "On the collision of imperfectly elastic bodies", Report of the British Association 4 (1835) 534; also W. Goldsmith,
//! Impact, 1960). Coefficients of substances on themselves: glass 0.94, steel 0.79, cast iron 0.66, cork 0.65, brass 0.40 and
//! wood 0.60 after Hodgkinson; rubber 0.82 and hard plastic 0.69 from drops on a hard floor (G. Elert, ed., The Physics
//! Factbook); plasticine 0 (R. Cross, "The bounce of a ball", Am. J. Phys. 67 (1999) 222). Concrete 0.57 is what makes a
//! steel ball bounce from it at 0.60, as the Factbook measured; glass then comes out at 0.68 (0.66 measured) and wood at 0.60
//! (0.60 measured). Estimates of ours: balsa 0.45, foam 0.50, felt 0.40, ice 0.50, PTFE 0.60. Young's moduli (10⁹ Pa, order of
//! magnitude, across the grain for wood): iron 110, steel 205, brass 100, oak 1.5, balsa 0.1, rubber 0.003, ABS 2.2, foam
//! 0.005, glass 70, concrete 30, felt 0.004, ice 9, PTFE 0.5, cork 0.02, clay 0.0005. True coefficients fall with speed; these
//! are for about 1 m/s.
//!
//! **Rolling resistance.** Both bodies' losses add: c = c₁ + c₂, from steel, iron 0.0005, brass 0.0007, glass 0.0008, ice 0.001,
//! concrete, ABS, PTFE 0.003, oak 0.004, balsa 0.008, rubber, felt, cork 0.010, foam 0.015, clay 0.1. Fitted to steel wheels on
//! rails 0.001–0.002 and tyres on concrete 0.010–0.015 (The Engineering `ToolBox`, "Rolling resistance") and a billiard ball on
//! cloth 0.010–0.016 (W. C. Marlow, The Physics of Pocket Billiards, 1995); the others are estimates between these.

use crate::Substance::{
    self, Balsa, Brass, Clay, Concrete, Cork, Felt, Foam, Glass, Ice, Iron, Oak, Plastic, Ptfe, Rubber, Steel,
};

/// Where a μ comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The Engineering `ToolBox`.
    E,
    /// Marks' handbook.
    M,
    /// Geometric mean: an estimate.
    G,
}
use Source::{E, G, M};

/// First substance, second substance, μ, e, c, source of μ.
pub(crate) type Row = (Substance, Substance, f32, f32, f32, Source);

/// Every unordered pair once.
#[rustfmt::skip]
pub(crate) const TABLE: [Row; 120] = [
    (Iron, Iron, 0.30, 0.66, 0.0010, E),
    (Iron, Steel, 0.30, 0.71, 0.0010, E),
    (Iron, Brass, 0.30, 0.52, 0.0012, E),
    (Iron, Oak, 0.49, 0.60, 0.0045, E),
    (Iron, Balsa, 0.40, 0.45, 0.0085, G),
    (Iron, Rubber, 0.75, 0.82, 0.0105, E),
    (Iron, Plastic, 0.33, 0.69, 0.0035, E),
    (Iron, Foam, 0.33, 0.50, 0.0155, E),
    (Iron, Glass, 0.50, 0.83, 0.0013, E),
    (Iron, Concrete, 0.48, 0.59, 0.0035, G),
    (Iron, Felt, 0.22, 0.40, 0.0105, M),
    (Iron, Ice, 0.03, 0.51, 0.0015, E),
    (Iron, Ptfe, 0.06, 0.60, 0.0035, G),
    (Iron, Cork, 0.35, 0.65, 0.0105, M),
    (Iron, Clay, 0.53, 0.00, 0.1005, G),
    (Steel, Steel, 0.50, 0.79, 0.0010, E),
    (Steel, Brass, 0.44, 0.53, 0.0012, E),
    (Steel, Oak, 0.40, 0.60, 0.0045, E),
    (Steel, Balsa, 0.45, 0.45, 0.0085, G),
    (Steel, Rubber, 0.75, 0.82, 0.0105, E),
    (Steel, Plastic, 0.33, 0.69, 0.0035, E),
    (Steel, Foam, 0.33, 0.50, 0.0155, E),
    (Steel, Glass, 0.50, 0.90, 0.0013, E),
    (Steel, Concrete, 0.54, 0.60, 0.0035, G),
    (Steel, Felt, 0.22, 0.40, 0.0105, M),
    (Steel, Ice, 0.03, 0.51, 0.0015, E),
    (Steel, Ptfe, 0.04, 0.60, 0.0035, E),
    (Steel, Cork, 0.35, 0.65, 0.0105, M),
    (Steel, Clay, 0.60, 0.00, 0.1005, G),
    (Brass, Brass, 0.35, 0.40, 0.0014, G),
    (Brass, Oak, 0.40, 0.60, 0.0047, E),
    (Brass, Balsa, 0.40, 0.45, 0.0087, G),
    (Brass, Rubber, 0.75, 0.82, 0.0107, E),
    (Brass, Plastic, 0.33, 0.68, 0.0037, E),
    (Brass, Foam, 0.33, 0.50, 0.0157, E),
    (Brass, Glass, 0.50, 0.72, 0.0015, E),
    (Brass, Concrete, 0.48, 0.53, 0.0037, G),
    (Brass, Felt, 0.22, 0.40, 0.0107, M),
    (Brass, Ice, 0.02, 0.49, 0.0017, E),
    (Brass, Ptfe, 0.06, 0.60, 0.0037, G),
    (Brass, Cork, 0.44, 0.65, 0.0107, G),
    (Brass, Clay, 0.53, 0.00, 0.1007, G),
    (Oak, Oak, 0.48, 0.60, 0.0080, E),
    (Oak, Balsa, 0.46, 0.46, 0.0120, G),
    (Oak, Rubber, 0.80, 0.82, 0.0140, E),
    (Oak, Plastic, 0.44, 0.64, 0.0070, G),
    (Oak, Foam, 0.49, 0.50, 0.0190, G),
    (Oak, Glass, 0.44, 0.61, 0.0048, G),
    (Oak, Concrete, 0.62, 0.60, 0.0070, E),
    (Oak, Felt, 0.44, 0.40, 0.0140, G),
    (Oak, Ice, 0.05, 0.59, 0.0050, E),
    (Oak, Ptfe, 0.06, 0.60, 0.0070, G),
    (Oak, Cork, 0.51, 0.65, 0.0140, G),
    (Oak, Clay, 0.62, 0.00, 0.1040, G),
    (Balsa, Balsa, 0.45, 0.45, 0.0160, G),
    (Balsa, Rubber, 0.67, 0.81, 0.0180, G),
    (Balsa, Plastic, 0.42, 0.46, 0.0110, G),
    (Balsa, Foam, 0.47, 0.50, 0.0230, G),
    (Balsa, Glass, 0.42, 0.45, 0.0088, G),
    (Balsa, Concrete, 0.54, 0.45, 0.0110, G),
    (Balsa, Felt, 0.42, 0.40, 0.0180, G),
    (Balsa, Ice, 0.05, 0.45, 0.0090, G),
    (Balsa, Ptfe, 0.06, 0.48, 0.0110, G),
    (Balsa, Cork, 0.50, 0.62, 0.0180, G),
    (Balsa, Clay, 0.60, 0.00, 0.1080, G),
    (Rubber, Rubber, 1.16, 0.82, 0.0200, E),
    (Rubber, Plastic, 0.63, 0.82, 0.0130, G),
    (Rubber, Foam, 0.71, 0.70, 0.0250, G),
    (Rubber, Glass, 2.00, 0.82, 0.0108, E),
    (Rubber, Concrete, 0.80, 0.82, 0.0130, E),
    (Rubber, Felt, 0.63, 0.64, 0.0200, G),
    (Rubber, Ice, 0.05, 0.82, 0.0110, G),
    (Rubber, Ptfe, 0.06, 0.82, 0.0130, G),
    (Rubber, Cork, 0.74, 0.80, 0.0200, G),
    (Rubber, Clay, 0.89, 0.12, 0.1100, G),
    (Plastic, Plastic, 0.50, 0.69, 0.0060, E),
    (Plastic, Foam, 0.50, 0.50, 0.0180, E),
    (Plastic, Glass, 0.40, 0.70, 0.0038, G),
    (Plastic, Concrete, 0.51, 0.68, 0.0060, G),
    (Plastic, Felt, 0.40, 0.40, 0.0130, G),
    (Plastic, Ice, 0.05, 0.65, 0.0040, G),
    (Plastic, Ptfe, 0.06, 0.62, 0.0060, G),
    (Plastic, Cork, 0.47, 0.65, 0.0130, G),
    (Plastic, Clay, 0.57, 0.00, 0.1030, G),
    (Foam, Foam, 0.50, 0.50, 0.0300, E),
    (Foam, Glass, 0.45, 0.50, 0.0158, G),
    (Foam, Concrete, 0.57, 0.50, 0.0180, G),
    (Foam, Felt, 0.45, 0.44, 0.0250, G),
    (Foam, Ice, 0.05, 0.50, 0.0160, G),
    (Foam, Ptfe, 0.06, 0.50, 0.0180, G),
    (Foam, Cork, 0.52, 0.53, 0.0250, G),
    (Foam, Clay, 0.63, 0.05, 0.1150, G),
    (Glass, Glass, 0.40, 0.94, 0.0016, E),
    (Glass, Concrete, 0.51, 0.68, 0.0038, G),
    (Glass, Felt, 0.40, 0.40, 0.0108, G),
    (Glass, Ice, 0.05, 0.55, 0.0018, G),
    (Glass, Ptfe, 0.06, 0.60, 0.0038, G),
    (Glass, Cork, 0.47, 0.65, 0.0108, G),
    (Glass, Clay, 0.57, 0.00, 0.1008, G),
    (Concrete, Concrete, 0.65, 0.57, 0.0060, G),
    (Concrete, Felt, 0.51, 0.40, 0.0130, G),
    (Concrete, Ice, 0.05, 0.52, 0.0040, G),
    (Concrete, Ptfe, 0.06, 0.60, 0.0060, G),
    (Concrete, Cork, 0.60, 0.65, 0.0130, G),
    (Concrete, Clay, 0.72, 0.00, 0.1030, G),
    (Felt, Felt, 0.40, 0.40, 0.0200, G),
    (Felt, Ice, 0.05, 0.40, 0.0110, G),
    (Felt, Ptfe, 0.06, 0.40, 0.0130, G),
    (Felt, Cork, 0.47, 0.44, 0.0200, G),
    (Felt, Clay, 0.57, 0.04, 0.1100, G),
    (Ice, Ice, 0.03, 0.50, 0.0020, E),
    (Ice, Ptfe, 0.05, 0.59, 0.0040, G),
    (Ice, Cork, 0.05, 0.65, 0.0110, G),
    (Ice, Clay, 0.05, 0.00, 0.1010, G),
    (Ptfe, Ptfe, 0.04, 0.60, 0.0060, E),
    (Ptfe, Cork, 0.06, 0.65, 0.0130, G),
    (Ptfe, Clay, 0.06, 0.00, 0.1030, G),
    (Cork, Cork, 0.55, 0.65, 0.0200, G),
    (Cork, Clay, 0.66, 0.02, 0.1100, G),
    (Clay, Clay, 0.80, 0.00, 0.2000, G),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Every unordered pair of substances stands in the table exactly once.
    #[test]
    fn every_pair_is_there_once() {
        for (i, a) in Substance::ALL.into_iter().enumerate() {
            for b in &Substance::ALL[i..] {
                let count = TABLE.iter().filter(|r| (r.0, r.1) == (a, *b) || (r.1, r.0) == (a, *b)).count();
                assert_eq!(count, 1, "{a:?} and {b:?}");
            }
        }
    }

    /// Numbers are in their ranges; most of what balls, ramps and blocks are made of has a handbook's friction.
    #[test]
    fn numbers_are_in_range() {
        for (a, b, friction, restitution, rolling, _) in TABLE {
            assert!((0.01..=2.0).contains(&friction), "{a:?} on {b:?}: μ = {friction}");
            assert!((0.0..1.0).contains(&restitution), "{a:?} on {b:?}: e = {restitution}");
            assert!(rolling > 0.0 && rolling < friction.max(0.2) && rolling <= 0.2, "{a:?} on {b:?}: c = {rolling}");
        }
        assert!(TABLE.iter().filter(|r| r.5 != G).count() >= 40);
    }

    /// The drops on a hard floor that the Factbook measured come out within 0.04.
    #[test]
    fn drops_on_a_hard_floor_agree_with_measurement() {
        for (ball, measured) in [(Steel, 0.597), (Glass, 0.658), (Oak, 0.603), (Plastic, 0.688), (Rubber, 0.828)] {
            let row = TABLE.iter().find(|r| (r.0, r.1) == (ball, Concrete) || (r.1, r.0) == (ball, Concrete)).expect("a row");
            assert!((row.3 - measured).abs() < 0.04, "{ball:?}: {} in the table, {measured} measured", row.3);
        }
    }
}
