//! `index.html` shows the page's frame until the page's program has come. What it says of the experiment that the page begins
//! with is made here, so that the two cannot tell different things.

use std::path::PathBuf;

use resnet_playground::drawing::escape::escape;
use resnet_playground::drawing::network::{NARROWEST_WIDE, Orientation, SkipKinds, explain_network, layout, scene};
use resnet_playground::experiment::Experiment;
use resnet_playground::experiment::options;
use resnet_playground::experiment::permalink;
use resnet_playground::experiment::recipes::Recipe;
use resnet_playground::language::format::{bytes, compact, grouped};
use resnet_playground::spec::{Named, ResNetSpec, Shortcut, TrainingMemory};
use resnet_playground::studies::Question;

/// Rewrites `index.html`.
const COMMAND: &str = "UPDATE_FRAME=1 cargo test --test it static_frame";

/// Width of the drawing in a window of 1,440 px, and of 360 px.
const WIDE: f64 = 936.0;
const NARROW: f64 = 298.0;

#[test]
fn the_static_frame_shows_what_the_page_begins_with() {
    let written = read("index.html");
    let wanted = filled(&written, &permalink::read("").experiment).expect("index.html has all marks");
    if std::env::var_os("UPDATE_FRAME").is_some() {
        std::fs::write(path("index.html"), wanted).expect("index.html can be written");
        return;
    }
    let first = written.lines().zip(wanted.lines()).find(|(written, wanted)| written != wanted);
    assert!(written == wanted, "index.html does not show what the page begins with. Run `{COMMAND}`. First: {first:#?}");
}

#[test]
fn controls_of_the_frame_are_off_rather_than_deaf() {
    let page = read("index.html");
    let controls = ["<button ", "<input ", "<select "].map(|control| page.split(control).skip(1).collect::<Vec<_>>()).concat();
    let tags: Vec<&str> = controls.iter().filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag)).collect();
    assert!(tags.len() > 30, "{}", tags.len());
    let on: Vec<&str> = tags.into_iter().filter(|tag| !tag.split(' ').any(|attribute| attribute == "disabled")).collect();
    assert_eq!(on.len(), 1, "only Retry works: {on:#?}");
}

#[test]
fn the_frame_turns_the_drawing_where_the_page_does() {
    let style = read("www/frame.css");
    assert!(style.contains(&format!("@container (width >= {NARROWEST_WIDE}px)")), "NARROWEST_WIDE is {NARROWEST_WIDE}");
    let spec = ResNetSpec::default();
    let height = format!("height: {}px;", layout(&spec, WIDE).height);
    assert!(style.contains(&height), "the wide drawing has {height}");
}

#[test]
fn marks_are_filled_where_they_stand() {
    let page = "<input data-default=\"depth\" value=\"1\"><b data-default=\"rule\">old</b>";
    let filled = fill(&fill(page, "depth", "20").expect("a mark"), "rule", "9 × 2 + 2 < 21").expect("a mark");
    assert_eq!(filled, "<input data-default=\"depth\" value=\"20\"><b data-default=\"rule\">9 × 2 + 2 &lt; 21</b>");
    assert!(fill(page, "epochs", "20").is_err(), "a mark that is missing is told");
    let drawn = between("a<!-- x -->old<!-- /x -->b", "x", "new").expect("both marks");
    assert_eq!(drawn, "a<!-- x -->\nnew\n<!-- /x -->b");
}

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn read(file: &str) -> String {
    std::fs::read_to_string(path(file)).expect("a file of the page")
}

/// `page` with everything that depends on the experiment.
fn filled(page: &str, experiment: &Experiment) -> Result<String, String> {
    let spec = ResNetSpec::new(experiment.network.clone()).map_err(|error| error.to_string())?;
    let mut page = page.to_owned();
    for (name, text) in texts(experiment, &spec) {
        page = fill(&page, name, &text)?;
    }
    page = between(&page, "legend", &legend(&spec))?;
    page = between(&page, "questions", &Question::ALL.iter().map(card).collect::<Vec<_>>().join("\n"))?;
    for (mark, width, orientation) in [("drawing:wide", WIDE, Orientation::Wide), ("drawing:narrow", NARROW, Orientation::Narrow)] {
        let drawing = layout(&spec, width);
        assert_eq!(drawing.orientation, orientation, "{mark}");
        page = between(&page, mark, &scene::still(&drawing, "Network drawing"))?;
    }
    Ok(page)
}

