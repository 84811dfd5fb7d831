//! What blocks and dominoes are made of: a row each.

use raytruth_physics::Substance;
use raytruth_task::Draw;

/// A block material.
#[derive(Debug)]
pub(crate) struct BlockMaterial {
    /// Name in dials and parameters.
    pub name: &'static str,
    pub substance: Substance,
    /// As the prompt calls it: "it is solid brass".
    pub phrase: &'static str,
    /// As the prompt calls what is made of it: "wooden blocks".
    pub adjective: &'static str,
}

const fn row(name: &'static str, substance: Substance, phrase: &'static str, adjective: &'static str) -> BlockMaterial {
    BlockMaterial { name, substance, phrase, adjective }
}

static MATERIALS: [BlockMaterial; 8] = [
    row("wood", Substance::Oak, "wood", "wooden"),
    row("brass", Substance::Brass, "solid brass", "solid brass"),
    row("iron", Substance::Iron, "solid iron", "solid iron"),
    row("concrete", Substance::Concrete, "concrete", "concrete"),
    row("cork", Substance::Cork, "cork", "cork"),
    row("rubber", Substance::Rubber, "solid rubber", "solid rubber"),
    row("balsa", Substance::Balsa, "light balsa wood", "light balsa"),
    row("plastic", Substance::Plastic, "solid plastic", "solid plastic"),
];

/// The names of all block materials.
pub(crate) fn names() -> [&'static str; MATERIALS.len()] {
    MATERIALS.each_ref().map(|m| m.name)
}

/// Those that a dial allows.
pub(crate) fn allowed(draw: &Draw<'_>, dial: &str) -> Vec<&'static BlockMaterial> {
    let names = draw.choices(dial);
    MATERIALS.iter().filter(|m| names.iter().any(|n| *n == m.name)).collect()
}

/// The densities of those of some names, kg/m³.
pub(crate) fn densities(names: &[String]) -> Vec<f64> {
    let known = MATERIALS.iter().filter(|m| names.iter().any(|name| name == m.name));
    known.map(|m| f64::from(m.substance.density())).collect()
}

/// The one material of everything that stands ahead, drawn from a dial and recorded.
pub(crate) fn one(draw: &mut Draw<'_>, dial: &str) -> &'static BlockMaterial {
    let known = allowed(draw, dial);
    let material = *draw.rng.pick(&known);
    draw.told("named in the prompt, and the blocks look like it").value("block_material", material.name);
    material
}
