//! Cards that RADV compiles for without their being there.

use clap::ValueEnum;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Card {
    /// Radeon RX 6800 and 6900
    Navi21,
    /// Radeon RX 5700
    Navi10,
    /// Radeon RX Vega
    Vega10,
    /// Radeon RX 480 and 580
    Polaris10,
}

impl Card {
    /// As `RADV_FORCE_FAMILY` has it.
    pub fn family(self) -> &'static str {
        match self {
            Self::Navi21 => "navi21",
            Self::Navi10 => "navi10",
            Self::Vega10 => "vega10",
            Self::Polaris10 => "polaris10",
        }
    }

    /// Units that issue instructions, each for subgroups of its own.
    pub fn simds(self) -> u32 {
        match self {
            Self::Navi21 => 160,
            Self::Navi10 => 80,
            Self::Vega10 => 256,
            Self::Polaris10 => 144,
        }
    }

    /// Lanes of such a unit: a subgroup of more threads takes several cycles an instruction.
    pub fn lanes(self) -> u32 {
        match self {
            Self::Navi21 | Self::Navi10 => 32,
            Self::Vega10 | Self::Polaris10 => 16,
        }
    }

    /// Cycles of a second, in millions, at the clock that its maker calls boost.
    pub fn mega_hertz(self) -> f64 {
        match self {
            Self::Navi21 => 2_250.0,
            Self::Navi10 => 1_905.0,
            Self::Vega10 => 1_546.0,
            Self::Polaris10 => 1_266.0,
        }
    }
}
