//! Finds the data set: one of the visitor's own, or one that comes with the page.

use crate::dataset::{
    DATA_SETS, DatasetManifest, IMAGE_STORE, IMPORTED, KeptDataset, MANIFEST, Meant, STARTER, folder_of, imported_folder, meant, not_here,
};
use crate::language::tr;
use crate::run::DatasetSource;
use crate::worker::storage::names_in;

use super::capabilities::Capability;
use super::location::absolute_url;
use super::page_files::read_text;

/// A data set, and its name in links.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// That of these images; a link of a former page may have had another.
    pub id: String,
    /// Where it lies and what it holds.
    pub source: DatasetSource,
}

/// Why there is no data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFound {
    /// One that comes with the page cannot be had: half a sentence without its full stop.
    Unreachable(String),
    /// This browser keeps nothing that is meant, or more than one that could be: sentences.
    NotKept(String),
}

/// The data set of that name in a link. Without a name, the largest that comes with the page.
///
/// # Errors
/// When it cannot be had.
pub async fn find(name: &str) -> Result<Found, NotFound> {
    let of_page = match name {
        "" => of_page().await.and_then(|names| names.into_iter().next().ok_or_else(|| tr!("{file} names no data set", file = DATA_SETS))),
        STARTER => Ok(STARTER.to_owned()),
        imported => return find_imported(imported).await,
    };
    let source = load(&absolute_url(&folder_of(&of_page.map_err(NotFound::Unreachable)?))).await.map_err(NotFound::Unreachable)?;
    Ok(Found { id: name.to_owned(), source })
}

async fn find_imported(name: &str) -> Result<Found, NotFound> {
    if let Some(sentence) = no_storage(name, Capability::Storage.find().err()) {
        return Err(NotFound::NotKept(sentence));
    }
    let at = async |id: &str| load(&absolute_url(&imported_folder(id))).await.ok().map(|source| Found { id: id.to_owned(), source });
    if let Some(found) = at(name).await {
        return Ok(found);
    }
    let kept = kept().await;
    let found = if let Meant::One(dataset) = meant(name, &kept) { at(&dataset.id).await } else { None };
    found.ok_or_else(|| NotFound::NotKept(not_here(name, &kept)))
}

/// Where the browser keeps none, importing it does not help.
fn no_storage(name: &str, reason: Option<&str>) -> Option<String> {
    reason.map(|reason| tr!("The data set “{name}” is not here: {reason}. The page's own images are used.", name, reason))
}

/// The data sets that this browser keeps.
async fn kept() -> Vec<KeptDataset> {
    let mut kept = Vec::new();
    for file in names_in(IMAGE_STORE).await {
        let id = file.strip_prefix(IMPORTED).and_then(|rest| rest.strip_suffix(MANIFEST)?.strip_suffix('/'));
        let Some(id) = id else { continue };
        if let Ok(source) = load(&absolute_url(&imported_folder(id))).await {
            kept.push(KeptDataset { id: id.to_owned(), name: source.manifest.name });
        }
    }
    kept
}

/// Names of the data sets that come with the page, largest first.
///
/// # Errors
/// Half a sentence about what is missing.
pub async fn of_page() -> Result<Vec<String>, String> {
    let list =
        read_text(&absolute_url(DATA_SETS)).await.map_err(|reason| tr!("the list of data sets could not be fetched: {reason}", reason))?;
    serde_json::from_str(&list).map_err(|_| tr!("{file} is no list of data sets", file = DATA_SETS))
}

async fn load(url: &str) -> Result<DatasetSource, String> {
    let json = read_text(&format!("{url}{MANIFEST}")).await?;
    let manifest = DatasetManifest::parse(&json).map_err(|error| error.to_string())?;
    Ok(DatasetSource { url: url.to_owned(), manifest })
}

#[cfg(test)]
mod tests {
    use super::no_storage;

    #[test]
    fn nobody_is_told_to_import_where_nothing_is_kept() {
        assert_eq!(no_storage("pets", None), None, "then it can be imported");
        let sentence = no_storage("pets", Some("Browsers keep images for pages over https or from localhost alone")).expect("a sentence");
        assert!(!sentence.contains("import") && sentence.contains("https"), "{sentence}");
    }
}
