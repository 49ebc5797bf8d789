//! Code to read, with some of its lines marked.

use leptos::{html, prelude::*};

use crate::export::LineRange;
use crate::language::text;

/// Code that stays in view above the marked lines, in pixels.
const ABOVE: f64 = 40.0;

/// A piece of code in a frame of its own, which scrolls to the marked lines.
#[component]
pub fn CodeText(
    /// The code.
    #[prop(into)]
    code: Signal<String>,
    /// Lines to mark.
    #[prop(into)]
    marked: Signal<Option<LineRange>>,
) -> impl IntoView {
    let frame = NodeRef::<html::Pre>::new();
    let mark = NodeRef::<html::Mark>::new();
    let pieces = Memo::new(move |_| code.with(|code| split(code, marked.get())));
    // Only the code scrolls: the page stays where the visitor looks. By the next frame another tab may be open.
    let scroll = move || {
        if let (Some(frame), Some(mark)) = (frame.try_get_untracked().flatten(), mark.try_get_untracked().flatten()) {
            let below = mark.get_bounding_client_rect().top() - frame.get_bounding_client_rect().top();
            frame.set_scroll_top(frame.scroll_top() + (below - ABOVE) as i32);
        }
    };
    Effect::new(move |_| {
        pieces.with(|_| ());
        request_animation_frame(scroll);
    });
    let piece = move |at: usize| move || pieces.with(|pieces| pieces[at].clone());
    let has_mark = move || pieces.with(|pieces| !pieces[1].is_empty());
    view! {
        <pre class="code-text" tabindex="0" role="region" aria-label=text!("Source code of the network") node_ref=frame>
            <code>
                {piece(0)} <Show when=has_mark>
                    <mark node_ref=mark>{piece(1)}</mark>
                </Show> {piece(2)}
            </code>
        </pre>
    }
}

/// What stands before the lines, the lines, and what stands after them.
fn split(code: &str, lines: Option<LineRange>) -> [String; 3] {
    let Some(LineRange { first, last }) = lines else { return [code.to_owned(), String::new(), String::new()] };
    let start_of = |line: usize| code.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    let begin = start_of(first.saturating_sub(1));
    let end = start_of(last).max(begin);
    [0..begin, begin..end, end..code.len()].map(|piece| code.get(piece).unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "a < b\nif c:\n    d\n";

    fn marked(first: usize, last: usize) -> [String; 3] {
        split(CODE, Some(LineRange { first, last }))
    }

    #[test]
    fn lines_are_cut_out_whole() {
        assert_eq!(marked(2, 3), ["a < b\n", "if c:\n    d\n", ""]);
        assert_eq!(marked(1, 1), ["", "a < b\n", "if c:\n    d\n"]);
        assert_eq!(split(CODE, None), [CODE, "", ""], "nothing is marked");
    }

    #[test]
    fn the_code_stays_what_it_is() {
        for lines in [(1, 1), (2, 3), (3, 9), (7, 9), (0, 0)] {
            assert_eq!(marked(lines.0, lines.1).concat(), CODE, "lines {lines:?}");
        }
        assert_eq!(marked(7, 9)[1], "", "lines of other code mark nothing");
    }
}
