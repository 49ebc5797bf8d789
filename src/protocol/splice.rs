//! Messages of other people's books and courses: SPLICE (PreTeXt, Runestone, Doenet) and the height that Canvas and others
//! know as `lti.frameResize`.
//!
//! Both are posted to the window around with `*`, since a book's address is not known: they hold nothing private.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::embed::{Activity, EmbedEvent, Metrics};

/// What a book keeps of a reader's work: settings and numbers, no weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpliceState {
    /// Of this form.
    pub version: u32,
    /// The experiment, as a query.
    pub link: String,
    /// The best score so far.
    pub score: f64,
    /// The numbers of the run.
    #[serde(default)]
    pub metrics: Option<Metrics>,
}

/// Version of [`SpliceState`].
const VERSION: u32 = 1;

/// Height of the frame in CSS pixels.
pub fn frame_resize(message_id: &str, height: u32) -> Value {
    json!({ "subject": "lti.frameResize", "message_id": message_id, "height": height })
}

/// Asks the book for what it kept.
pub fn get_state(message_id: &str) -> Value {
    json!({ "subject": "SPLICE.getState", "message_id": message_id })
}

/// Tells the book what to keep.
pub fn report(message_id: &str, state: &SpliceState) -> Value {
    json!({ "subject": "SPLICE.reportScoreAndState", "message_id": message_id, "score": state.score, "state": state })
}

/// Tells the book that something happened.
pub fn send_event(message_id: &str, name: &str, data: &Value) -> Value {
    json!({ "subject": "SPLICE.sendEvent", "message_id": message_id, "name": name, "data": data })
}

/// What the book kept, in a message of the window around; nothing in other messages, in the answer to somebody else, or where
/// it kept nothing.
pub fn read_kept(text: &str, message_id: &str) -> Option<SpliceState> {
    let message: Value = serde_json::from_str(text).ok()?;
    // Some books answer without the number that they were asked with.
    let is_for_us = message.get("message_id").is_none_or(|id| id.is_null() || id == message_id);
    if message.get("subject")? != "SPLICE.getState.response" || !is_for_us {
        return None;
    }
    let kept = match message.get("state")? {
        // Some keep the state as the text that it was stored as.
        Value::String(text) => serde_json::from_str(text).ok()?,
        state => serde_json::from_value::<SpliceState>(state.clone()).ok()?,
    };
    let is_ours = kept.version == VERSION && (0.0..=1.0).contains(&kept.score);
    is_ours.then_some(kept)
}

/// The score of a run: how near it came to the author's goal. Without a goal the task is to train to the end.
pub fn score(metrics: &Metrics) -> f64 {
    match &metrics.goal {
        Some(goal) if goal.reached == Some(true) => 1.0,
        Some(goal) => goal.score.get(),
        None => f64::from(u8::from(metrics.activity == Activity::Finished)),
    }
}

/// What a book is told when something happened. The score never falls: what was reached is reached.
pub fn tell(event: &EmbedEvent, link: &str, best: &mut f64, now: &Metrics, message_id: &mut dyn FnMut() -> String) -> Vec<Value> {
    let mut messages = Vec::new();
    let mut send = |name, id: String| messages.push(send_event(&id, name, &json!({ "link": link, "step": now.step })));
    match event {
        EmbedEvent::State(metrics) if metrics.activity == Activity::Training => send("play", message_id()),
        EmbedEvent::Paused { .. } => send("pause", message_id()),
        EmbedEvent::Done(_) => send("done", message_id()),
        EmbedEvent::Epoch(_) | EmbedEvent::Diverged { .. } => {}
        _ => return messages,
    }
    if !matches!(event, EmbedEvent::State(_)) {
        *best = best.max(score(now));
        let state = SpliceState { version: VERSION, link: link.to_owned(), score: *best, metrics: Some(now.clone()) };
        messages.push(report(&message_id(), &state));
    }
    messages
}

#[cfg(test)]
mod tests {
    use super::super::embed::{GoalMetrics, Share};
    use super::*;

    fn metrics(activity: Activity, goal: Option<(Option<bool>, f64)>) -> Metrics {
        let goal =
            goal.map(|(reached, score)| GoalMetrics { text: "accuracy:55".into(), reached, score: Share::new(score).expect("a number") });
        Metrics { activity, step: Some(40), goal, ..Metrics::default() }
    }

