//! CIFAR's files out of a container.

use super::ImportChoices;
use super::cifar::{
    CifarLabels, CifarSet, Contents, Form, file_kind, names_in_pickle, names_in_text, read_batch, read_records, usual_names,
};
use super::error::ImportError;
use super::limits;
use super::progress::Progress;
use super::survey::Survey;
use super::unfinished::UnfinishedImport;
use crate::dataset::import::container::{Container, read_whole};
use crate::dataset::{IMAGE_BYTES, name_from};

/// Images between two reports.
const REPORT_EVERY: usize = 1000;

pub(super) fn read(
    container: &dyn Container,
    survey: &Survey,
    set: CifarSet,
    choices: &ImportChoices,
    progress: &mut dyn FnMut(Progress),
) -> Result<UnfinishedImport, ImportError> {
    let classes = names(survey, set, choices.labels);
    let count = classes.len();
    let has = |wanted: fn(&Contents) -> bool| survey.cifar_files.iter().any(|(_, file)| wanted(&file.contents));
    let separate = has(|contents| matches!(contents, Contents::Training(_))) && has(|contents| matches!(contents, Contents::Test(_)));
    let name = match (set, choices.labels) {
        (CifarSet::Hundred, CifarLabels::Coarse) => name_from("cifar-100-coarse"),
        _ => name_from(set.name()),
    };
    let mut import = UnfinishedImport::new(name, classes, separate, choices);
    let mut state = Progress { images: 0, done_bytes: 0, total_bytes: survey.bytes[0] };
    container.visit(&mut |entry, contents| {
        let is_known = survey.cifar_files.iter().any(|(path, _)| *path == entry.path);
        let Some(file) = file_kind(&entry.path, entry.bytes).filter(|_| is_known) else { return Ok(()) };
        let (is_held_out, form) = match file.contents {
            Contents::Training(form) => (false, form),
            Contents::Test(form) => (true, form),
            Contents::NamesAsText { .. } | Contents::NamesPickled => return Ok(()),
        };
        let mut each = |class, image: &[u8; IMAGE_BYTES]| {
            import.add(class, is_held_out, image);
            state.images = import.images();
            if state.images.is_multiple_of(REPORT_EVERY) {
                progress(state);
            }
        };
        match form {
            Form::Binary => read_records(set, choices.labels, count, entry, contents, &mut each)?,
            Form::Python => {
                let bytes = read_whole(entry, contents, limits::BATCH_FILE_BYTES)?;
                read_batch(set, choices.labels, count, &entry.path, &bytes, &mut each)?;
            }
        }
        state.done_bytes = state.done_bytes.saturating_add(entry.bytes);
        progress(state);
        Ok(())
    })?;
    Ok(import)
}

/// The names in the upload, or the published ones.
fn names(survey: &Survey, set: CifarSet, labels: CifarLabels) -> Vec<String> {
    let of_groups = set == CifarSet::Hundred && labels == CifarLabels::Coarse;
    let found = survey.names.iter().filter(|(file, _)| file.set == set).find_map(|(file, bytes)| match file.contents {
        Contents::NamesAsText { coarse } if coarse == of_groups => names_in_text(bytes),
        Contents::NamesPickled => names_in_pickle(set, labels, bytes),
        _ => None,
    });
    found.filter(|names| names.len() <= limits::CLASSES).unwrap_or_else(|| usual_names(set, labels))
}
