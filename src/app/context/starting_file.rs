//! The file that the next run starts from.

use crate::checkpoint::{FileContents, WeightsFileError, WeightsSurvey, told_from};
use crate::experiment::Experiment;
use crate::experiment::weight_init::{FineTuning, Frozen, ReplacedHead, StartingPoint};
use crate::language::format::sentence;
use crate::language::tr;
use crate::spec::{NetworkChoices, ResNetSpec};

/// What is done with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Use {
    /// Its weights are where training begins.
    #[default]
    Weights,
    /// The run in it goes on.
    Checkpoint,
    /// Its trunk is kept as it is under a new head.
    TrunkFrozen,
    /// Its stem and first stage are kept; the rest learns on.
    FirstStageFrozen,
    /// The same with the first two stages.
    TwoStagesFrozen,
    /// Everything learns on, under a new head.
    NothingFrozen,
}

impl Use {
    /// All of them, with the values that the list's options have.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Weights, "weights"),
        (Self::Checkpoint, "checkpoint"),
        (Self::TrunkFrozen, "trunk"),
        (Self::FirstStageFrozen, "stage"),
        (Self::TwoStagesFrozen, "two-stages"),
        (Self::NothingFrozen, "all"),
    ];
}

/// A file of weights or a checkpoint that can be read.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightsFile {
    /// Its name.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
    survey: WeightsSurvey,
    contents: Option<FileContents>,
}

impl WeightsFile {
    /// Looks into a file.
    ///
    /// # Errors
    /// When it holds no weights of a network of ours; the sentence says what it is.
    pub fn new(name: String, bytes: Vec<u8>) -> Result<Self, WeightsFileError> {
        let (survey, contents) = (WeightsSurvey::of(&bytes)?, FileContents::of(&bytes));
        Ok(Self { name, bytes, survey, contents })
    }

    /// What was done to its names, in sentences.
    pub fn notices(&self) -> Vec<String> {
        self.survey.notices()
    }

    /// What it is used as: a checkpoint as one, a file of weights as was chosen before.
    fn use_after(&self, before: Use) -> Use {
        match &self.contents {
            Some(contents) if contents.is_checkpoint() => Use::Checkpoint,
            _ if before == Use::Checkpoint => Use::Weights,
            _ => before,
        }
    }

    /// The network it is of; what weights do not tell is as the file says it, else as it is set.
    fn network(&self, otherwise: &NetworkChoices) -> Option<ResNetSpec> {
        let own = self.contents.as_ref().and_then(|contents| ResNetSpec::new(contents.network().clone()).ok());
        let own = own.filter(|spec| self.survey.fits(spec));
        own.or_else(|| ResNetSpec::new(self.survey.network(otherwise)?).ok())
    }
}

/// A file that does not fit the network that is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Why not.
    pub sentence: String,
    /// Whether there is a network that it fits, which can be opened.
    pub can_open: bool,
}

/// A chosen file, if any.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StartingFile {
    /// The file.
    pub file: Option<WeightsFile>,
    /// What is done with it.
    pub used_as: Use,
}

impl StartingFile {
    /// Takes a file and sets the settings to what it says of its run.
    pub fn take(&mut self, file: WeightsFile, experiment: &mut Experiment) {
        self.used_as = file.use_after(self.used_as);
        if let Some(contents) = &file.contents {
            match self.used_as {
                Use::Checkpoint => contents.set_run(experiment),
                Use::Weights => contents.set_network(experiment),
                // Fine-tuning is about another network than the file's.
                _ => {}
            }
        }
        self.file = Some(file);
    }

    /// What keeps a run of this network from starting from the file.
    pub fn misfit(&self, spec: &ResNetSpec) -> Option<Misfit> {
        let file = self.file.as_ref()?;
        let problem = match self.used_as {
            Use::Weights | Use::Checkpoint => file.survey.check(spec),
            _ => file.survey.check_wanted(spec, |name| !ReplacedHead::Dense.holds(name)),
        };
        let reason = problem.err()?.to_string();
        let Some(own) = file.network(spec.choices()) else { return Some(Misfit { sentence: sentence(&reason), can_open: false }) };
        let (theirs, here) = (told_from(&own, spec.choices()), told_from(spec, own.choices()));
        let sentence = tr!("This file is of a network of {theirs}; the network that is set is of {here}.", theirs, here);
        Some(Misfit { sentence, can_open: true })
    }

    /// Sets the network to the file's. Where the file tells other classes apart than take part, its head is drawn anew.
    pub fn open_network(&mut self, experiment: &mut Experiment) {
        let Some(file) = &self.file else { return };
        match (self.used_as, &file.contents) {
            (Use::Checkpoint, Some(contents)) => contents.set_run(experiment),
            _ => {
                let Some(own) = file.network(&experiment.network) else { return };
                if own.classes() != experiment.network.classes && self.used_as == Use::Weights {
                    self.used_as = Use::NothingFrozen;
                }
                experiment.network = NetworkChoices { classes: experiment.network.classes, ..own.choices().clone() };
            }
        }
    }