    fn kept() -> Value {
        json!({ "version": 1, "link": "v=1&depth=20", "score": 0.5, "metrics": null })
    }

    fn response(state: &Value) -> String {
        json!({ "subject": "SPLICE.getState.response", "message_id": "m1", "state": state }).to_string()
    }

    #[test]
    fn the_score_is_how_near_the_goal_is() {
        assert_eq!(score(&metrics(Activity::Training, Some((None, 0.84)))), 0.84);
        assert_eq!(score(&metrics(Activity::Finished, Some((Some(false), 0.9)))), 0.9);
        assert_eq!(score(&metrics(Activity::Paused, Some((Some(true), 0.2)))), 1.0, "reached is reached");
        assert_eq!(score(&metrics(Activity::Paused, None)), 0.0);
        assert_eq!(score(&metrics(Activity::Finished, None)), 1.0, "without a goal the end is the goal");
    }

    #[test]
    fn what_a_book_kept_is_read_however_it_is_stored() {
        let wanted = SpliceState { version: 1, link: "v=1&depth=20".into(), score: 0.5, metrics: None };
        assert_eq!(read_kept(&response(&kept()), "m1"), Some(wanted.clone()));
        assert_eq!(read_kept(&response(&json!(kept().to_string())), "m1"), Some(wanted.clone()), "as a text");
        let without = json!({ "subject": "SPLICE.getState.response", "state": kept() }).to_string();
        assert_eq!(read_kept(&without, "m1"), Some(wanted), "without a number");
    }

    #[test]
    fn what_is_not_ours_is_left() {
        for state in [json!(null), json!(7), json!({}), json!("no state"), json!({ "version": 2, "link": "", "score": 0 })] {
            assert_eq!(read_kept(&response(&state), "m1"), None, "{state}");
        }
        assert_eq!(read_kept(&response(&json!({ "version": 1, "link": "", "score": 7 })), "m1"), None, "no score");
        assert_eq!(read_kept(&response(&kept()), "m2"), None, "for somebody else");
        assert_eq!(read_kept(&json!({ "subject": "SPLICE.getState" }).to_string(), "m1"), None);
        assert_eq!(read_kept("no JSON", "m1"), None);
    }

    #[test]
    fn a_book_hears_of_play_pause_and_the_end_and_the_score_never_falls() {
        let mut best = 0.3;
        let mut count = 0;
        let mut id = move || {
            count += 1;
            format!("m{count}")
        };
        let mut said = |event: &EmbedEvent, now: &Metrics| tell(event, "v=1", &mut best, now, &mut id);
        let training = metrics(Activity::Training, Some((None, 0.2)));
        let play = said(&EmbedEvent::State(Box::new(training.clone())), &training);
        let data = json!({ "link": "v=1", "step": 40 });
        assert_eq!(play, [json!({ "subject": "SPLICE.sendEvent", "message_id": "m1", "name": "play", "data": data })]);
        let paused = said(&EmbedEvent::Paused { step: 40 }, &training);
        assert_eq!((paused.len(), &paused[0]["name"], &paused[1]["score"]), (2, &json!("pause"), &json!(0.3)), "the best so far");
        let done = metrics(Activity::Finished, Some((Some(true), 1.0)));
        let messages = said(&EmbedEvent::Done(Box::new(done.clone())), &done);
        assert_eq!((&messages[0]["name"], &messages[1]["score"]), (&json!("done"), &json!(1.0)));
        let state = messages[1]["state"].clone();
        let again = read_kept(&json!({ "subject": "SPLICE.getState.response", "state": state }).to_string(), "m").expect("a state");
        assert_eq!((again.score, again.link.as_str(), again.metrics), (1.0, "v=1", Some(done)), "what is reported can be kept and read");
        assert_eq!(said(&EmbedEvent::Paused { step: 40 }, &training)[1]["score"], json!(1.0), "it never falls");
        assert!(said(&EmbedEvent::State(Box::default()), &training).is_empty(), "nothing of what is no news");
    }

    #[test]
    fn a_height_is_a_whole_number() {
        assert_eq!(frame_resize("m1", 421), json!({ "subject": "lti.frameResize", "message_id": "m1", "height": 421 }));
        assert_eq!(get_state("m1")["subject"], "SPLICE.getState");
    }
}
