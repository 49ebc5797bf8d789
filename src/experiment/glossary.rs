//! The glossary: one sentence for each term, used by every part of the page and by the site's own page of terms.

/// A term and its explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The term, as a practitioner writes it.
    pub term: &'static str,
    /// One or two short sentences.
    pub explanation: &'static str,
}

impl Entry {
    /// Where it stands on the page of terms, as an address has it: `batch-normalization`.
    pub fn anchor(&self) -> String {
        self.term.to_lowercase().replace(' ', "-")
    }
}

/// All terms, in alphabetical order.
pub const GLOSSARY: &[Entry] = &[
    Entry { term: "accuracy", explanation: "The share of images whose class the network gets right." },
    Entry {
        term: "Adam",
        explanation: "An optimizer that keeps a step size of its own for every weight. AdamW adds weight decay, AMSGrad never forgets a large gradient.",
    },
    Entry {
        term: "augmentation",
        explanation: "Training images are changed at random (mirrored, shifted, turned), so that the network cannot learn them by heart.",
    },
    Entry { term: "batch", explanation: "The images of one training step. Their gradients are averaged." },
    Entry {
        term: "batch normalization",
        explanation: "Gives every channel mean 0 and variance 1 over the batch, then scales and shifts it by learned numbers.",
    },
    Entry { term: "block", explanation: "A few convolutions and the skip connection around them. The network is a chain of blocks." },
    Entry { term: "bottleneck", explanation: "A block of three convolutions: 1×1 to few channels, 3×3, and 1×1 back to many." },
    Entry { term: "calibration", explanation: "Whether predictions that are 80 % sure are right 80 % of the time." },
    Entry { term: "channel", explanation: "One map of a layer's output. A convolution with 16 filters makes 16 channels." },
    Entry { term: "CIFAR-10", explanation: "60,000 colour images of 32×32 pixels in ten classes, from airplane to truck." },
    Entry {
        term: "class activation map",
        explanation: "Shows which parts of an image speak for a class, from the last feature maps and the weights of that class.",
    },
    Entry { term: "confusion matrix", explanation: "Counts, for each true class, which class the network predicted." },
    Entry { term: "convolution", explanation: "Slides a small window of weights over a map and sums the products at every position." },
    Entry {
        term: "degradation",
        explanation: "Deeper plain networks end with a higher training loss than shallower ones. Residual networks were made against it.",
    },
    Entry {
        term: "depth",
        explanation: "Layers with weights on the longest way through the network. With three convolutions a block it is 9n + 2.",
    },
    Entry { term: "dropout", explanation: "Sets some values to 0 at random while training. At evaluation all values are there." },
    Entry { term: "epoch", explanation: "One pass over all training images." },
    Entry {
        term: "evaluation",
        explanation: "The network is asked about images it never learned from, without dropout and with moving averages in batch normalization.",
    },
    Entry { term: "feature map", explanation: "What one channel of a layer computes at every position of an image." },
    Entry { term: "global average pooling", explanation: "Replaces each channel by the mean over all its positions." },
    Entry {
        term: "gradient",
        explanation: "How the loss changes with each weight. Its norm is its size; where it vanishes, a layer learns nothing.",
    },
    Entry { term: "head", explanation: "What follows the last block: pooling and the layers that give the scores of the classes." },
    Entry { term: "held-out images", explanation: "Images that the network never learns from. Accuracy is measured on them." },
    Entry { term: "identity skip connection", explanation: "Adds the input x of a block unchanged to its output: x + F(x)." },
    Entry { term: "learning rate", explanation: "How far a training step moves the weights against the gradient." },
    Entry { term: "logits", explanation: "The scores of the classes before softmax turns them into probabilities." },
    Entry { term: "loss", explanation: "Cross-entropy: minus the logarithm of the probability that the network gives the true class." },
    Entry {
        term: "moving average",
        explanation: "Batch normalization keeps mean and variance over many batches. Evaluation uses these, training those of the batch.",
    },
    Entry {
        term: "multiply-adds",
        explanation: "Multiplications with addition for one image on its way forward. Training takes about three times as many.",
    },
    Entry {
        term: "one-cycle schedule",
        explanation: "The learning rate rises to its peak early in the run and then falls to almost nothing.",
    },
    Entry {
        term: "overfitting",
        explanation: "Training accuracy rises while held-out accuracy does not: the network learns its images by heart.",
    },
    Entry { term: "parameters", explanation: "Numbers in the network, the moving averages of batch normalization included." },
    Entry { term: "plain network", explanation: "The same network without skip connections." },
    Entry {
        term: "pre-activation",
        explanation: "Batch normalization and ReLU before each convolution, as in ResNet version 2 (He et al. 2016).",
    },
    Entry {
        term: "projection shortcut",
        explanation: "A skip connection with a 1×1 convolution, where a block changes the number of channels or the size of the map.",
    },
    Entry { term: "ReLU", explanation: "Replaces negative values by 0." },
    Entry { term: "residual block", explanation: "A block that learns F(x) and gives x + F(x): what is to be changed about its input." },
    Entry {
        term: "seed",
        explanation: "The number from which everything random follows: weights, order of the images, dropout. The same seed gives the same run.",
    },
    Entry { term: "skip connection", explanation: "Carries the input of a block around its convolutions and adds it to their output." },
    Entry { term: "softmax", explanation: "Turns scores into probabilities that add up to 1." },
    Entry { term: "stage", explanation: "Blocks that work on maps of the same size. Each stage after the first halves the map." },
    Entry { term: "stem", explanation: "The first convolution, which makes channels of the image." },
    Entry { term: "step", explanation: "One batch forward and backward, and one update of all weights." },
    Entry { term: "stride", explanation: "How far a convolution's window moves. A stride of 2 halves the map." },
    Entry { term: "weight decay", explanation: "Pulls every weight a little towards 0 at each step." },
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
        assert!(
            GLOSSARY.is_sorted_by(|one, other| one.term.to_lowercase() < other.term.to_lowercase()),
            "a reader looks a term up by its letter"
        );
    }

    #[test]
    fn anchors_are_words_of_an_address() {
        for entry in GLOSSARY {
            let anchor = entry.anchor();
            assert!(anchor.chars().all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '-')), "{anchor}");
        }
    }

    #[test]
    fn every_term_has_an_explanation() {
        assert!(GLOSSARY.iter().all(|entry| entry.explanation.ends_with('.')), "a sentence");
    }
}
