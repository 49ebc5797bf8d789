//! Many runs by one command: the numbers of `train`, shards, and what becomes of a sweep that was killed.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

pub const LINK: &str = "depth=11&filters=2&images=20&batch=10&held-out=10&epochs=2";
/// Longer than any of this takes on any machine.
const DEADLINE: Duration = Duration::from_secs(300);

fn program(line: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_resnet-playground"));
    program.current_dir(env!("CARGO_MANIFEST_DIR")).args(line.split_whitespace());
    program
}

fn run(line: &str) -> Output {
    program(line).output().expect("the program starts")
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn read(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// The lines that a command which succeeds prints.
pub fn lines(line: &str) -> Vec<Value> {
    let output = run(line);
    assert!(output.status.success(), "`{line}`: {}", words(&output));
    read(&String::from_utf8_lossy(&output.stdout))
}

/// The sentence of a command that prints no line.
fn refused(line: &str) -> String {
    let output = run(line);
    assert!(!output.status.success() && output.stdout.is_empty(), "`{line}` prints {}", String::from_utf8_lossy(&output.stdout));
    words(&output)
}

/// A file that is not there yet, in a folder that goes away with the first of the two.
fn file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("results.jsonl");
    (folder, path)
}

fn contents(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

/// What a result says but for the time that it took.
fn timeless(mut result: Value) -> Value {
    result.as_object_mut().expect("an object").remove("elapsed_ms").expect("every result has its time");
    result
}

/// By their links: the results of two sweeps in whatever order.
fn sorted(results: Vec<Value>) -> Vec<Value> {
    let mut results: Vec<Value> = results.into_iter().map(timeless).collect();
    results.sort_by_key(|result| result["link"].to_string());
    results
}

/// Waits for something that will come.
fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < DEADLINE, "{what} does not come");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn start(line: &str) -> Child {
    program(line).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

fn bits(value: &Value) -> u32 {
    (value.as_f64().expect("a number") as f32).to_bits()
}

#[test]
fn a_sweep_has_the_numbers_of_train_to_the_bit() {
    let results = lines(&format!("sweep {LINK} --vary skips=on,off --seeds 2 --jobs 2"));
    assert_eq!(results.len(), 4);
    for result in &results {
        let trained = lines(&format!("train --config {}", result["link"].as_str().expect("a link")));
        let (epochs, tests): (Vec<&Value>, Vec<&Value>) = trained.iter().partition(|line| line.get("epoch").is_some());
        let own = result["epochs"].as_array().expect("a curve");
        assert_eq!((own.len(), epochs.len()), (2, 2));
        for (own, epoch) in own.iter().zip(epochs) {
            assert_eq!(own["steps"], epoch["steps"]);
            for (own, other) in [
                (&own["train_loss"], &epoch["train_loss"]),
                (&own["train_accuracy"], &epoch["train_accuracy"]),
                (&own["held_out_loss"], &epoch["held_out"]["loss"]),
                (&own["held_out_accuracy"], &epoch["held_out"]["accuracy"]),
            ] {
                assert_eq!(bits(own), bits(other), "{own} is not {other} of {}", result["link"]);
            }
        }
        assert_eq!((bits(&result["tests"][0]["loss"]), &result["tests"][0]["weights"]), (bits(&tests[0]["loss"]), &tests[0]["test"]));
        assert_eq!((&result["outcome"], &result["device"]), (&"finished".into(), &"CPU".into()), "{result}");
        let described = run(&format!("describe ?{}", result["link"].as_str().expect("a link"))).stdout;
        let described: Value = serde_json::from_slice(&described).expect("JSON");
        assert_eq!((&result["depth"], &result["parameters"]), (&described["network"]["depth"], &described["parameters"]["total"]));
    }
    let losses: std::collections::BTreeSet<u32> = results.iter().map(|result| bits(&result["epochs"][1]["train_loss"])).collect();
    assert_eq!(losses.len(), 4, "four other runs");
}

#[test]
fn shards_put_together_are_the_whole_sweep() {
    let sweep = format!("sweep {LINK} --vary epochs=1,2 --vary skips=off,on --seeds 2");
    let folder = tempfile::tempdir().expect("a folder");
    let [whole, first, second] = ["whole", "first", "second"].map(|name| folder.path().join(name));
    for (path, more) in [(&whole, "--jobs 2"), (&first, "--shard 1/2"), (&second, "--shard 2/2")] {
        let output = run(&format!("{sweep} {more} --out {}", path.display()));
        assert!(output.status.success(), "{more}: {}", words(&output));
    }
    let merged = contents(&second) + &contents(&first);
    assert_eq!((read(&contents(&first)).len(), read(&contents(&second)).len()), (4, 4));
    assert_eq!(sorted(read(&merged)), sorted(read(&contents(&whole))), "in any order");
    // A file of all shards is a file like any other: nothing is left to do.
    std::fs::write(&first, merged).expect("a file of ours");
    let before = contents(&first);
    let output = run(&format!("{sweep} --out {}", first.display()));
    assert!(output.status.success() && words(&output).contains("8 of 8 runs are there already"), "{}", words(&output));
    assert_eq!(contents(&first), before);
}

#[test]
fn a_sweep_that_was_killed_goes_on_where_it_was() {
    let (_folder, out) = file();
    let sweep = format!("sweep {LINK} --vary epochs=1,30 --seeds 3 --shard 1/2 --out {}", out.display());
    let mut killed = start(&sweep);
    wait_for("the first result", || contents(&out).contains('\n').then_some(()));
    killed.kill().expect("it has not ended: two of three runs are left");
    killed.wait().expect("it ended");
    let before = contents(&out);
    let kept = before.matches('\n').count();
    assert!((1..3).contains(&kept), "{kept} of three results");
    // As if it had been killed while it wrote.
    let torn = format!("{before}{}", &before[..before.len() / (2 * kept)]);
    std::fs::write(&out, &torn).expect("a file of ours");
    let output = run(&sweep);
    let said = words(&output);
    assert!(output.status.success() && said.contains("cut off") && said.contains(&format!("{kept} of 3 runs are there")), "{said}");
    let after = contents(&out);
    assert!(after.starts_with(&torn), "what was there stays");
    let whole: Vec<&str> = after.lines().filter(|line| serde_json::from_str::<Value>(line).is_ok()).collect();
    assert_eq!((whole.len(), after.lines().count()), (3, 4), "the torn line is the only one that is no result");
    assert_eq!(
        sorted(read(&whole.join("\n"))),
        sorted(lines(&sweep.replace(&format!("--out {}", out.display()), ""))),
        "as if nothing had been"
    );
}

#[test]
fn two_sweeps_do_not_write_to_one_file() {
    let (_folder, out) = file();
    let held = std::fs::File::create(&out).expect("a file of ours");
    held.lock().expect("a lock, as a sweep that runs has it");
    assert!(refused(&format!("sweep {LINK} --out {}", out.display())).contains("another sweep writes to this file"));
    held.unlock().expect("ours to give back");
    assert!(run(&format!("sweep {LINK} --out {}", out.display())).status.success(), "once the other has ended");
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_whose_process_dies_is_one_failed_run_and_is_made_again() {
    let (_folder, out) = file();
    let sweep = format!("sweep {LINK} --vary epochs=1000,1 --out {}", out.display());
    let parent = start(&sweep);
    // Each thread lists the processes that it started.
    let child = wait_for("the first run", || {
        let threads = std::fs::read_dir(format!("/proc/{}/task", parent.id())).ok()?;
        let started = threads.filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("children")).ok());
        started.flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>()).next()
    });
    assert!(Command::new("kill").args(["-9", &child]).status().expect("kill is there").success());
    let output = parent.wait_with_output().expect("it ends");
    let said = words(&output);
    assert!(!output.status.success() && said.contains("1 of 2 runs failed: epochs=1000 (its process was ended by signal: 9"), "{said}");
    let results = read(&contents(&out));
    assert_eq!(results.iter().map(|result| result["outcome"].as_str().unwrap_or_default()).collect::<Vec<_>>(), ["failed", "finished"]);
    // A sweep that goes on makes the failed one alone.
    let mut again = start(&sweep);
    let mut stderr = std::io::BufReader::new(again.stderr.take().expect("a pipe"));
    let mut told = String::new();
    while !told.contains("are there already") {
        assert!(std::io::BufRead::read_line(&mut stderr, &mut told).expect("words") > 0, "{told}");
    }
    assert!(told.contains("1 of 2 runs are there already"), "{told}");
    again.kill().expect("it runs");
    again.wait().expect("it ended");
}

