//! A training step that is recorded once and replayed, so that the processor need not make it again.
//!
//! A step of 300 launches costs the processor several milliseconds: autodiff's graph, the fusion of operations, buffers and bindings.
//! A graphics card computes a small network's step in less. A replayed step is only the launches as they were recorded, on the buffers
//! that they had: what changes from step to step is written into those buffers, and the weights move in theirs.

use burn::backend::{Backend, BackendGraph, Dispatch};
use burn::tensor::{Device, Tensor};

use super::step::StepInputs;
use crate::model::ops::{copies_made, overwrite::duplicate};

/// A recorded step.
#[derive(Debug)]
pub(super) struct RecordedStep {
    device: Device,
    graph: BackendGraph<Dispatch>,
    inputs: StepInputs,
    /// `[2]`, as [`super::training_step`] gives it.
    numbers: Tensor<1>,
    /// As [`copies_made`] said when weights and moments were known to be in their places.
    copies: usize,
    /// Whether another step may have moved them elsewhere since.
    may_have_moved: bool,
}

impl RecordedStep {
    /// Records what `step` queues on `device`, which is the plain one, and does not compute it: the first replay does. It must only
    /// launch kernels, in buffers of sizes that the device's pool has free, and read `inputs` and what a step leaves in its place.
    ///
    /// None where that fails. Then what `step` gave and moved cannot be read.
    pub fn record(device: &Device, inputs: StepInputs, step: impl FnOnce(StepInputs) -> Tensor<1>) -> Option<Self> {
        let on = device.as_dispatch();
        // This also launches what is still queued, which may copy.
        let begun = Dispatch::graph_prepare(on).and_then(|()| Dispatch::graph_start_capture(on));
        let copies = copies_made();
        let numbers = begun.is_ok().then(|| step(inputs.clone()));
        // Where it did not begin this takes the preparation back.
        let graph = Dispatch::graph_stop_capture(on);
        let (numbers, graph) = numbers.zip(graph.ok())?;
        (copies_made() == copies).then(|| Self { device: device.clone(), graph, inputs, numbers, copies, may_have_moved: false })
    }

    /// Whether a step with these inputs is this one.
    pub fn fits(&self, inputs: &StepInputs) -> bool {
        self.inputs.is_like(inputs)
    }

    /// Another step was made, which may have moved the weights to other buffers.
    pub fn weights_may_move(&mut self) {
        self.may_have_moved = true;
    }

    /// Queues the step with other inputs; gives its numbers. None where weights have left their places since: then none has moved. None,
    /// too, where the device refuses, of which the next reading tells.
    ///
    /// A replay that succeeds clears what the device remembers of earlier failures on the buffers of the step. Such a failure is a
    /// refused allocation, after which a browser's trainer has ended.
    pub fn replay(self, inputs: &StepInputs) -> Option<(Self, Tensor<1>)> {
        let on = self.device.as_dispatch();
        let inputs = self.inputs.overwritten_by(inputs);
        if self.may_have_moved {
            // What is still to be launched of the other step may copy.
            Dispatch::flush(on).ok()?;
            if copies_made() != self.copies {
                return None;
            }
        }
        // SAFETY: the device keeps the pages that the launches touch for as long as the graph lives. Everything here, inputs and
        // results included, is queued from the thread that recorded.
        #[expect(unsafe_code, reason = "Burn cannot know what else holds the buffers")]
        unsafe { Dispatch::graph_replay(on, &self.graph) }.ok()?;
        let numbers = duplicate(self.numbers.clone());
        Some((Self { inputs, may_have_moved: false, ..self }, numbers))
    }
}
