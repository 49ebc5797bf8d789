//! The glossary: one sentence for each term, used by every part of the page and by the site's own page of terms.

use crate::language::{marked, translated};

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
    Entry { term: marked!("accuracy"), explanation: marked!("The share of images whose class the network gets right.") },
    Entry {
        term: marked!("Adam"),
        explanation: marked!(
            "An optimizer that keeps a step size of its own for every weight. AdamW adds weight decay, AMSGrad never forgets a large \
             gradient."
        ),
    },
    Entry {
        term: marked!("augmentation"),
        explanation: marked!(
            "Training images are changed at random (mirrored, shifted, turned), so that the network cannot learn them by heart."
        ),
    },
    Entry { term: marked!("batch"), explanation: marked!("The images of one training step. Their gradients are averaged.") },
    Entry {
        term: marked!("batch normalization"),
        explanation: marked!("Gives every channel mean 0 and variance 1 over the batch, then scales and shifts it by learned numbers."),
    },
    Entry {
        term: marked!("block"),
        explanation: marked!("A few convolutions and the skip connection around them. The network is a chain of blocks."),
    },
    Entry {
        term: marked!("bottleneck"),
        explanation: marked!("A block of three convolutions: 1×1 to few channels, 3×3, and 1×1 back to many."),
    },
    Entry { term: marked!("calibration"), explanation: marked!("Whether predictions that are 80 % sure are right 80 % of the time.") },
    Entry {
        term: marked!("channel"),
        explanation: marked!("One map of a layer's output. A convolution with 16 filters makes 16 channels."),
    },
    Entry {
        term: marked!("CIFAR-10"),
        explanation: marked!("60,000 colour images of 32×32 pixels in ten classes, from airplane to truck."),
    },
    Entry {
        term: marked!("class activation map"),
        explanation: marked!("Shows which parts of an image speak for a class, from the last feature maps and the weights of that class."),
    },
    Entry { term: marked!("confusion matrix"), explanation: marked!("Counts, for each true class, which class the network predicted.") },
    Entry {
        term: marked!("convolution"),
        explanation: marked!("Slides a small window of weights over a map and sums the products at every position."),
    },
    Entry {
        term: marked!("degradation"),
        explanation: marked!(
            "Deeper plain networks end with a higher training loss than shallower ones. Residual networks were made against it."
        ),
    },
    Entry {
        term: marked!("depth"),
        explanation: marked!("Layers with weights on the longest way through the network. With three convolutions a block it is 9n + 2."),
    },
    Entry {
        term: marked!("dropout"),
        explanation: marked!("Sets some values to 0 at random while training. At evaluation all values are there."),
    },
    Entry { term: marked!("epoch"), explanation: marked!("One pass over all training images.") },
    Entry {
        term: marked!("evaluation"),
        explanation: marked!(
            "The network is asked about images it never learned from, without dropout and with moving averages in batch normalization."
        ),
    },
    Entry { term: marked!("feature map"), explanation: marked!("What one channel of a layer computes at every position of an image.") },
    Entry { term: marked!("global average pooling"), explanation: marked!("Replaces each channel by the mean over all its positions.") },
    Entry {
        term: marked!("gradient"),
        explanation: marked!("How the loss changes with each weight. Its norm is its size; where it vanishes, a layer learns nothing."),
    },
    Entry {
        term: marked!("head"),
        explanation: marked!("What follows the last block: pooling and the layers that give the scores of the classes."),
    },
    Entry {
        term: marked!("held-out images"),
        explanation: marked!("Images that the network never learns from. Accuracy is measured on them."),
    },
    Entry {
        term: marked!("identity skip connection"),
        explanation: marked!("Adds the input x of a block unchanged to its output: x + F(x)."),
    },
    Entry { term: marked!("learning rate"), explanation: marked!("How far a training step moves the weights against the gradient.") },
    Entry { term: marked!("logits"), explanation: marked!("The scores of the classes before softmax turns them into probabilities.") },
    Entry {
        term: marked!("loss"),
        explanation: marked!("Cross-entropy: minus the logarithm of the probability that the network gives the true class."),
    },
    Entry {
        term: marked!("moving average"),
        explanation: marked!(
            "Batch normalization keeps mean and variance over many batches. Evaluation uses these, training those of the batch."
        ),
    },
    Entry {
        term: marked!("multiply-adds"),
        explanation: marked!("Multiplications with addition for one image on its way forward. Training takes about three times as many."),
    },
    Entry {
        term: marked!("one-cycle schedule"),
        explanation: marked!("The learning rate rises to its peak early in the run and then falls to almost nothing."),
    },
    Entry {
        term: marked!("overfitting"),
        explanation: marked!("Training accuracy rises while held-out accuracy does not: the network learns its images by heart."),
    },
    Entry {
        term: marked!("parameters"),
        explanation: marked!("Numbers in the network, the moving averages of batch normalization included."),
    },
    Entry { term: marked!("plain network"), explanation: marked!("The same network without skip connections.") },
    Entry {
        term: marked!("pre-activation"),
        explanation: marked!("Batch normalization and ReLU before each convolution, as in ResNet version 2 (He et al. 2016)."),
    },
    Entry {
        term: marked!("projection shortcut"),
        explanation: marked!(
            "A skip connection with a 1×1 convolution, where a block changes the number of channels or the size of the map."
        ),
    },
    Entry { term: marked!("ReLU"), explanation: marked!("Replaces negative values by 0.") },
    Entry {
        term: marked!("residual block"),
        explanation: marked!("A block that learns F(x) and gives x + F(x): what is to be changed about its input."),
    },
    Entry {
        term: marked!("seed"),
        explanation: marked!(
            "The number from which everything random follows: weights, order of the images, dropout. The same seed gives the same run."
        ),
    },
    Entry {
        term: marked!("skip connection"),
        explanation: marked!("Carries the input of a block around its convolutions and adds it to their output."),
    },
    Entry { term: marked!("softmax"), explanation: marked!("Turns scores into probabilities that add up to 1.") },
    Entry {
        term: marked!("stage"),
        explanation: marked!("Blocks that work on maps of the same size. Each stage after the first halves the map."),
    },
    Entry { term: marked!("stem"), explanation: marked!("The first convolution, which makes channels of the image.") },
    Entry { term: marked!("step"), explanation: marked!("One batch forward and backward, and one update of all weights.") },
    Entry { term: marked!("stride"), explanation: marked!("How far a convolution's window moves. A stride of 2 halves the map.") },
    Entry { term: marked!("weight decay"), explanation: marked!("Pulls every weight a little towards 0 at each step.") },
];

/// The explanation of a term; empty for a term that the glossary lacks.
pub fn explanation(term: &str) -> &'static str {
    GLOSSARY.iter().find(|entry| entry.term == term).map_or("", |entry| translated(entry.explanation))
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
