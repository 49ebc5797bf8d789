//! Pictures of classes out of a container.

use super::ImportChoices;
use super::error::ImportError;
use super::labelling::{Labelling, Part};
use super::left_out::Why;
use super::limits;
use super::picture::{FileFormat, read_picture};
use super::progress::Progress;
use super::survey::Survey;
use super::unfinished::UnfinishedImport;
use crate::dataset::import::container::{Container, read_whole};
use crate::language::text;

pub(super) fn read(
    container: &dyn Container,
    survey: &Survey,
    choices: &ImportChoices,
    progress: &mut dyn FnMut(Progress),
) -> Result<UnfinishedImport, ImportError> {
    if survey.pictures.is_empty() {
        let unread = &survey.unread;
        return Err(match unread.count() {
            0 => ImportError::NoImages { what: survey.name.clone(), found: survey.instead() },
            _ => ImportError::NoneReadable { reasons: unread.reasons_in_words() },
        });
    }
    let labelling = Labelling::of(survey, choices)?;
    let held_out_part = labelling.parts.iter().copied().filter(|part| *part != Part::Training).max();
    let separate = labelling.parts.contains(&Part::Training) && held_out_part.is_some();
    let mut import = UnfinishedImport::new(survey.name.clone(), labelling.classes.clone(), separate, choices);
    let mut state = Progress { images: 0, done_bytes: 0, total_bytes: survey.bytes[1] };
    container.visit(&mut |entry, contents| {
        let Some(place) = labelling.place(&entry.path) else { return Ok(()) };
        match place {
            Err(why) => import.left_out.add(&entry.path, why, String::new),
            Ok((part, class)) => match read_whole(entry, contents, limits::PICTURE_FILE_BYTES) {
                Err(error) => import.left_out.add_unread(&entry.path, error),
                Ok(bytes) => {
                    let is_held_out = separate && Some(part) == held_out_part;
                    let format = FileFormat::of(&entry.path, &bytes);
                    take(&mut import, &entry.path, format, bytes, class, is_held_out);
                }
            },
        }
        state.images = import.images();
        state.done_bytes = state.done_bytes.saturating_add(entry.bytes);
        progress(state);
        Ok(())
    })?;
    import.left_out.add_all(&survey.unread);
    import.notices.extend(labelling.notices);
    if labelling.parts.len() == 3 {
        let notice = text!("The images of the test folder are held out; those of the validation folder are trained on with the others.");
        import.notices.push(notice.into());
    }
    Ok(import)
}

fn take(import: &mut UnfinishedImport, path: &str, format: FileFormat, bytes: Vec<u8>, class: usize, is_held_out: bool) {
    if format.browser_type().is_some() {
        return import.let_wait(path, format, bytes, class, is_held_out);
    }
    if format.decoder().is_none() {
        return import.left_out.add(path, Why::Format(format), String::new);
    }
    match read_picture(format, &bytes) {
        Ok(image) => import.add(class, is_held_out, &image),
        Err(problem) => import.left_out.add(path, Why::from(&problem), || problem.to_string()),
    }
}
