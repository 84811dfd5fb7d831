//! What changes the hand of crossings, or the direction of strands.

use crate::diagram::{Diagram, Sign};
use crate::{Error, Result};

/// The diagram with its darts renamed and new signs.
fn renamed(diagram: &Diagram, name: impl Fn(usize) -> usize, signs: Vec<Sign>) -> Result<Diagram> {
    let mut joins = vec![0; diagram.joins().len()];
    for (dart, other) in diagram.joins().iter().enumerate() {
        joins[name(dart)] = name(*other);
    }
    Diagram::checked(joins, signs, diagram.circles())
}

/// The dart's name when the strand above goes below: slots are counted from the new strand below.
fn exchanged(dart: usize, sign: Sign) -> usize {
    dart / 4 * 4 + (dart % 4 + 4 - sign.over_in()) % 4
}

/// The mirror image in the plane of the picture: every crossing changed.
///
/// # Errors
/// None of a diagram.
pub fn mirror(diagram: &Diagram) -> Result<Diagram> {
    let signs = diagram.signs();
    renamed(diagram, |dart| exchanged(dart, signs[dart / 4]), signs.iter().map(|s| s.flipped()).collect())
}

/// One crossing changed: the strand above goes below.
///
/// # Errors
/// [`Error::NoSuch`].
pub fn crossing_change(diagram: &Diagram, crossing: usize) -> Result<Diagram> {
    let mut signs = diagram.signs().to_vec();
    let Some(sign) = signs.get_mut(crossing) else {
        return Err(Error::NoSuch { what: "crossing", index: crossing, count: signs.len() });
    };
    let old = *sign;
    *sign = old.flipped();
    renamed(diagram, |dart| if dart / 4 == crossing { exchanged(dart, old) } else { dart }, signs)
}

/// Every component run through the other way.
///
/// # Errors
/// None of a diagram.
pub fn reversed(diagram: &Diagram) -> Result<Diagram> {
    renamed(diagram, |dart| dart ^ 2, diagram.signs().to_vec())
}

/// Some components run through the other way: those of [`Diagram::components`] for which `turned` is true.
///
/// # Errors
/// [`Error::NoSuch`] where there are not as many components as flags.
pub fn reversed_components(diagram: &Diagram, turned: &[bool]) -> Result<Diagram> {
    let count = diagram.components().len();
    if turned.len() != count {
        return Err(Error::NoSuch { what: "component", index: turned.len(), count });
    }
    let of = diagram.component_of_darts();
    let flip = |dart: usize| turned[of[dart]];
    let signs = diagram.signs().iter().enumerate();
    let signs = signs.map(|(c, sign)| if flip(4 * c) == flip(4 * c + 1) { *sign } else { sign.flipped() }).collect();
    // Where the strand below turns, slots are counted from its other end.
    renamed(diagram, |dart| if flip(dart / 4 * 4) { dart ^ 2 } else { dart }, signs)
}
