//! A step of the course.

use crate::experiment::Experiment;
use crate::experiment::permalink::{self, Tab};

use super::code_part::CodePart;
use super::evidence::Evidence;
use super::sheet::Sheet;
use super::verdict::Verdict;
use crate::app::spot::Spot;

/// What is filled in inside of the step itself.
#[derive(Debug, Clone, Copy)]
pub enum Exercise {
    /// Nothing: the tool's own state is the answer.
    None,
    /// Numbers, worked out for the network of the controls.
    Sheet(fn(&Experiment) -> Sheet),
    /// One of several answers.
    Choice(&'static [&'static str]),
}

/// A step: what is read, what is looked at, what is done.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Heading.
    pub title: &'static str,
    /// Paragraphs, with [marks](super::pieces()) for terms and code.
    pub text: &'static [&'static str],
    /// What of the tool is highlighted.
    pub spot: Spot,
    /// The tab that it opens.
    pub tab: Option<Tab>,
    /// The experiment that it begins with, as the query of a link.
    pub link: &'static str,
    /// The Keras code that it is about.
    pub code: CodePart,
    /// What is asked.
    pub question: &'static str,
    /// What to do, in one imperative sentence.
    pub task: &'static str,
    /// What is filled in.
    pub exercise: Exercise,
    /// Looks at the answer.
    pub check: fn(&Evidence) -> Verdict,
}

impl Step {
    /// The experiment that it begins with, on the device of `now`.
    pub fn experiment(&self, now: &Experiment) -> Experiment {
        Experiment { device: now.device, ..permalink::read(self.link).experiment }
    }

    /// The sheet to fill in for an experiment, if it has one.
    pub fn sheet(&self, experiment: &Experiment) -> Option<Sheet> {
        if let Exercise::Sheet(sheet) = self.exercise { Some(sheet(experiment)) } else { None }
    }
}
