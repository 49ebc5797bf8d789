//! Messages of a page around: any text is a command or a sentence, a state that is read is written the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use resnet_playground::checkpoint::autosave::KeptWork;
use resnet_playground::protocol::embed::{read_call, read_hello};
use resnet_playground::protocol::embed_state::EmbedState;
use resnet_playground::protocol::splice::read_kept;

fuzz_target!(|text: &str| {
    if let Err(refusal) = read_call(text) {
        assert!(refusal.sentence.ends_with('.'), "a sentence: {}", refusal.sentence);
    }
    drop(read_hello(text));
    if let Some(kept) = read_kept(text, "id") {
        assert!((0.0..=1.0).contains(&kept.score), "a share of one");
    }
    if let Ok(state) = EmbedState::read(text) {
        assert_eq!(EmbedState::read(&state.to_text()), Ok(state.clone()), "a state comes back");
        drop(state.work.map(|work| KeptWork::from_bytes(&work)));
    }
});
