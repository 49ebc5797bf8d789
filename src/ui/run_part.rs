//! What it takes to train, and all that shows what was trained. Fetched with the first run, experiment or measurement, or
//! once there is a run of an earlier visit to show.

use super::session::{Command, Session};
use super::{epoch_table, experiments, failure_notice, feature_maps, kept_work, loss_table, report, run_strip, runs, slow_motion};

/// Starts it, and gives what does as it is told.
pub fn start() -> fn(Command) {
    let session = Session::of_page();
    session.start_run_part();
    kept_work::start(session);
    failure_notice::start(session);
    run_strip::start_run_part(session);
    slow_motion::start(session);
    experiments::start(session);
    feature_maps::start(session);
    report::start(session);
    loss_table::start(session);
    epoch_table::start(session);
    runs::start(session);
    answer
}

fn answer(command: Command) {
    let session = Session::of_page();
    match command {
        Command::BeThere => {}
        Command::Step => session.step(),
        Command::Toggle => session.toggle(),
        Command::Reset => session.reset(),
        Command::ApplyChanges => session.apply_changes(),
        Command::Retune => session.retune(),
        Command::GoOnWithKept => session.go_on_with_kept(),
        Command::Measure => run_strip::measure(),
        Command::TellStep => slow_motion::tell(session),
        Command::Experiment(question) => experiments::ask(question),
        Command::LookAt(file) => feature_maps::look_at(file),
        Command::Ask(command) => session.ask(command),
    }
}
