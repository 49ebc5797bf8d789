//! The networks of an experiment.

use crate::drawing::plot::CurveRole;
use crate::language::{text, tr};
use crate::spec::{BlockOrder, NetworkChoices, ResNetSpec};

use super::Question;

/// Blocks a stage of the networks whose first step is looked at: depths 11, 29, 56 and 110.
const FIRST_STEP_BLOCKS: [usize; 4] = [1, 3, 6, 12];

/// A network that takes part.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// How it differs from the others.
    pub name: String,
    /// Its curve.
    pub role: CurveRole,
    /// The network.
    pub spec: ResNetSpec,
}

impl Candidate {
    /// For one image.
    pub(super) fn multiply_adds(&self) -> f64 {
        self.spec.cost().multiply_adds_per_image as f64
    }

    /// Depth as the papers count it.
    pub fn depth(&self) -> usize {
        self.spec.depth().layers()
    }
}

/// The networks of `question`, made from `base` and with `blocks` in each stage; those of several depths have as many at
/// most. What cannot be built is left out.
pub(super) fn candidates(question: Question, base: &ResNetSpec, blocks: usize) -> Vec<Candidate> {
    let candidate = |name: &str, role, blocks: usize, change: &dyn Fn(&mut NetworkChoices)| {
        let mut network = base.choices().clone();
        // Blocks whose skip connection was switched one by one would blur what is compared.
        network.switched_blocks.clear();
        network.set_depth(depth_of(base, blocks));
        change(&mut network);
        let spec = ResNetSpec::new(network).ok()?;
        Some(Candidate { name: name.into(), role, spec })
    };
    let pair = |blocks: usize, [with, without]: [&str; 2]| {
        [
            candidate(with, CurveRole::Skips, blocks, &|network| network.skip_connections = true),
            candidate(without, CurveRole::Compared, blocks, &|network| network.skip_connections = false),
        ]
    };
    let found: Vec<Option<Candidate>> = match question {
        Question::SkipConnections => pair(blocks, [text!("with skip connections"), text!("without")]).into(),
        Question::Lesions => pair(blocks, [text!("residual"), text!("plain")]).into(),
        Question::Depth => {
            let at_depth = |blocks| {
                let depth = depth_of(base, blocks);
                pair(blocks, [&tr!("depth {depth} with skip connections", depth), &tr!("depth {depth} without", depth)])
            };
            (1..=blocks).flat_map(at_depth).collect()
        }
        Question::BatchNorm => {
            let corner = |name, role, skip_connections, batch_norm| {
                candidate(name, role, blocks, &move |network| {
                    network.skip_connections = skip_connections;
                    network.batch_norm = batch_norm;
                })
            };
            vec![
                corner(text!("skip connections and batch norm"), CurveRole::Skips, true, true),
                corner(text!("skip connections alone"), CurveRole::SkipsDashed, true, false),
                corner(text!("batch norm alone"), CurveRole::Compared, false, true),
                corner(text!("neither"), CurveRole::ComparedDashed, false, false),
            ]
        }
        Question::Order => {
            let ordered = |name, role, order| {
                candidate(name, role, blocks, &move |network| {
                    network.skip_connections = true;
                    network.order = order;
                })
            };
            vec![
                ordered(text!("version 2"), CurveRole::Skips, BlockOrder::PreActivation),
                ordered(text!("version 1"), CurveRole::Compared, BlockOrder::ConvolutionFirst),
            ]
        }
        Question::FirstStep => {
            // None in the colour of skip connections, which these networks lack: dots, dashes and lines tell them apart.
            let roles = [CurveRole::EarlierRun(4), CurveRole::ComparedDashed, CurveRole::EarlierRun(1), CurveRole::Compared];
            let plain = |(blocks, role)| {
                candidate(&tr!("depth {depth}", depth = depth_of(base, blocks)), role, blocks, &|network| {
                    network.skip_connections = false;
                    network.batch_norm = false;
                })
            };
            FIRST_STEP_BLOCKS.into_iter().zip(roles).map(plain).collect()
        }
    };
    found.into_iter().flatten().collect()
}

/// Depth of a network with that many blocks in each stage.
fn depth_of(base: &ResNetSpec, blocks: usize) -> usize {
    let rule = base.depth().rule();
    rule.shallowest() + blocks.saturating_sub(1) * rule.layers_per_step
}
