//! Keys that mail programs, networks and counters hang on links of others. They say nothing, so nothing is said about them.

/// Keys in full.
const KEYS: [&str; 51] = [
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "ysclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "li-fat-id",
    "mc-cid",
    "mc-eid",
    "mkt-tok",
    "vero-id",
    "oly-enc-id",
    "oly-anon-id",
    "ga",
    "gl",
    "ref",
    "ref-src",
    "ref-url",
    "referrer",
    "si",
    "spm",
    "scm",
    "srsltid",
    "s-cid",
    "trk",
    "epik",
    "rdt-cid",
    "sccid",
    "fb-source",
    "fb-ref",
    "fb-action-ids",
    "fb-action-types",
    "action-object-map",
    "cmpid",
    "campaignid",
    "adgroupid",
    "wickedid",
    "rb-clickid",
    "irclickid",
    "sscid",
    "zanpid",
    "openstat",
    "share-id",
    "guccounter",
];

/// What keys begin with.
const BEGINNINGS: [&str; 10] = ["utm-", "mtm-", "pk-", "piwik-", "matomo-", "hsa-", "hsenc", "hsmi", "hsctatracking", "stm-"];

/// Whether a key, in small letters, with hyphens and without an underscore before it, is one of them.
pub(super) fn is_tracker(key: &str) -> bool {
    KEYS.contains(&key) || BEGINNINGS.iter().any(|start| key.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::options::options;

    #[test]
    fn the_usual_ones_are_known_and_no_option_is_one() {
        for key in ["utm-source", "utm-campaign", "fbclid", "gclid", "msclkid", "mc-cid", "igshid", "ref", "hsenc", "mtm-medium"] {
            assert!(is_tracker(key), "{key}");
        }
        for option in options() {
            assert!(!is_tracker(option.key), "{} is an option", option.key);
        }
        assert!(!is_tracker("dept") && !is_tracker("reference") && !is_tracker(""), "what is none is told");
    }
}
