//! Says what an upload of files would become in the page.

use std::ffi::OsStr;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use resnet_playground::dataset::import::choice_texts::{read_held_out_percent, read_images_per_class, read_seed};
use resnet_playground::dataset::import::{CifarLabels, ImportChoices, ImportedImages, Source, Upload, import};
use serde_json::{Value, json};

/// Says which data set files would become in the page: its classes, and what would be left out and why.
#[derive(clap::Args)]
pub struct Options {
    /// A folder, files or archives, as they would be dropped on the page
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Prints one JSON object
    #[arg(long)]
    json: bool,
    /// Most training images of each class, by default all
    #[arg(long, value_name = "COUNT", default_value = "", hide_default_value = true)]
    images_per_class: String,
    /// Percent of each class that is held out where the files do not say which, by default 20
    #[arg(long, value_name = "PERCENT", default_value = "", hide_default_value = true)]
    held_out: String,
    /// Decides which images are kept and held out, by default 1
    #[arg(long, value_name = "NUMBER", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    seed: String,
    /// Takes CIFAR-100's 20 groups as classes
    #[arg(long)]
    coarse: bool,
    /// Takes the classes from the names of the files, such as cat.1.jpg
    #[arg(long)]
    classes_from_names: bool,
}

pub fn run(options: &Options) -> ExitCode {
    match imported(options) {
        Ok(images) => {
            let text = if options.json { as_json(&images).to_string() } else { as_text(&images) };
            // Whoever reads only the first lines closes the pipe early, which is no failure.
            let _ = writeln!(io::stdout(), "{text}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            let sentence = format!("Nothing was imported: {reason}.");
            if options.json {
                println!("{}", json!({ "error": sentence }));
            }
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn imported(options: &Options) -> Result<ImportedImages, String> {
    let choices = ImportChoices {
        images_per_class: read_images_per_class(&options.images_per_class)?,
        held_out_percent: read_held_out_percent(&options.held_out)?,
        seed: read_seed(&options.seed)?,
        classes_from_names: options.classes_from_names,
        labels: if options.coarse { CifarLabels::Coarse } else { CifarLabels::Fine },
    };
    let mut uploads = Vec::new();
    for path in &options.paths {
        let failed = |error: io::Error| format!("{}: {error}", path.display());
        // A path such as `.` has no name before it is looked up.
        let named = if path.file_name().is_some() { path.clone() } else { path.canonicalize().map_err(failed)? };
        collect(&named, text(named.file_name().unwrap_or_default()), &mut uploads).map_err(failed)?;
    }
    import(&uploads, &choices, &mut |_| ()).map_err(|error| error.to_string())
}

/// The file, or all files in the folder, under the paths that a browser gives them.
fn collect(path: &Path, name: String, uploads: &mut Vec<Upload>) -> io::Result<()> {
    if !path.is_dir() {
        let bytes = path.metadata()?.len();
        uploads.push(Upload { path: name, bytes: Box::new(DiskFile { path: path.into(), bytes }) });
        return Ok(());
    }
    for entry in path.read_dir()? {
        let entry = entry?;
        let is_link = entry.file_type()?.is_symlink();
        // A link to a folder may lead in a circle, and one to nowhere is no file.
        if !is_link || entry.path().is_file() {
            collect(&entry.path(), format!("{name}/{}", text(&entry.file_name())), uploads)?;
        }
    }
    Ok(())
}

/// A name as text that no other name becomes.
fn text(name: &OsStr) -> String {
    let escaped = || name.as_encoded_bytes().escape_ascii().to_string().replace('\\', "%");
    name.to_str().map_or_else(escaped, str::to_owned)
}

/// A file that is opened whenever it is read: a folder may hold more than can be open at once.
struct DiskFile {
    path: PathBuf,
    bytes: u64,
}

impl Source for DiskFile {
    fn size(&self) -> u64 {
        self.bytes
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut file = std::fs::File::open(&self.path)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut count = 0;
        while let Some(rest) = buffer.get_mut(count..).filter(|rest| !rest.is_empty()) {
            match file.read(rest)? {
                0 => break,
                more => count += more,
            }
        }
        Ok(count)
    }
}

/// Names of the classes with their images to train on and those held out.
fn classes(images: &ImportedImages) -> impl Iterator<Item = (&str, usize, usize)> {
    let count = |labels: &[u16], class: usize| labels.iter().filter(|label| usize::from(**label) == class).count();
    images
        .classes
        .iter()
        .enumerate()
        .map(move |(class, name)| (name.as_str(), count(&images.training.labels, class), count(&images.held_out.labels, class)))
}

fn as_json(images: &ImportedImages) -> Value {
    let classes = classes(images).map(|(name, train, held_out)| json!({ "name": name, "train": train, "held_out": held_out }));
    json!({ "name": images.name, "classes": classes.collect::<Vec<_>>(), "notices": notices(images) })
}

fn as_text(images: &ImportedImages) -> String {
    let mut lines = vec![format!("{}: {} classes", images.name, images.classes.len())];
    lines.extend(classes(images).map(|(name, train, held_out)| format!("  {name}: {train} to train on, {held_out} held out")));
    lines.extend(notices(images));
    lines.join("\n")
}

/// What was left out and why, and what else should be known.
fn notices(images: &ImportedImages) -> Vec<String> {
    images.left_out.sentence().into_iter().chain(images.notices.iter().cloned()).collect()
}
