//! The glossary: one sentence for each term, used by every part of the page.

/// A term and its explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The term, as a practitioner writes it.
    pub term: &'static str,
    /// One or two short sentences.
    pub explanation: &'static str,
}

/// All terms, in alphabetical order.
pub const GLOSSARY: &[Entry] = &[
    Entry {
        term: "batch normalization",
        explanation: "Gives every channel mean 0 and variance 1 over the batch, then scales and shifts it by learned numbers.",
    },
    Entry { term: "block", explanation: "A few convolutions and the skip connection around them. The network is a chain of blocks." },
    Entry { term: "bottleneck", explanation: "A block of three convolutions: 1×1 to few channels, 3×3, and 1×1 back to many." },
    Entry { term: "calibration", explanation: "Whether predictions that are 80 % sure are right 80 % of the time." },
    Entry {
        term: "class activation map",
        explanation: "Shows which parts of an image speak for a class, from the last feature maps and the weights of that class.",
    },
    Entry { term: "confusion matrix", explanation: "Counts, for each true class, which class the network predicted." },
    Entry { term: "epoch", explanation: "One pass over all training images." },
    Entry { term: "feature map", explanation: "What one channel of a layer computes at every position of an image." },
    Entry {
        term: "gradient",
        explanation: "How the loss changes with each weight. Its norm is its size; where it vanishes, a layer learns nothing.",
    },
    Entry { term: "held-out images", explanation: "Images that the network never learns from. Accuracy is measured on them." },
    Entry { term: "identity skip connection", explanation: "Adds the input x of a block unchanged to its output: x + F(x)." },
    Entry { term: "learning rate", explanation: "How far a training step moves the weights along the gradient." },
    Entry { term: "logits", explanation: "The scores of the classes before softmax turns them into probabilities." },
    Entry { term: "loss", explanation: "Cross-entropy: minus the logarithm of the probability that the network gives the true class." },
    Entry {
        term: "multiply-adds",
        explanation: "Multiplications with addition for one image on its way forward. Training takes about three times as many.",
    },
    Entry { term: "parameters", explanation: "Numbers in the network, the moving averages of batch normalization included." },
    Entry {
        term: "pre-activation",
        explanation: "Batch normalization and ReLU before each convolution, as in ResNet version 2 (He et al. 2016).",
    },
    Entry {
        term: "projection shortcut",
        explanation: "A skip connection with a 1×1 convolution, where a block changes the number of channels or the size of the map.",
    },
    Entry { term: "skip connection", explanation: "Carries the input of a block around its convolutions and adds it to their output." },
    Entry { term: "stage", explanation: "Blocks that work on maps of the same size. Each stage after the first halves the map." },
];

/// The explanation of a term; empty for a term that the glossary lacks.
pub fn explanation(term: &str) -> &'static str {
    GLOSSARY.iter().find(|entry| entry.term == term).map_or("", |entry| entry.explanation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_unique_and_in_order() {
        assert!(GLOSSARY.is_sorted_by(|one, other| one.term < other.term), "a reader looks a term up by its letter");
    }

    #[test]
    fn every_term_has_an_explanation() {
        assert!(GLOSSARY.iter().all(|entry| entry.explanation.ends_with('.')), "a sentence");
    }
}
