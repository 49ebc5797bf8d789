//! Rust's source text as words and signs, as far as tests of the sources need it.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Identifiers and signs; comments, literals and lifetimes are left out. A doc comment is the attribute that it stands for.
///
/// # Panics
/// When the text is no Rust.
pub fn tokens(text: &str) -> Vec<String> {
    let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error} in {text}"));
    let mut found = Vec::new();
    flatten(stream, &mut found);
    found
}

fn flatten(stream: TokenStream, found: &mut Vec<String>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Literal(_) => {}
            TokenTree::Ident(name) => found.push(name.to_string()),
            // Of a lifetime not even its name: `static` is also the word that an item begins with.
            TokenTree::Punct(sign) if sign.as_char() == '\'' => drop(trees.next()),
            TokenTree::Punct(sign) => {
                let is_path = sign.as_char() == ':' && sign.spacing() == Spacing::Joint;
                let second = trees.next_if(|next| is_path && matches!(next, TokenTree::Punct(next) if next.as_char() == ':'));
                found.push(if second.is_some() { "::".into() } else { sign.to_string() });
            }
            TokenTree::Group(group) => {
                let [open, close] = match group.delimiter() {
                    Delimiter::Parenthesis => ["(", ")"],
                    Delimiter::Brace => ["{", "}"],
                    Delimiter::Bracket => ["[", "]"],
                    Delimiter::None => ["", ""],
                };
                found.push(open.into());
                flatten(group.stream(), found);
                found.push(close.into());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_no_code() {
        let text = "use a::b; // use c\n/* d */ const E: &'static str = \"f\\\"g\"; let h = '\"'; r#\"i\"j\"#; '\\n'";
        let wanted = "use a :: b ; const E : & str = ; let h = ; ;";
        assert_eq!(tokens(text), wanted.split(' ').collect::<Vec<_>>(), "only what the compiler acts on");
    }
}
