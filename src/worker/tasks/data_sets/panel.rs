//! The panel as HTML: which data set, files to import, and what is in the data set that is chosen.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::augmented::side_by_side;
use crate::dataset::{DatasetManifest, IMAGE_BYTES, IMAGE_EDGE, STARTER, Shard, ShardCompression, encode_png};
use crate::drawing::escape::escape;
use crate::format::grouped;

/// Images shown of each class.
const SHOWN: usize = 10;

/// What the panel shows.
pub struct PanelContents<'a> {
    /// Name of the chosen data set in a link.
    pub chosen: &'a str,
    /// Whether that of the page, which has no name in a link, is another than the starter set.
    pub page_has_full: bool,
    /// Names of the imported ones.
    pub imported: &'a [String],
    /// The chosen data set.
    pub manifest: &'a DatasetManifest,
    /// Its first shard of training images; nothing where it could not be had.
    pub first_shard: &'a [u8],
}

/// All of it.
pub fn panel(contents: &PanelContents<'_>) -> String {
    [&choice(contents), FORM, &browser(contents.manifest, contents.first_shard)].concat()
}

const FORM: &str = "<h3 class=label>Your own images</h3><p class=caption>CIFAR-10 or CIFAR-100 as their authors publish them \
(<code>.tar.gz</code> or <code>.bin</code>), or PNG and JPEG pictures in a folder for each class, as a folder or as a zip. Drop files \
anywhere on the page, or choose them. They stay in this browser.</p><div class=more-fields>\
<div class=field><label for=images-file>Files</label><div class=field-row><input type=file id=images-file multiple></div></div>\
<div class=field><label for=images-folder>Folder</label><div class=field-row><input type=file id=images-folder webkitdirectory></div></div>\
<div class=field title=\"Training images of each class that are kept; empty keeps all\"><label for=images-per-class>Images per class</label>\
<div class=number><input id=images-per-class inputmode=numeric autocomplete=off placeholder=all></div></div>\
<div class=field title=\"Share of each class that is held out where the files do not say which, in percent\"><label for=images-held-out>Held out, %</label>\
<div class=number><input id=images-held-out inputmode=numeric autocomplete=off placeholder=20></div></div>\
<div class=field title=\"Decides which images are kept and held out\"><label for=images-seed>Seed of the choice</label>\
<div class=number><input id=images-seed inputmode=numeric autocomplete=off placeholder=1></div></div>\
<div class=field><label for=images-labels>Labels of CIFAR-100</label><div class=field-row><select id=images-labels>\
<option value=fine>100 classes</option><option value=coarse>20 groups</option></select></div></div></div>";

fn choice(contents: &PanelContents<'_>) -> String {
    let option = |value: &str, label: &str| {
        let chosen = if value == contents.chosen { " selected" } else { "" };
        format!("<option value=\"{}\"{chosen}>{}</option>", escape(value), escape(label))
    };
    let of_page = if contents.page_has_full {
        [option("", "CIFAR-10, all"), option(STARTER, "CIFAR-10, starter")].concat()
    } else {
        option("", "CIFAR-10, starter")
    };
    let imported: String = contents.imported.iter().map(|name| option(name, name)).collect();
    let delete = if contents.imported.iter().any(|name| name == contents.chosen) {
        format!("<button class=quiet id=images-delete>Delete {}</button>", escape(contents.chosen))
    } else {
        String::new()
    };
    format!(
        "<div class=field><label for=images-set>Data set</label><div class=field-row><select id=images-set>{of_page}{imported}</select>{delete}</div></div>"
    )
}

