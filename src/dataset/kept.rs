//! Data sets that a browser keeps, and which of them a link means.

use serde::{Deserialize, Serialize};

use super::name::{identified_name, name_in};
use crate::language::{text, tr};

/// A data set that a browser keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDataset {
    /// Its name in links, and its folder's: no other images have it.
    pub id: String,
    /// What the page calls it: no other data set of this browser is called so.
    pub name: String,
}

/// What a name in a link means here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant<'a> {
    /// These images.
    One(&'a KeptDataset),
    /// Links of former pages had no hash: it could be any of these.
    Several(Vec<&'a KeptDataset>),
    /// None of those that are kept.
    NoneKept,
}

/// Which of the kept data sets a link means. One with a hash means those images and no others.
pub fn meant<'a>(asked: &str, kept: &'a [KeptDataset]) -> Meant<'a> {
    if let Some(found) = kept.iter().find(|dataset| dataset.id == asked) {
        return Meant::One(found);
    }
    match called(asked, kept).as_slice() {
        [] => Meant::NoneKept,
        [only] => Meant::One(only),
        several => Meant::Several(several.to_vec()),
    }
}

/// Why the page cannot show what a link means, and what to do.
pub fn not_here(asked: &str, kept: &[KeptDataset]) -> String {
    if let Meant::Several(several) = meant(asked, kept) {
        let named: Vec<String> = several.iter().map(|dataset| tr!("“{name}” (data={id})", name = dataset.name, id = dataset.id)).collect();
        return tr!(
            "The link means “{asked}”, and this browser has {count} data sets called so: {named}. Choose one under Data. Until then the \
             page's own images are used.",
            asked,
            count = named.len(),
            named = named.join(", ")
        );
    }
    let others = name_in(asked).map(|name| called_alike(name, kept)).unwrap_or_default();
    if others.is_empty() {
        return tr!(
            "The data set “{asked}” is not in this browser: import it under Data. Until then the page's own images are used.",
            asked
        );
    }
    let named: Vec<String> = others.iter().map(|dataset| tr!("“{name}”", name = dataset.name)).collect();
    tr!(
        "The data set “{asked}” is not in this browser: import it under Data. What is called {others} here are other images. Until then \
         the page's own images are used.",
        asked,
        others = named.join(text!(" and "))
    )
}

/// Data sets with a hash that were made under a name.
fn called<'a>(name: &str, kept: &'a [KeptDataset]) -> Vec<&'a KeptDataset> {
    let is_called = |id: &str| id.rsplit_once('-').is_some_and(|(_, digits)| name_in(id).is_some() && id == identified_name(name, digits));
    kept.iter().filter(|dataset| is_called(&dataset.id)).collect()
}

/// The same with those of former pages.
fn called_alike<'a>(name: &str, kept: &'a [KeptDataset]) -> Vec<&'a KeptDataset> {
    let former = kept.iter().filter(|dataset| dataset.id == name);
    former.chain(called(name, kept)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(datasets: &[(&str, &str)]) -> Vec<KeptDataset> {
        datasets.iter().map(|(id, name)| KeptDataset { id: (*id).into(), name: (*name).into() }).collect()
    }

    fn id_meant(asked: &str, kept: &[KeptDataset]) -> Option<String> {
        if let Meant::One(dataset) = meant(asked, kept) { Some(dataset.id.clone()) } else { None }
    }

    #[test]
    fn a_link_with_a_hash_means_those_images_and_no_others() {
        let all = kept(&[("pets-3fa9c2d1", "pets"), ("pets-00c0ffee", "pets (2)"), ("cars", "cars")]);
        assert_eq!(id_meant("pets-00c0ffee", &all).as_deref(), Some("pets-00c0ffee"));
        for elsewhere in ["pets-11111111", "cars-11111111", "birds"] {
            assert_eq!(meant(elsewhere, &all), Meant::NoneKept, "{elsewhere}");
        }
        let said = not_here("pets-11111111", &all);
        assert!(
            said.contains("“pets-11111111” is not in this browser: import it under Data. What is called “pets” and “pets (2)” here"),
            "{said}"
        );
        assert!(not_here("cars-11111111", &all).contains("“cars” here are other images"), "one that a former page kept too");
        assert_eq!(
            not_here("birds", &all),
            "The data set “birds” is not in this browser: import it under Data. Until then the page's own images are used."
        );
    }

    #[test]
    fn a_link_of_a_former_page_means_the_only_data_set_called_so() {
        let one = kept(&[("pets-3fa9c2d1", "pets"), ("pets-2-00c0ffee", "pets-2"), ("cars", "cars")]);
        assert_eq!(id_meant("pets", &one).as_deref(), Some("pets-3fa9c2d1"));
        assert_eq!(id_meant("cars", &one).as_deref(), Some("cars"), "a data set that a former page kept");
        let long = "a-name-as-long-as-names-were-up-to-now-x";
        let cut = kept(&[(&identified_name(long, "3fa9c2d1"), long)]);
        assert_eq!(id_meant(long, &cut).as_deref(), Some(cut[0].id.as_str()), "a name that had to be cut");
        let both = kept(&[("pets", "pets"), ("pets-3fa9c2d1", "pets (2)")]);
        assert_eq!(id_meant("pets", &both).as_deref(), Some("pets"), "what a former page called so is called so still");
    }

    #[test]
    fn a_name_of_two_data_sets_is_asked_about() {
        let two = kept(&[("pets-3fa9c2d1", "pets"), ("pets-00c0ffee", "pets (2)")]);
        assert!(matches!(meant("pets", &two), Meant::Several(several) if several.len() == 2));
        let said = not_here("pets", &two);
        assert!(said.contains("2 data sets called so: “pets” (data=pets-3fa9c2d1), “pets (2)” (data=pets-00c0ffee). Choose one"), "{said}");
    }
}
