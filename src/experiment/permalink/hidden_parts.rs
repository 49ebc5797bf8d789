//! What the author of an embed leaves away.

use crate::spec::Named;

/// A part of an embed that can be left away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmbedPart {
    /// The heading; who hears the page has it all the same.
    Heading,
    /// Depth, skip connections, and the sheet of all settings.
    Settings,
    /// The drawing.
    Network,
    /// The curves.
    Curve,
    /// The table of runs, for which only a large frame has room.
    Runs,
    /// What it trains on.
    Device,
    /// The link to the whole page.
    Link,
    /// The button for the full screen.
    FullScreen,
}

impl Named for EmbedPart {
    const ALL: &'static [Self] =
        &[Self::Heading, Self::Settings, Self::Network, Self::Curve, Self::Runs, Self::Device, Self::Link, Self::FullScreen];

    fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Settings => "settings",
            Self::Network => "network",
            Self::Curve => "curve",
            Self::Runs => "runs",
            Self::Device => "device",
            Self::Link => "link",
            Self::FullScreen => "fullscreen",
        }
    }
}

/// A set of parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HiddenParts(u8);

impl HiddenParts {
    /// Whether a part is left away.
    pub fn has(self, part: EmbedPart) -> bool {
        self.0 & Self::bit(part) != 0
    }

    /// The same with one more.
    #[must_use]
    pub fn with(self, part: EmbedPart) -> Self {
        Self(self.0 | Self::bit(part))
    }

    /// The same without one.
    #[must_use]
    pub fn without(self, part: EmbedPart) -> Self {
        Self(self.0 & !Self::bit(part))
    }

    /// Whether nothing is left away.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The parts in their order.
    pub fn parts(self) -> impl Iterator<Item = EmbedPart> {
        EmbedPart::ALL.iter().copied().filter(move |part| self.has(*part))
    }

    /// The words of a link for them: `settings-runs`.
    pub fn words(self) -> String {
        self.parts().map(EmbedPart::name).collect::<Vec<_>>().join("-")
    }

    /// Reads words joined by hyphens. Those that are none are given back; the others count.
    pub fn read(words: &str) -> (Self, Vec<String>) {
        let mut hidden = Self::default();
        let mut unknown: Vec<String> = Vec::new();
        for word in words.split('-').filter(|word| !word.is_empty()) {
            match EmbedPart::from_name(word) {
                Some(part) => hidden = hidden.with(part),
                None if unknown.iter().any(|other| other == word) => {}
                None => unknown.push(word.to_owned()),
            }
        }
        (hidden, unknown)
    }

    fn bit(part: EmbedPart) -> u8 {
        1 << part as u8
    }
}

impl FromIterator<EmbedPart> for HiddenParts {
    fn from_iter<T: IntoIterator<Item = EmbedPart>>(parts: T) -> Self {
        parts.into_iter().fold(Self::default(), Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_comes_back_through_its_words() {
        for bits in 0..=u8::MAX {
            let hidden = HiddenParts(bits);
            assert_eq!(HiddenParts::read(&hidden.words()), (hidden, Vec::new()), "{}", hidden.words());
            assert_eq!(hidden.parts().collect::<HiddenParts>(), hidden);
        }
        assert!(HiddenParts::default().is_empty() && HiddenParts::default().words().is_empty());
    }

    #[test]
    fn one_part_more_or_less_leaves_the_others() {
        let hidden: HiddenParts = [EmbedPart::Link, EmbedPart::Settings].into_iter().collect();
        assert_eq!(hidden.words(), "settings-link", "in their order");
        assert_eq!(hidden.without(EmbedPart::Link).words(), "settings");
        assert_eq!(hidden.with(EmbedPart::Link), hidden, "once");
        assert!(hidden.has(EmbedPart::Link) && !hidden.has(EmbedPart::Curve));
    }

    #[test]
    fn known_words_count_beside_unknown_ones() {
        let (hidden, unknown) = HiddenParts::read("runs-footer-settings-footer-");
        assert_eq!((hidden.words().as_str(), unknown), ("settings-runs", vec!["footer".to_owned()]));
    }
}
