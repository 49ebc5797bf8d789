//! Text with terms and code in it.

/// A piece of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// Words as they are.
    Words(&'static str),
    /// A term of the glossary, and the words that stand for it.
    Term {
        /// As the glossary has it.
        name: &'static str,
        /// As the sentence has it.
        shown: &'static str,
    },
    /// A formula or a word of code.
    Code(&'static str),
}

/// Takes a paragraph apart: `[term]` or `[term|words]` is a term, what stands between backticks is code.
pub fn pieces(text: &'static str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['[', '`']) {
        let (words, marked) = rest.split_at(at);
        let (open, close) = if marked.starts_with('[') { ('[', ']') } else { ('`', '`') };
        let Some((inside, after)) = marked.strip_prefix(open).and_then(|inside| inside.split_once(close)) else { break };
        if !words.is_empty() {
            found.push(Piece::Words(words));
        }
        found.push(match (open, inside.split_once('|')) {
            ('`', _) => Piece::Code(inside),
            (_, Some((name, shown))) => Piece::Term { name, shown },
            (_, None) => Piece::Term { name: inside, shown: inside },
        });
        rest = after;
    }
    if !rest.is_empty() {
        found.push(Piece::Words(rest));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_and_code_are_taken_out() {
        assert_eq!(
            pieces("A [block] adds `x`, its [skip connection|arcs] too."),
            [
                Piece::Words("A "),
                Piece::Term { name: "block", shown: "block" },
                Piece::Words(" adds "),
                Piece::Code("x"),
                Piece::Words(", its "),
                Piece::Term { name: "skip connection", shown: "arcs" },
                Piece::Words(" too."),
            ]
        );
    }

    #[test]
    fn brackets_in_code_and_marks_without_end_are_text() {
        assert_eq!(pieces("`[2, 3]`"), [Piece::Code("[2, 3]")]);
        assert_eq!(pieces("from [0, 1)"), [Piece::Words("from [0, 1)")]);
        assert_eq!(pieces(""), []);
    }
}