    /// The same for the trainer.
    pub fn starting_point(&self) -> StartingPoint {
        let Some(WeightsFile { bytes, .. }) = &self.file else { return StartingPoint::Fresh };
        let weights = bytes.clone();
        let tune = |frozen| StartingPoint::FineTuning(FineTuning { weights: bytes.clone(), replaced: ReplacedHead::Dense, frozen });
        match self.used_as {
            Use::Weights => StartingPoint::Weights(weights),
            Use::Checkpoint => StartingPoint::Checkpoint(weights),
            Use::TrunkFrozen => tune(Frozen::Trunk),
            Use::FirstStageFrozen => tune(Frozen::Stages(1)),
            Use::TwoStagesFrozen => tune(Frozen::Stages(2)),
            Use::NothingFrozen => tune(Frozen::Nothing),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint::{NamedWeights, StoredWeight, expected_weights, write};
    use crate::experiment::weight_init::WeightLayout;

    fn spec(choices: NetworkChoices) -> ResNetSpec {
        ResNetSpec::new(choices).unwrap()
    }

    /// A file as the page saves it; `named` says whether it names its network, as files of others do not.
    fn file(spec: &ResNetSpec, named: bool) -> WeightsFile {
        let zeros = expected_weights(spec).into_iter().map(|weight| {
            let values = vec![0.0; weight.shape.iter().product()];
            (weight.name, StoredWeight::new(weight.shape, values))
        });
        let mut bytes = write(&zeros.collect::<NamedWeights>(), WeightLayout::PyTorch, spec.choices());
        if !named {
            let place = bytes.windows(17).position(|window| window == b"resnet_playground").unwrap();
            bytes[place..place + 17].copy_from_slice(b"somebody_elses_he");
        }
        WeightsFile::new("weights.safetensors".into(), bytes).unwrap()
    }

    #[test]
    fn a_file_that_names_its_network_sets_it() {
        let (mut start, mut experiment) = (StartingFile::default(), Experiment::default());
        start.take(file(&spec(NetworkChoices { depth: 20, dense_units: 4, ..Default::default() }), true), &mut experiment);
        assert_eq!((experiment.network.depth, experiment.network.dense_units), (20, 4));
        assert_eq!(start.misfit(&spec(experiment.network)), None, "and fits it");
    }

    #[test]
    fn a_file_of_others_that_fits_another_network_offers_to_open_that_one() {
        let (mut start, mut experiment) = (StartingFile::default(), Experiment::default());
        experiment.network.stem_dropout = 0.1;
        start.take(file(&spec(NetworkChoices { depth: 20, start_filters: 16, ..Default::default() }), false), &mut experiment);
        assert_eq!(experiment.network.depth, 11, "nothing is set without being asked for");
        let misfit = start.misfit(&spec(experiment.network.clone())).unwrap();
        assert_eq!(
            misfit.sentence,
            "This file is of a network of depth 20 with 16 filters; the network that is set is of depth 11 with 8 filters."
        );
        assert!(misfit.can_open);
        start.open_network(&mut experiment);
        assert_eq!((experiment.network.depth, experiment.network.start_filters, experiment.network.stem_dropout), (20, 16, 0.1));
        assert_eq!((start.misfit(&spec(experiment.network)), start.used_as), (None, Use::Weights), "without choosing the file again");
    }

    #[test]
    fn a_file_that_tells_other_classes_apart_gets_a_new_head() {
        let (mut start, mut experiment) = (StartingFile::default(), Experiment::default());
        start.take(file(&spec(NetworkChoices { classes: 2, ..Default::default() }), false), &mut experiment);
        assert!(
            start.misfit(&spec(experiment.network.clone())).is_some_and(|misfit| misfit.can_open && misfit.sentence.contains("classes 2"))
        );
        start.open_network(&mut experiment);
        assert_eq!((experiment.network.classes, start.used_as), (10, Use::NothingFrozen));
        assert_eq!(start.misfit(&spec(experiment.network)), None, "which fits");
    }

    #[test]
    fn a_file_of_weights_is_no_checkpoint() {
        let weights = file(&spec(NetworkChoices { dense_units: 4, ..Default::default() }), true);
        assert_eq!(weights.use_after(Use::Checkpoint), Use::Weights, "chosen after a checkpoint");
        assert_eq!(weights.use_after(Use::TrunkFrozen), Use::TrunkFrozen, "as was chosen");
    }

    #[test]
    fn a_file_that_cannot_be_read_says_what_it_is() {
        let refused = WeightsFile::new("weights.safetensors".into(), b"PK\x03\x04 and so on".to_vec()).unwrap_err();
        assert!(refused.to_string().contains("a zip archive"), "{refused}");
    }
}
