//! What the policy allows, and why.

use super::inline::Inline;

/// What a page is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The playground, alone or embedded.
    Playground,
    /// A page beside it, to be read.
    Text,
}

/// The policy of a page that holds these inline scripts and styles.
pub fn policy(kind: Kind, inline: &Inline) -> String {
    let Inline { scripts, styles } = inline;
    let listed = |fixed: &str, hashes: &std::collections::BTreeSet<String>| {
        hashes.iter().fold(fixed.to_owned(), |list, hash| if list.is_empty() { hash.clone() } else { format!("{list} {hash}") })
    };
    let or_none = |list: String| if list.is_empty() { "'none'".to_owned() } else { list };
    let directives = match kind {
        Kind::Playground => vec![
            // What is not named below: fonts, media of addresses, plug-ins, forms.
            ("default-src", "'none'".to_owned()),
            // Without the second word no WebAssembly runs. It allows no `eval`.
            ("script-src", listed("'self' 'wasm-unsafe-eval'", scripts)),
            ("style-src", or_none(listed("", styles))),
            // data: a drawing on its way to a PNG file.
            ("img-src", "'self' data:".to_owned()),
            // ws: and wss: for "A program on my computer", at an address that the visitor types, in a network of one's own too. A page
            // over https gets ws: to its own machine alone, by the browser's rule on mixed content.
            ("connect-src", "'self' ws: wss:".to_owned()),
            // data: in a sandboxed frame without an origin, where a worker is a line that imports the page's own script.
            ("worker-src", "'self' data:".to_owned()),
            ("manifest-src", "'self'".to_owned()),
            // The preview of an embed.
            ("frame-src", "'self'".to_owned()),
            ("base-uri", "'self'".to_owned()),
            ("form-action", "'none'".to_owned()),
            ("require-trusted-types-for", "'script'".to_owned()),
            // The one policy of www/policy/trusted_types.js.
            ("trusted-types", "default".to_owned()),
        ],
        Kind::Text => vec![
            ("default-src", "'none'".to_owned()),
            ("script-src", or_none(listed("", scripts))),
            ("style-src", or_none(listed("", styles))),
            ("img-src", "'self' data:".to_owned()),
            ("base-uri", "'none'".to_owned()),
            ("form-action", "'none'".to_owned()),
            ("require-trusted-types-for", "'script'".to_owned()),
            ("trusted-types", "'none'".to_owned()),
        ],
    };
    directives.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_not_allowed() {
        let text = policy(Kind::Text, &Inline::default());
        assert!(text.contains("script-src 'none'; style-src 'none'"), "{text}");
    }
}