/// What the frame says of the experiment, by the name of its mark.
fn texts(experiment: &Experiment, spec: &ResNetSpec) -> Vec<(&'static str, String)> {
    let blocks = spec.blocks();
    let with_skip = blocks.iter().filter(|block| block.shortcut != Shortcut::Absent).count();
    let skips = experiment.network.skip_connections;
    let caption = explain_network(spec);
    let option = |key| options::find(key).expect("an option of the bar").text(experiment);
    vec![
        ("costs", costs(experiment, spec)),
        ("caption lead", caption.lead),
        ("caption", caption.sentence),
        ("recipe", Recipe::of(experiment).map_or("Custom", |recipe| recipe.label).into()),
        ("depth", option("depth")),
        ("depth rule", spec.depth_formula()),
        ("start filters", option("filters")),
        ("skip switch", skips.to_string()),
        ("skip word", if skips { "on" } else { "off" }.into()),
        ("skip caption", if with_skip > 0 { format!("in {with_skip} blocks") } else { format!("{} blocks", blocks.len()) }),
        ("training images", option("images")),
        ("epochs", option("epochs")),
    ]
}

/// Beside the heading of the drawing.
fn costs(experiment: &Experiment, spec: &ResNetSpec) -> String {
    let cost = spec.cost();
    format!(
        "{} parameters · {} multiply-adds per image · {} to train",
        grouped(cost.parameters as usize),
        compact(cost.multiply_adds_per_image as f64),
        bytes(TrainingMemory::of(spec).bytes(experiment.hyperparameters.batch_size))
    )
}

/// A key for each kind of arc that is drawn.
fn legend(spec: &ResNetSpec) -> String {
    let kinds = SkipKinds::of(spec);
    let key = |kind: &str| {
        format!(
            "<span class=\"network-key\"><svg viewBox=\"0 0 18 6\" width=\"18\" height=\"6\" aria-hidden=\"true\">\
             <path class=\"network-arc {kind}\" d=\"M1 3H17\"/></svg>{kind}</span>"
        )
    };
    let drawn = [kinds.identity.is_some().then(|| key("identity")), kinds.projection.is_some().then(|| key("projection"))];
    drawn.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The card of a question before anything was measured.
fn card(question: &Question) -> String {
    format!(
        "<li><button type=\"button\" class=\"experiments-card\" disabled>\
         <svg class=\"experiments-picture\" viewBox=\"0 0 56 36\" width=\"56\" height=\"36\" aria-hidden=\"true\">\
         <path class=\"ground\" d=\"M4 33.5 H52\"/></svg>\
         <span class=\"experiments-card-words\"><span class=\"experiments-card-title\">{}</span> \
         <span class=\"experiments-card-note\">{} · time not measured yet</span></span></button></li>",
        question.label(),
        question.comparison()
    )
}

/// Puts `text` into the attribute that follows `data-default="name"`, or into the element where none follows.
fn fill(page: &str, name: &str, text: &str) -> Result<String, String> {
    let mark = format!("data-default=\"{name}\"");
    let (before, after) = page.split_once(&mark).ok_or_else(|| format!("{mark} is missing"))?;
    let (open, close) = if after.starts_with('>') { (">", "<") } else { ("=\"", "\"") };
    let (attribute, rest) = after.split_once(open).ok_or_else(|| format!("{mark} stands at no value"))?;
    let (_, rest) = rest.split_once(close).ok_or_else(|| format!("{mark} stands at a value without end"))?;
    Ok(format!("{before}{mark}{attribute}{open}{}{close}{rest}", escape(text)))
}

/// Puts `markup` between the comments `name` and `/name`.
fn between(page: &str, name: &str, markup: &str) -> Result<String, String> {
    let (begin, end) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let (before, rest) = page.split_once(&begin).ok_or_else(|| format!("{begin} is missing"))?;
    let (_, after) = rest.split_once(&end).ok_or_else(|| format!("{end} is missing"))?;
    Ok(format!("{before}{begin}\n{markup}\n{end}{after}"))
}
