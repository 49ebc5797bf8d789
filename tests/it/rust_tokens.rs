//! Rust's source text as words and signs, as far as tests of the sources need it.

/// Identifiers and signs; comments, literals and lifetimes are left out.
pub fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let at = |place: usize| letters.get(place).copied().unwrap_or('\n');
    let (mut found, mut place) = (Vec::new(), 0);
    while place < letters.len() {
        let letter = at(place);
        match letter {
            '/' if at(place + 1) == '/' => place += letters[place..].iter().position(|letter| *letter == '\n').unwrap_or(letters.len()),
            '/' if at(place + 1) == '*' => {
                place += 2;
                while place < letters.len() && (at(place), at(place + 1)) != ('*', '/') {
                    place += 1;
                }
                place += 2;
            }
            'r' if at(place + 1) == '"' || (at(place + 1) == '#' && ['"', '#'].contains(&at(place + 2))) => {
                let hashes = letters[place + 1..].iter().take_while(|letter| **letter == '#').count();
                place += 2 + hashes;
                while place < letters.len() && !(at(place) == '"' && (1..=hashes).all(|behind| at(place + behind) == '#')) {
                    place += 1;
                }
                place += 1 + hashes;
            }
            '"' => {
                place += 1;
                while place < letters.len() && at(place) != '"' {
                    place += if at(place) == '\\' { 2 } else { 1 };
                }
                place += 1;
            }
            '\'' if at(place + 1) == '\\' => {
                place += 3;
                while place < letters.len() && at(place) != '\'' {
                    place += 1;
                }
                place += 1;
            }
            '\'' if at(place + 2) == '\'' => place += 3,
            letter if letter.is_alphabetic() || letter == '_' => {
                let length = letters[place..].iter().take_while(|letter| letter.is_alphanumeric() || **letter == '_').count();
                found.push(letters[place..place + length].iter().collect());
                place += length;
            }
            ':' if at(place + 1) == ':' => {
                found.push("::".into());
                place += 2;
            }
            letter => {
                if !letter.is_whitespace() {
                    found.push(letter.to_string());
                }
                place += 1;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_no_code() {
        let text = "use a::b; // use c\n/* d */ const E: &'static str = \"f\\\"g\"; let h = '\"'; r#\"i\"j\"#; '\\n'";
        let wanted = "use a :: b ; const E : & ' static str = ; let h = ; ;";
        assert_eq!(tokens(text), wanted.split(' ').collect::<Vec<_>>(), "only what the compiler acts on");
    }
}
