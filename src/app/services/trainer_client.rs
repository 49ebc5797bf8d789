//! A trainer, wherever it is: in a worker of the page, or in a native program behind a socket.

use std::pin::Pin;

use crate::experiment::WorkerFailure;
use crate::protocol::{TrainCommand, decode};
use crate::run::{Arrival, TrainerKind, Workstation};

use super::worker_client::WorkerMessage;
use super::{TrainerMessage, WorkerClient, WorkstationClient, worker_scripts};

/// A running trainer. Dropping it ends it at once, whatever it is doing.
pub enum TrainerClient {
    /// Of the page.
    Worker(WorkerClient),
    /// Of the visitor.
    Workstation(WorkstationClient),
}

impl TrainerClient {
    /// Starts a trainer. It hears nothing until it has said [`TrainEvent::Ready`](crate::protocol::TrainEvent::Ready).
    ///
    /// # Errors
    /// When the browser refuses to start a worker or to connect.
    pub fn start(kind: TrainerKind, workstation: &Workstation, heard: impl Fn(TrainerMessage) + 'static) -> Result<Self, WorkerFailure> {
        let loader = match kind {
            TrainerKind::Cpu => worker_scripts::trainer_cpu(),
            TrainerKind::WebGpu => worker_scripts::trainer_webgpu(),
            TrainerKind::Workstation => return WorkstationClient::start(workstation, heard).map(Self::Workstation),
        };
        let total_bytes = worker_scripts::program_bytes(&loader);
        let read = move |said: WorkerMessage| match said {
            WorkerMessage::Message(bytes) => decode(&bytes).map(TrainerMessage::Event).map_err(|_| WorkerFailure::OtherBuild),
            WorkerMessage::Arriving(received_bytes) => Ok(TrainerMessage::Arriving(Arrival { received_bytes, total_bytes })),
        };
        let heard =
            Box::new(move |said: Result<WorkerMessage, WorkerFailure>| heard(said.and_then(read).unwrap_or_else(TrainerMessage::Broken)));
        WorkerClient::start_program(&loader, heard).map(Self::Worker)
    }

    /// Whether a trainer that has not said a word yet will come: why it will not, if so.
    pub fn check_arrival(&self) -> Pin<Box<dyn Future<Output = Option<WorkerFailure>>>> {
        match self {
            Self::Worker(worker) => Box::pin(worker.check_arrival()),
            Self::Workstation(program) => Box::pin(std::future::ready(program.check_arrival())),
        }
    }

    /// Posts a command.
    ///
    /// # Errors
    /// When the browser refuses the message.
    pub fn post(&self, command: &TrainCommand) -> Result<(), WorkerFailure> {
        match self {
            Self::Worker(worker) => worker.post(command),
            Self::Workstation(program) => {
                program.post(command);
                Ok(())
            }
        }
    }
}
