//! Names of downloads that come in parts: `pets-001.zip` and `pets-002.zip`, `pets.part1.zip`, `pets.zip` and `pets (1).zip`.

/// The name that all parts share, and which part it is; nothing for a name without a number of that form.
fn numbered(stem: &str) -> Option<(&str, u32)> {
    if let Some((name, number)) = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once(" (")) {
        return Some((name, number.parse().ok()?));
    }
    let name = stem.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = stem.get(name.len()..)?;
    let number = digits.parse().ok()?;
    let is_separator = |letter: char| matches!(letter, '-' | '_' | '.' | ' ');
    let whole = name.trim_end_matches(is_separator);
    let of_part =
        whole.get(whole.len().checked_sub(4)?..).filter(|word| word.eq_ignore_ascii_case("part")).and(whole.get(..whole.len() - 4));
    match of_part {
        Some(base) if base.ends_with(is_separator) => Some((base.trim_end_matches(is_separator), number)),
        // Years have four digits, and numbers of classes one or two.
        _ if digits.len() == 3 && whole.len() < name.len() => Some((whole, number)),
        _ => None,
    }
}

/// What each archive is called if all parts of a download count as one: names without endings in, the same or shared ones out.
pub(super) fn shared_names(stems: &[String]) -> Vec<String> {
    let of = |name: &str| {
        let mut numbers: Vec<u32> =
            stems.iter().filter_map(|stem| numbered(stem)).filter(|(other, _)| *other == name).map(|(_, n)| n).collect();
        // A browser gives the first of equal names no number.
        if stems.iter().any(|stem| stem == name) {
            numbers.push(0);
        }
        numbers.sort_unstable();
        // Parts are counted: a single number, or one that stands alone, is part of a name.
        let is_counted = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
        numbers.len() > 1 && numbers.first().is_some_and(|first| *first < 2) && is_counted
    };
    let shared = |stem: &String| match numbered(stem) {
        Some((name, _)) if of(name) => name.to_owned(),
        _ => stem.clone(),
    };
    stems.iter().map(shared).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(stems: &[&str]) -> Vec<String> {
        shared_names(&stems.iter().map(|stem| (*stem).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn parts_share_a_name() {
        assert_eq!(shared(&["pets-001", "pets-002", "cars"]), ["pets", "pets", "cars"]);
        assert_eq!(
            shared(&["drive-download-20240101T000000Z-001", "drive-download-20240101T000000Z-002"]),
            ["drive-download-20240101T000000Z"; 2]
        );
        assert_eq!(shared(&["pets.part1", "pets.part2"]), ["pets"; 2]);
        assert_eq!(shared(&["pets", "pets (1)", "pets (2)"]), ["pets"; 3]);
    }

    #[test]
    fn other_numbers_are_names() {
        for stems in [
            &["cat1", "cat2"][..],
            &["class-1", "class-2"],
            &["birds-2019", "birds-2020"],
            &["0", "1"],
            &["room-101", "room-205"],
            &["x-001"],
        ] {
            assert_eq!(shared(stems), stems, "each is a class of its own");
        }
    }
}
