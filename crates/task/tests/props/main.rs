//! What every prop keeps, whoever furnishes with it.

mod hollows;
mod meshes;
mod outlines;
mod sizes;

use raytruth_task::props::{Prop, PropKind, VARIANTS};

/// Every variant of every kind.
fn all() -> Vec<Prop> {
    PropKind::ALL.iter().flat_map(|&kind| (0..VARIANTS).map(move |variant| Prop::new(kind, variant))).collect()
}

fn name(prop: &Prop) -> String {
    format!("{}{}", prop.kind.name(), prop.variant)
}
