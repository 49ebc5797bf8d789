//! `a=1&b=2` taken apart, percent signs decoded.

/// Keys and values of a query in their order; a leading `?` is skipped, empty parts are left out.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    query.strip_prefix('?').unwrap_or(query).split('&').filter(|part| !part.is_empty()).map(|part| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (decode(key), decode(value))
    })
}

/// `+` is a space, `%41` is `A`; what is no such code stays as it is, what is no UTF-8 becomes `�`.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while let Some(byte) = bytes.get(place) {
        let code = bytes.get(place + 1..place + 3).filter(|_| *byte == b'%').and_then(hexadecimal);
        decoded.push(match (code, byte) {
            (Some(code), _) => {
                place += 2;
                code
            }
            (None, b'+') => b' ',
            (None, other) => *other,
        });
        place += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    digits.iter().try_fold(0u8, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)? as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_and_plus_signs_are_decoded() {
        let decoded: Vec<_> = pairs("?a=%41+b&held%2Dout=5").collect();
        assert_eq!(decoded, [("a".into(), "A b".into()), ("held-out".into(), "5".into())], "both in keys and in values");
    }

    #[test]
    fn broken_codes_stay_as_they_are() {
        for broken in ["%", "%4", "%zz", "%é", "%%41"] {
            let decoded: Vec<_> = pairs(broken).collect();
            assert_eq!(decoded.len(), 1, "{broken} is one key, and no panic");
        }
        assert_eq!(decode("%zz"), "%zz", "no code, no change");
        assert_eq!(decode("%ff"), "\u{fffd}", "no UTF-8");
    }
}
