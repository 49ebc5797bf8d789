//! Whose networks have such names.

use crate::language::{marked, translated};

/// Pieces of names by the libraries whose networks have them; the more particular ones first.
const LIBRARIES: [(&[&str], &str); 13] = [
    (&["lora_A.", "lora_B.", "lora_up.", "lora_down."], marked!("a LoRA adapter")),
    (&["model.diffusion_model.", "down_blocks.", "first_stage_model."], marked!("a diffusion model (diffusers)")),
    (&[".self_attn.", "model.embed_tokens.", "transformer.h.", "wte.", ".attention.self."], marked!("a language model (transformers)")),
    (&["embedder.embedder.convolution.", "resnet.encoder.stages.", "bit.embedder."], "Hugging Face transformers"),
    (&["patch_embed.", "cls_token", "vision_model.", "visual.transformer."], marked!("a vision transformer (timm or transformers)")),
    (&["stages.0.blocks.0.norm1.", "stages.0.blocks.0.downsample.", "stages.0.blocks.0.conv_dw.", "conv_stem."], "timm"),
    (&["stages_0.blocks.", "stages.0.downsample."], "timm"),
    (&["layer1.0.conv1.", "layer1.0.bn1."], marked!("torchvision, timm or code that names its layers as they do")),
    (&["features.0.weight", "features.0.0.weight", "classifier.0.weight", "features.conv0."], "torchvision"),
    (
        &["conv2_block1_", "conv1_conv.", "conv1_conv/", "res2a_branch2a", "conv2d.", "conv2d/"],
        marked!("Keras (its Applications, or layers without names of their own)"),
    ),
    (&["model.0.conv.weight", "model.0.bn.", "model.22.dv", "model.24.m."], marked!("a YOLO detector (ultralytics)")),
    (&["params.", "batch_stats.", "Conv_0.", "BatchNorm_0."], "Flax"),
    (&["conv1.weight", "fc.weight", "linear.weight"], marked!("another network in PyTorch")),
];

/// The library whose networks have such names; nothing where none is known to.
pub(super) fn library_of(names: &[&str]) -> Option<&'static str> {
    let holds = |pieces: &[&str]| names.iter().any(|name| pieces.iter().any(|piece| is_piece(name, piece)));
    LIBRARIES.iter().find(|(pieces, _)| holds(pieces)).map(|(_, library)| translated(library))
}

/// Whether the piece stands in the name at the start of a part: `stages.0.blocks.0.conv1` is not `conv1`, but `.self_attn.` may be
/// anywhere.
fn is_piece(name: &str, piece: &str) -> bool {
    let is_ours = name.contains("stages.") && name.contains(".blocks.") && !piece.starts_with("stages");
    !is_ours && name.match_indices(piece).any(|(place, _)| place == 0 || piece.starts_with('.') || name[..place].ends_with(['.', '/']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_told_by_their_names() {
        for (names, library) in [
            (&["bn1.weight", "conv1.weight", "fc.bias", "layer1.0.conv1.weight"][..], "torchvision"),
            (&["module.layer1.0.bn1.weight"], "torchvision"),
            (&["features.0.0.weight", "classifier.1.weight"], "torchvision"),
            (&["stem.conv.weight", "stages.0.blocks.0.norm1.weight", "head.fc.weight"], "timm"),
            (&["resnet.embedder.embedder.convolution.weight"], "Hugging Face"),
            (&["model.layers.0.self_attn.q_proj.weight"], "language model"),
            (&["conv2_block1_1_conv/kernel"], "Keras"),
            (&["params.Conv_0.kernel"], "Flax"),
            (&["model.0.conv.weight"], "YOLO"),
            (&["linear.weight", "linear.bias"], "PyTorch"),
        ] {
            assert!(library_of(names).is_some_and(|found| found.contains(library)), "{names:?} are of {library}: {:?}", library_of(names));
        }
    }

    #[test]
    fn our_own_names_are_no_other_librarys() {
        for name in
            ["stem.conv.weight", "stages.0.blocks.0.conv1.weight", "head.dense1.kernel", "stages.2.blocks.3.bn1.gamma", "stem.bn.weight"]
        {
            for prefix in ["", "module.", "model.", "state_dict.model."] {
                assert_eq!(library_of(&[&format!("{prefix}{name}")]), None, "{prefix}{name}");
            }
        }
        assert_eq!(library_of(&["something.else"]), None, "nobody's");
    }
}
