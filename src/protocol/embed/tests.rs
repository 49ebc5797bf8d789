use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::*;

#[derive(Deserialize)]
struct Example {
    direction: String,
    valid: bool,
    message: Value,
}

fn examples(direction: &str) -> Vec<Example> {
    let text = include_str!("../../../tests/fixtures/embed_messages.json");
    let all: Vec<Example> = serde_json::from_str(text).expect("a list of examples");
    let found: Vec<Example> = all.into_iter().filter(|example| example.direction == direction).collect();
    assert!(found.iter().filter(|example| example.valid).count() >= 3, "{direction}");
    assert!(found.iter().filter(|example| !example.valid).count() >= 3, "{direction}");
    found
}

#[test]
fn commands_are_read_as_the_examples_say() {
    for Example { valid, message, .. } in examples("command") {
        let read = read_call(&message.to_string());
        assert_eq!(read.is_ok(), valid, "{message}: {read:?}");
        match read {
            Ok(call) => assert_eq!(Some(call.id), message["id"].as_u64()),
            Err(refusal) => assert!(refusal.sentence.ends_with('.') && refusal.sentence.len() < 250, "{}", refusal.sentence),
        }
    }
}

#[test]
fn a_refusal_carries_the_number_of_its_command() {
    let refused = |message: Value| read_call(&message.to_string()).expect_err("no command");
    let unknown = refused(json!({ "id": 7, "command": "explode" }));
    assert_eq!(unknown.id, Some(7));
    assert_eq!(
        unknown.sentence,
        "No command is called “explode”. Commands are play, pause, step, reset, setLink, getLink, getMetrics, getState, setState and park."
    );
    assert_eq!(refused(json!({ "id": 8, "command": "setLink" })).sentence, "The command setLink needs params with a link.");
    assert_eq!(refused(json!({ "id": 8, "command": "setLink", "params": { "link": 29 } })).sentence, "The link of setLink is a text.");
    let long = refused(json!({ "id": 9, "command": "setLink", "params": { "link": "x".repeat(MOST_LINK + 1) } }));
    assert_eq!(long.sentence, "The link has 10001 bytes; setLink takes at most 10000.");
    for message in [json!("play"), json!({ "command": "play" }), json!({ "id": 1.5, "command": "play" }), json!({ "id": u64::MAX })] {
        let refusal = refused(message);
        assert_eq!((refusal.id, Answer::to_refused(refusal.clone())), (None, None), "nobody can be answered: {}", refusal.sentence);
    }
    assert_eq!(read_call("{").unwrap_err().id, None, "nor in what is no JSON");
}

#[test]
fn every_named_command_is_one() {
    for name in COMMANDS {
        let call = read_call(&json!({ "id": 1, "command": name, "params": { "link": "", "state": "" } }).to_string());
        assert!(call.is_ok(), "{name}: {call:?}");
    }
}

/// What the page around may check is that a text is there; ours are never empty.
fn is_about_an_empty_text(message: &Value) -> bool {
    message["error"] == "" || message["data"]["reason"] == ""
}

#[test]
fn answers_have_the_form_of_the_examples() {
    for Example { valid, message, .. } in examples("answer").into_iter().filter(|example| !is_about_an_empty_text(&example.message)) {
        let read = serde_json::from_value::<Answer>(message.clone());
        let read = read.ok().filter(|answer| answer.result.is_some() != answer.error.is_some());
        assert_eq!(read.is_some(), valid, "{message}: {read:?}");
        if let Some(answer) = read {
            assert_same(&serde_json::to_value(answer).expect("JSON"), &message);
        }
    }
}

#[test]
fn events_have_the_form_of_the_examples() {
    for Example { valid, message, .. } in examples("event").into_iter().filter(|example| !is_about_an_empty_text(&example.message)) {
        let read = serde_json::from_value::<EmbedEvent>(message.clone());
        // Members may be left out when they are read; what is written has them all.
        let read = read.ok().filter(|event| !valid || serde_json::to_value(event).is_ok());
        let written = read.as_ref().map(|event| serde_json::to_value(event).expect("JSON"));
        if valid {
            assert_same(&written.unwrap_or_else(|| panic!("{message}")), &message);
        } else {
            assert!(written.is_none_or(|written| written != message), "{message} cannot be said");
        }
    }
}

/// The same but for how whole numbers are written.
fn assert_same(one: &Value, other: &Value) {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => assert_eq!(one.as_f64(), other.as_f64()),
        (Value::Object(one), Value::Object(other)) => {
            assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
            one.iter().for_each(|(key, value)| assert_same(value, &other[key]));
        }
        _ => assert_eq!(one, other),
    }
}

#[test]
fn what_is_no_number_is_not_known() {
    assert_eq!((Share::new(f64::NAN), Share::new(1.5).map(Share::get), Share::new(-1.0).map(Share::get)), (None, Some(1.0), Some(0.0)));
    assert_eq!((events::finite(f64::INFINITY), events::finite(f64::NAN), events::finite(2.5)), (None, None, Some(2.5)));
}

#[test]
fn a_hello_of_this_version_is_heard_and_nothing_else() {
    let hello = json!({ "resnetPlayground": "hello", "version": 1, "id": "a1" });
    assert_eq!(read_hello(&hello.to_string()), Some(Hello { id: "a1".into() }));
    for other in [
        json!({ "resnetPlayground": "hello", "version": 2, "id": "a1" }),
        json!({ "resnetPlayground": "hello", "version": 1 }),
        json!({ "resnetPlayground": "hello", "version": 1, "id": 7 }),
        json!({ "resnetPlayground": "hello", "version": 1, "id": "x".repeat(201) }),
        json!({ "resnetPlayground": "port", "version": 1, "id": "a1" }),
        json!({ "resnetPlayground": true, "version": 1, "id": "a1" }),
        json!({ "subject": "SPLICE.getState" }),
        json!(["hello"]),
        json!(null),
    ] {
        assert_eq!(read_hello(&other.to_string()), None, "{other}");
    }
    let answer = serde_json::to_value(Word::port(&Hello { id: "a1".into() })).expect("JSON");
    assert_eq!(answer, json!({ "resnetPlayground": "port", "version": 1, "id": "a1" }));
    assert_eq!(serde_json::to_value(Word::here()).expect("JSON"), json!({ "resnetPlayground": "here", "version": 1 }));
}

proptest! {
    #[test]
    fn any_text_is_a_command_or_a_sentence(text in "\\PC*") {
        if let Err(refusal) = read_call(&text) {
            prop_assert!(refusal.sentence.ends_with('.'));
        }
        let _ = read_hello(&text);
    }

    #[test]
    fn any_members_are_a_command_or_a_sentence(id in "-?[0-9]{1,20}(\\.5)?|null|\"7\"", command in "\"(play|setLink|setState|park|[a-z]{0,40})\"|7", params in "\\{\\}|\\[\\]|\\{\"link\":(\"\\PC{0,20}\"|1)\\}") {
        let text = format!("{{\"id\":{id},\"command\":{command},\"params\":{params}}}");
        match read_call(&text) {
            Ok(call) => prop_assert_eq!(call.id.to_string(), id),
            Err(refusal) => prop_assert!(refusal.sentence.ends_with('.') && !refusal.sentence.contains('\n')),
        }
    }
}
