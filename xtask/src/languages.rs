//! The languages of the page: each file of `languages/` becomes a catalogue beside the page, which its head names:
//! `<meta name="language" lang="de" data-name="Deutsch" content="language_de-HASH.mo">`.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use rspolib::{AsBytes, MOFile, POFile, pofile};

use crate::{content_hash, project};

const META: &str = "<meta name=\"language\" ";

/// The languages beside English, by their two letters.
pub fn tags() -> Result<Vec<String>> {
    let names = project::files(&project::root().join("languages"))?.into_iter().map(|path| project::file_name(&path));
    Ok(names.filter_map(|name| name.strip_suffix(".po").map(str::to_owned)).collect())
}

/// Writes the catalogues, with a hash in their names where `hashed`, and their list into the page.
pub fn publish(page: &Path, hashed: bool) -> Result<()> {
    let mut listed = String::new();
    for tag in tags()? {
        let texts = pofile(project::root().join("languages").join(format!("{tag}.po")).as_path());
        let texts = texts.map_err(|error| anyhow!("languages/{tag}.po: {error}"))?;
        let name =
            texts.metadata.get("X-Language-Name").with_context(|| format!("languages/{tag}.po has no X-Language-Name in its header"))?;
        let catalogue = catalogue(&texts);
        let mut published = format!("language_{tag}.mo");
        if hashed {
            published = content_hash::in_name(&published, &content_hash::of([(tag.as_str(), &catalogue)].into_iter()));
        }
        project::write(&page.join(&published), &catalogue)?;
        write!(listed, "{META}lang=\"{tag}\" data-name=\"{name}\" content=\"{published}\">")?;
    }
    project::write_metas(page, META, &listed)
}

/// A file for translators as one for programs.
fn catalogue(texts: &POFile) -> Vec<u8> {
    let mut catalogue = MOFile::from(texts);
    for entry in &mut catalogue.entries {
        // The page reads it by the same library, which takes a context for the text and the text for its context.
        if let Some(context) = &mut entry.msgctxt {
            std::mem::swap(context, &mut entry.msgid);
        }
    }
    catalogue.as_bytes().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_languages_once_and_their_texts_are_beside_it() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path();
        project::write(&folder.join("index.html"), "<head></head><body>").unwrap();
        publish(folder, false).unwrap();
        publish(folder, false).unwrap();
        let index = project::read_text(&folder.join("index.html")).unwrap();
        assert_eq!(
            index.matches("<meta name=\"language\" lang=\"de\" data-name=\"Deutsch\" content=\"language_de.mo\">").count(),
            1,
            "{index}"
        );
        let catalogue = project::read(&folder.join("language_de.mo")).unwrap();
        let read = rspolib::mofile(catalogue).unwrap();
        assert_eq!(read.find_by_msgid("Pause").and_then(|entry| entry.msgstr.clone()).as_deref(), Some("Pause"));
        let number = read.find_by_msgid_msgctxt("1,234.5", "number").unwrap();
        assert_eq!(number.msgstr.as_deref(), Some("1.234,5"), "texts are found in their context");
    }
}
