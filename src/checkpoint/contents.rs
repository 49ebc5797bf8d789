//! What a file says about the run it comes from, so that the settings can be set to it. Its weights are not read.

use crate::dataset::ClassChoice;
use crate::experiment::Experiment;
use crate::experiment::hyperparameters::Hyperparameters;
use crate::spec::NetworkChoices;

use super::parse::{METADATA, metadata};
use super::recount::Recount;
use super::training_state::Header;

/// The settings in the header of a file of ours.
#[derive(Debug, Clone, PartialEq)]
pub struct FileContents {
    network: NetworkChoices,
    run: Option<(Hyperparameters, ClassChoice)>,
    steps_done: Option<usize>,
    recount: Option<Recount>,
}

impl FileContents {
    /// Looks into a file; nothing for files of others.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let header: Header = serde_json::from_str(&metadata(bytes, METADATA)?).ok()?;
        let recount = header.recount();
        let steps_done =
            header.checkpoint.as_ref().map(|progress| recount.map_or(progress.steps_done, |recount| recount.step(progress.steps_done)));
        let run = header.checkpoint.map(|progress| (progress.hyperparameters, progress.classes));
        Some(Self { network: header.network, run, steps_done, recount })
    }

    /// Whether a run can go on from it.
    pub fn is_checkpoint(&self) -> bool {
        self.run.is_some()
    }

    /// Steps of the run that were done; none in a file of weights alone.
    pub fn steps_done(&self) -> Option<usize> {
        self.steps_done
    }

    /// What became of the numbers of its steps since it was written, if anything.
    pub fn recount(&self) -> Option<Recount> {
        self.recount
    }

    /// The network that the file says it is of.
    pub fn network(&self) -> &NetworkChoices {
        &self.network
    }

    /// Sets the network, all but the number of classes, which follows from the chosen ones.
    pub fn set_network(&self, experiment: &mut Experiment) {
        experiment.network = NetworkChoices { classes: experiment.network.classes, ..self.network.clone() };
    }

    /// Sets everything that a run's course depends on: network, training, classes. Nothing for a file of weights alone.
    pub fn set_run(&self, experiment: &mut Experiment) {
        if let Some((hyperparameters, classes)) = &self.run {
            experiment.network = self.network.clone();
            experiment.hyperparameters = *hyperparameters;
            experiment.classes = classes.clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint::{Checkpoint, NamedWeights, write};
    use crate::experiment::weight_init::WeightLayout;

    fn checkpoint(hyperparameters: Hyperparameters) -> Vec<u8> {
        let checkpoint = Checkpoint {
            network: NetworkChoices { depth: 20, classes: 4, ..Default::default() },
            hyperparameters,
            classes: ClassChoice(vec![0, 1, 2, 3]),
            frozen: Default::default(),
            steps_done: 3,
            optimizer_steps: 3,
            callbacks: Default::default(),
            weights: NamedWeights::new(),
            memory: Default::default(),
            average: None,
            best: None,
        };
        checkpoint.to_bytes()
    }

    #[test]
    fn a_checkpoint_sets_the_experiment_with_its_seed_to_the_last_bit() {
        for seed in [9_007_199_254_740_993, u64::MAX] {
            let hyperparameters = Hyperparameters { seed, epochs: 7, ..Default::default() };
            let contents = FileContents::of(&checkpoint(hyperparameters)).unwrap();
            let mut experiment = Experiment::default();
            contents.set_run(&mut experiment);
            assert!(contents.is_checkpoint(), "a run can go on from it");
            assert_eq!(experiment.hyperparameters, hyperparameters, "seed {seed} is no number of JavaScript");
            assert_eq!((experiment.network.depth, experiment.network.classes), (20, 4), "and its network");
            assert_eq!(experiment.classes, ClassChoice(vec![0, 1, 2, 3]), "on its classes");
        }
    }

    #[test]
    fn a_file_of_weights_sets_the_network_alone() {
        let network = NetworkChoices { depth: 29, classes: 8, ..Default::default() };
        let contents = FileContents::of(&write(&NamedWeights::new(), WeightLayout::PyTorch, &network)).unwrap();
        let mut experiment = Experiment::default();
        contents.set_run(&mut experiment);
        assert_eq!(experiment, Experiment::default(), "there is no run in it");
        contents.set_network(&mut experiment);
        assert_eq!((experiment.network.depth, experiment.network.classes), (29, 10), "classes follow from the chosen ones");
    }

    #[test]
    fn a_file_of_others_says_nothing() {
        assert_eq!(FileContents::of(b"\x80\x02}q\x00."), None, "a pickle");
        assert_eq!(FileContents::of(&[]), None, "nothing at all");
    }
}