/// A row for each class.
fn browser(manifest: &DatasetManifest, first_shard: &[u8]) -> String {
    let percent = |values: [f32; 3]| values.map(|value| format!("{:.1}", value * 100.0)).join(", ");
    let rows: String = manifest
        .classes
        .iter()
        .enumerate()
        .map(|(class, name)| {
            let count = |shards: &[Shard]| {
                let of_class = |shard: &Shard| shard.labels.iter().filter(|label| usize::from(**label) == class).count();
                grouped(shards.iter().map(of_class).sum())
            };
            let name = escape(name);
            let images = strip(manifest, class, first_shard);
            let picture = images.map_or_else(String::new, |(count, png)| {
                let address = BASE64_STANDARD.encode(png);
                format!(
                    "<img height=32 width={} alt=\"{count} images of {name}\" src=\"data:image/png;base64,{address}\">",
                    count * IMAGE_EDGE
                )
            });
            format!(
                "<tr><th scope=row>{name}</th><td class=number-cell>{}</td><td class=number-cell>{}</td><td>{picture}</td></tr>",
                count(&manifest.train),
                count(&manifest.test)
            )
        })
        .collect();
    format!(
        "<h3 class=label>{}</h3><p class=caption>Red, green and blue of the training images: mean {} %, deviation {} % of full brightness.</p>\
         <div class=table-frame><table class=images-of-classes data-testid=images-of-classes><thead><tr><th scope=col>class</th>\
         <th scope=col class=number-cell>training</th><th scope=col class=number-cell>held out</th><th scope=col>some of its training images</th>\
         </tr></thead><tbody>{rows}</tbody></table></div>",
        escape(&manifest.name),
        percent(manifest.channel_mean),
        percent(manifest.channel_deviation),
    )
}

/// The first images of a class side by side: how many, and a PNG.
fn strip(manifest: &DatasetManifest, class: usize, first_shard: &[u8]) -> Option<(usize, Vec<u8>)> {
    let labels = &manifest.train.first()?.labels;
    let of_class = labels.iter().zip(first_shard.chunks_exact(IMAGE_BYTES)).filter(|(label, _)| usize::from(**label) == class);
    let images: Vec<&[u8]> = of_class.map(|(_, image)| image).take(SHOWN).collect();
    let png = encode_png(images.len() * IMAGE_EDGE, IMAGE_EDGE, &side_by_side(&images), ShardCompression::Quick).ok()?;
    Some((images.len(), png))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> DatasetManifest {
        let shard = |labels: Vec<u16>| Shard { file: "a.png".into(), bytes: 1, labels };
        DatasetManifest {
            name: "pets".into(),
            classes: vec!["cats".into(), "<dogs>".into()],
            train: vec![shard(vec![0, 1, 0, 0]), shard(vec![1; 1200])],
            test: vec![shard(vec![1, 1])],
            ..DatasetManifest::without_images()
        }
    }

    fn html(chosen: &str, imported: &[&str], page_has_full: bool, first_shard: &[u8]) -> String {
        let imported: Vec<String> = imported.iter().map(|name| (*name).to_owned()).collect();
        panel(&PanelContents { chosen, page_has_full, imported: &imported, manifest: &manifest(), first_shard })
    }

    #[test]
    fn each_class_has_its_counts_and_its_own_images() {
        let shard: Vec<u8> = (0..4u8).flat_map(|image| [image * 60; IMAGE_BYTES]).collect();
        let shown = html("pets", &["pets"], false, &shard);
        assert!(shown.contains("<th scope=row>cats</th><td class=number-cell>3</td><td class=number-cell>0</td>"), "{shown}");
        assert!(shown.contains("<th scope=row>&lt;dogs&gt;</th><td class=number-cell>1,201</td><td class=number-cell>2</td>"), "as text");
        assert!(shown.contains("alt=\"3 images of cats\"") && shown.contains("alt=\"1 images of &lt;dogs&gt;\""), "of the first shard");
        let (count, png) = strip(&manifest(), 0, &shard).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut pixels = vec![0; 3 * IMAGE_BYTES];
        reader.next_frame(&mut pixels).unwrap();
        let first_row: Vec<u8> = pixels[..count * IMAGE_EDGE * 3].chunks(IMAGE_EDGE * 3).map(|image| image[0]).collect();
        assert_eq!(first_row, [0, 120, 180], "side by side, those of the class alone");
        assert!(!html("pets", &["pets"], false, &[]).contains("<img"), "no pictures where they could not be had");
    }

    #[test]
    fn the_chosen_data_set_can_be_deleted_if_it_was_imported() {
        let shown = html("pets", &["cars", "pets"], false, &[]);
        assert!(shown.contains("<option value=\"pets\" selected>pets</option>") && shown.contains(">Delete pets</button>"), "{shown}");
        let shown = html("", &["pets"], true, &[]);
        assert!(shown.contains("<option value=\"\" selected>CIFAR-10, all</option><option value=\"starter\">CIFAR-10, starter"), "{shown}");
        assert!(!shown.contains("images-delete"), "the page's own cannot be deleted");
    }
}
