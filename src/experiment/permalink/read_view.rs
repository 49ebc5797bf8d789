//! What a query says of the page itself.

use super::reader::Reader;
use super::{EmbedPart, HiddenParts, LessonStep, Tab, Theme, ViewOptions, keys};
use crate::language::format::quoted;
use crate::language::{LanguageTag, tr};
use crate::spec::Named;

/// Word of `view` for the drawing of an embed.
const NETWORK: &str = "network";
/// Unknown words that a sentence names.
const UNKNOWN_WORDS_NAMED: usize = 3;

/// What holds inside of another page alone is left outside of one.
pub(super) fn read_view(reader: &mut Reader) -> ViewOptions {
    let switch = |reader: &mut Reader, key| reader.word(key, &[true, false], |on| if on { "1" } else { "0" }).unwrap_or_default();
    let embed = switch(reader, keys::EMBED);
    let theme = reader.word(keys::THEME, Theme::ALL, Theme::name).unwrap_or_default();
    let language = read_language(reader);
    // The drawing is always there outside of a frame, so the word says nothing new there.
    let names_drawing = reader.named(keys::VIEW).is_some_and(|word| word == NETWORK);
    let tab = if names_drawing { None } else { reader.word(keys::VIEW, Tab::ALL, Tab::name) };
    let lesson = read_lesson(reader);
    let splice = switch(reader, keys::SPLICE);
    let hidden = read_hidden(reader);
    let view = ViewOptions { embed, theme, language, tab: tab.unwrap_or_default(), lesson, network: tab.is_none(), hidden, splice };
    if embed { view } else { view.of_whole_page() }
}

fn read_language(reader: &mut Reader) -> Option<LanguageTag> {
    let word = reader.named(keys::LANGUAGE)?;
    LanguageTag::from_word(&word).or_else(|| {
        reader.notices.push(tr!("lang is the two letters of a language, as in de, not {given}: it is left out.", given = quoted(&word)));
        None
    })
}

fn read_hidden(reader: &mut Reader) -> HiddenParts {
    let Some(text) = reader.list(keys::HIDE) else { return HiddenParts::default() };
    let (hidden, unknown) = HiddenParts::read(&text);
    if !unknown.is_empty() {
        let words = EmbedPart::ALL.iter().map(|part| part.name()).collect::<Vec<_>>().join(", ");
        let unknown = unknown.iter().take(UNKNOWN_WORDS_NAMED).map(|word| quoted(word)).collect::<Vec<_>>().join(", ");
        reader.notices.push(tr!("hide is parts of an embed ({words}), not {unknown}: the others are used.", words, unknown));
    }
    hidden
}

/// A step that the course does not have opens it at its first.
fn read_lesson(reader: &mut Reader) -> Option<LessonStep> {
    let word = reader.named(keys::LESSON)?;
    LessonStep::from_name(&word).or_else(|| {
        reader.notices.push(tr!("The course has no step {step}: it opens at its first.", step = quoted(&word)));
        Some(LessonStep::ALL[0])
    })
}
