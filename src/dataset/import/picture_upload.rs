//! Pictures in a folder for each class out of a container.

use super::ImportChoices;
use super::error::ImportError;
use super::folders::{Folders, Part, is_picture_name};
use super::imported::{ImportedImages, LeftOut, Pools};
use super::limits;
use super::picture::read_picture;
use super::progress::Progress;
use super::survey::Survey;
use crate::dataset::import::container::{Container, read_whole};
use crate::format::grouped;

pub(super) fn read(
    container: &dyn Container,
    survey: &Survey,
    choices: &ImportChoices,
    progress: &mut dyn FnMut(Progress),
) -> Result<ImportedImages, ImportError> {
    if survey.pictures.is_empty() {
        return Err(ImportError::NoImages { what: survey.name.clone() });
    }
    let folders = Folders::of(&survey.pictures);
    if folders.classes.len() > limits::CLASSES {
        return Err(ImportError::TooManyClasses { found: folders.classes.len() });
    }
    let held_out_part = folders.parts.iter().copied().filter(|part| *part != Part::Training).max();
    let separate = folders.parts.contains(&Part::Training) && held_out_part.is_some();
    let mut pools = Pools::new(folders.classes.len(), separate, choices);
    let mut left_out = LeftOut::default();
    let mut state = Progress { images: 0, done_bytes: 0, total_bytes: survey.bytes[1] };
    container.visit(&mut |entry, contents| {
        if !is_picture_name(&entry.path) {
            return Ok(());
        }
        match folders.place(&entry.path) {
            None => left_out.add(|| format!("{} lies in no folder of a class", entry.path)),
            Some((part, class)) => match read_whole(entry, contents, limits::PICTURE_FILE_BYTES) {
                Err(error) => left_out.add(|| error.to_string()),
                Ok(bytes) => match read_picture(&bytes) {
                    Err(problem) => left_out.add(|| format!("{} {problem}", entry.path)),
                    Ok(image) => {
                        let collector = if Some(part) == held_out_part && separate { pools.held_out() } else { pools.training() };
                        collector.add(class, &image);
                        state.images += 1;
                    }
                },
            },
        }
        state.done_bytes = state.done_bytes.saturating_add(entry.bytes);
        progress(state);
        Ok(())
    })?;
    if state.images == 0 {
        return Err(ImportError::NoneReadable { files: grouped(survey.pictures.len()), first: left_out.first() });
    }
    let mut notices = Vec::new();
    if folders.parts.len() == 3 {
        notices.push("The images of the test folder are held out; those of the validation folder are trained on with the others.".into());
    }
    pools.finish(survey.name.clone(), folders.classes, left_out, notices, choices)
}
