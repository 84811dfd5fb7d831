use serde::{Deserialize, Serialize};

/// What a body is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Substance {
    /// Grey cast iron.
    Iron,
    /// Carbon steel, bare.
    Steel,
    /// Yellow brass.
    Brass,
    /// Seasoned oak.
    Oak,
    /// Balsa wood.
    Balsa,
    /// Vulcanised natural rubber.
    Rubber,
    /// ABS, the hard plastic of toys; hollow where the form is.
    Plastic,
    /// Expanded polystyrene.
    Foam,
    /// Soda-lime glass.
    Glass,
    /// Smooth concrete.
    Concrete,
    /// Wool felt.
    Felt,
    /// Water ice just below freezing.
    Ice,
    /// PTFE.
    Ptfe,
    /// Cork.
    Cork,
    /// Modelling clay: hardly bounces at all.
    Clay,
}

impl Substance {
    /// Every substance, in the order of the pair table.
    pub const ALL: [Self; 15] = [
        Self::Iron,
        Self::Steel,
        Self::Brass,
        Self::Oak,
        Self::Balsa,
        Self::Rubber,
        Self::Plastic,
        Self::Foam,
        Self::Glass,
        Self::Concrete,
        Self::Felt,
        Self::Ice,
        Self::Ptfe,
        Self::Cork,
        Self::Clay,
    ];

    /// kg/m³ at room temperature (ice: 0 °C), from the density tables of The Engineering `ToolBox`: cast iron 7000–7400, carbon
    /// steel 7850, brass 8400–8700, ABS 1030–1070, glass 2400–2800, concrete 2300–2400, PTFE 2200, ice 917, and for what varies the
    /// middle of what is sold: oak 600–900, balsa 100–200, rubber 950–1200, cork 120–240, wool felt 200–400, expanded polystyrene
    /// 15–40, modelling clay 1500–1900.
    #[must_use]
    pub const fn density(self) -> f32 {
        match self {
            Self::Iron => 7150.0,
            Self::Steel => 7850.0,
            Self::Brass => 8500.0,
            Self::Oak => 720.0,
            Self::Balsa => 160.0,
            Self::Rubber => 1100.0,
            Self::Plastic => 1050.0,
            Self::Foam => 25.0,
            Self::Glass => 2500.0,
            Self::Concrete => 2300.0,
            Self::Felt => 300.0,
            Self::Ice => 917.0,
            Self::Ptfe => 2200.0,
            Self::Cork => 180.0,
            Self::Clay => 1700.0,
        }
    }
}
