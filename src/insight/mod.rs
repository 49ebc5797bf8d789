//! What goes on inside a network: gradients and activations along its depth, feature maps, class activation maps.
//!
//! The numbers and their pictures are always here; measuring them needs Burn.

pub mod feature_maps;
pub mod gradient_profile;
pub mod layer_stats;
pub mod lesion;
#[cfg(feature = "train")]
pub mod measuring;
