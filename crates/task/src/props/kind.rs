use super::{
    PropPart, benches, books, bottles, boxes, carts, chairs, crates, cups, gallery, kitchen, lamps, plants, pottery, screens,
    shelves, stage, stools, tables, workshop,
};

/// What a prop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PropKind {
    /// To eat and work at: four legs, one foot, trestles.
    Table,
    /// With a back: ladder back, armchair, cantilever.
    Chair,
    /// Without one: three legs, bar stool, folding.
    Stool,
    /// For several: plank, park bench, padded.
    Bench,
    /// Bookcase, ladder, rack.
    Shelf,
    /// Table lamp, desk lamp, arc.
    Lamp,
    /// In a pot: broad leaves, swords, a cactus.
    Plant,
    /// Hollow, open at the top: tumbler, mug, teacup, each with a coloured ring.
    Cup,
    /// Hollow, of cardboard: carton with flaps, with a hinged lid, round.
    Box,
    /// Hollow, on wheels: wagon, barrow, tub.
    Cart,
    /// Hides what is behind it, from edge to edge and down to the floor: folding, flat, arched.
    Screen,
    /// Hollow, of slats: fruit crate, braced crate, carrier.
    Crate,
    /// Lying, open, standing.
    Book,
    /// Wine bottle, decanter, canister.
    Bottle,
    /// Hollow, narrow at the top: with handles, long-necked, fluted.
    Vase,
    /// Hollow and wide: deep, on a stem, mortar.
    Bowl,
    /// On a cooker: saucepan, stock pot, kettle.
    Pot,
    /// With a lid, with drawers on wheels, a case on edge.
    Toolbox,
    /// C-clamp, bar clamp, vice.
    Clamp,
    /// On a tripod with barn doors, on the floor, with a softbox.
    Spotlight,
    /// From a rail on stands: closed, tied back, drawn up.
    Curtain,
    /// To stand things on: pillar, baluster, steps.
    Plinth,
    /// With a picture: leaning on a strut, oval, on an easel.
    Frame,
}

impl PropKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::Table,
        Self::Chair,
        Self::Stool,
        Self::Bench,
        Self::Shelf,
        Self::Lamp,
        Self::Plant,
        Self::Cup,
        Self::Box,
        Self::Cart,
        Self::Screen,
        Self::Crate,
        Self::Book,
        Self::Bottle,
        Self::Vase,
        Self::Bowl,
        Self::Pot,
        Self::Toolbox,
        Self::Clamp,
        Self::Spotlight,
        Self::Curtain,
        Self::Plinth,
        Self::Frame,
    ];

    /// Those that are open at the top, with nothing in the way down the z-axis to their floor.
    pub const HOLLOW: &'static [Self] = &[Self::Cup, Self::Box, Self::Cart, Self::Crate, Self::Vase, Self::Bowl];

    /// In `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Chair => "chair",
            Self::Stool => "stool",
            Self::Bench => "bench",
            Self::Shelf => "shelf",
            Self::Lamp => "lamp",
            Self::Plant => "plant",
            Self::Cup => "cup",
            Self::Box => "box",
            Self::Cart => "cart",
            Self::Screen => "screen",
            Self::Crate => "crate",
            Self::Book => "book",
            Self::Bottle => "bottle",
            Self::Vase => "vase",
            Self::Bowl => "bowl",
            Self::Pot => "pot",
            Self::Toolbox => "toolbox",
            Self::Clamp => "clamp",
            Self::Spotlight => "spotlight",
            Self::Curtain => "curtain",
            Self::Plinth => "plinth",
            Self::Frame => "frame",
        }
    }

    /// Whether it is among [`Self::HOLLOW`].
    #[must_use]
    pub fn is_hollow(self) -> bool {
        Self::HOLLOW.contains(&self)
    }

    pub(super) fn parts(self, variant: u32) -> Vec<PropPart> {
        match self {
            Self::Table => tables::table(variant),
            Self::Chair => chairs::chair(variant),
            Self::Stool => stools::stool(variant),
            Self::Bench => benches::bench(variant),
            Self::Shelf => shelves::shelf(variant),
            Self::Lamp => lamps::lamp(variant),
            Self::Plant => plants::plant(variant),
            Self::Cup => cups::cup(variant),
            Self::Box => boxes::cardboard(variant),
            Self::Cart => carts::cart(variant),
            Self::Screen => screens::screen(variant),
            Self::Crate => crates::slatted(variant),
            Self::Book => books::book(variant),
            Self::Bottle => bottles::bottle(variant),
            Self::Vase => pottery::vase(variant),
            Self::Bowl => pottery::bowl(variant),
            Self::Pot => kitchen::pot(variant),
            Self::Toolbox => workshop::toolbox(variant),
            Self::Clamp => workshop::clamp(variant),
            Self::Spotlight => stage::spotlight(variant),
            Self::Curtain => stage::curtain(variant),
            Self::Plinth => gallery::plinth(variant),
            Self::Frame => gallery::frame(variant),
        }
    }
}