#[test]
fn a_run_that_diverges_is_a_result() {
    let (_folder, out) = file();
    let sweep = format!(
        "sweep {} --out {}",
        LINK.replace("epochs=2", "epochs=20&optimizer=sgd&momentum=0.99&batch-norm=off&rate=1"),
        out.display()
    );
    let output = run(&sweep);
    assert!(output.status.success(), "{}", words(&output));
    let result = &read(&contents(&out))[0];
    assert_eq!(result["outcome"], "diverged", "{result}");
    assert!(result["reason"].as_str().expect("a reason").contains("no longer a number"), "{result}");
    assert!(words(&run(&sweep)).contains("1 of 1 runs are there already"), "it would diverge again");
}

#[test]
fn a_sweep_that_cannot_be_is_refused_before_it_begins() {
    let both = format!("sweep {LINK} --vary");
    assert!(refused(&format!("{both} depht=11")).contains("did you mean depth"));
    assert!(refused(&format!("{both} depth=11,12")).contains("write depth=11"));
    assert!(refused(&format!("{both} activation=relu,swish")).contains("leaky-relu"));
    assert!(refused(&format!("{both} data=a,b")).contains("--data"));
    assert!(refused(&format!("sweep {LINK} --shard 0/2")).contains("count from 1"));
    assert!(refused(&format!("sweep {LINK} --shard 3/2")).contains("as in 2/3"));
    assert!(refused(&format!("sweep {LINK} --seeds 0")).contains("--seeds"));
    assert!(refused(&format!("sweep {LINK} --jobs none")).contains("--jobs"));
    assert!(refused(&format!("sweep {LINK} --out /nowhere/results.jsonl")).contains("/nowhere/results.jsonl"));
    assert!(refused(&format!("sweep {LINK} --data /nowhere")).contains("/nowhere"));
}

#[test]
fn the_links_of_a_sweep_are_listed_without_training() {
    let list = |more: &str| {
        let output = run(&format!("sweep {LINK} --vary depth=11,20 --vary skips=on,off --seeds 2 --list {more}"));
        assert!(output.status.success(), "{}", words(&output));
        String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let all = list("");
    assert_eq!(all.len(), 8);
    assert!(all[0].contains("seed=1") || !all[0].contains("seed"), "the usual seed is not written: {}", all[0]);
    assert!(all[1].ends_with("seed=2") && all[2].contains("skips=off") && all[4].contains("depth=20"), "{all:?}");
    let shards: Vec<String> = [list("--shard 1/3"), list("--shard 2/3"), list("--shard 3/3")].concat();
    assert_eq!((shards.len(), shards.iter().collect::<std::collections::BTreeSet<_>>().len()), (8, 8));
    assert_eq!(list("--shard 2/3")[0], all[1]);
}
