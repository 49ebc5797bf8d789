use super::*;
use crate::experiment::{DeviceChoice, Experiment};

#[test]
fn an_embed_says_what_it_shows_and_what_it_leaves_away() {
    let view = |query: &str| read(query).view;
    assert!(view("embed=1").network, "the drawing is usual");
    assert_eq!(view("embed=1&view=network"), view("embed=1"));
    let experiments = view("embed=1&view=experiments");
    assert_eq!((experiments.network, experiments.tab), (false, Tab::Experiments));
    assert_eq!(write(&Experiment::default(), &experiments), "v=1&embed=1&view=experiments", "although that tab is usual outside");
    for words in ["settings-runs", "runs,settings", "Settings%20Runs", "runs-settings-runs"] {
        let link = read(&format!("embed=1&hide={words}"));
        assert_eq!((link.view.hidden.words().as_str(), link.notices), ("settings-runs", vec![]), "{words}");
    }
    let all = "heading-settings-network-curve-runs-device-link-fullscreen";
    let query = format!("v=1&embed=1&theme=dark&view=gradients&hide={all}&splice=1");
    assert_eq!(write(&Experiment::default(), &view(&query)), query);
}

#[test]
fn unknown_parts_are_told_and_the_known_ones_are_used() {
    let link = read("embed=1&hide=footer-settings-head-legs-arms");
    assert_eq!(link.view.hidden.words(), "settings");
    let parts = "heading, settings, network, curve, runs, device, link, fullscreen";
    assert_eq!(link.notices, [format!("hide is parts of an embed ({parts}), not “footer”, “head”, “legs”: the others are used.")]);
    assert_eq!(read("embed=1&hide=").notices, Vec::<String>::new(), "nothing is hidden");
    assert_eq!(read("embed=1&splice=maybe").notices.len(), 1);
}

#[test]
fn outside_of_a_frame_nothing_is_hidden() {
    for query in ["hide=settings&splice=1&view=network", "embed=0&hide=settings"] {
        let link = read(query);
        assert_eq!((link.view, link.notices), (ViewOptions::default(), vec![]), "{query}");
        assert_eq!(link.experiment, Experiment::first(), "it says nothing of an experiment");
    }
    let embedded = read("embed=1&theme=dark&view=costs&hide=link&splice=1").view;
    assert_eq!(write(&Experiment::default(), &embedded.of_whole_page()), "v=1&theme=dark&view=costs");
}

#[test]
fn a_link_opens_the_course_at_a_step() {
    let link = read("lesson=shapes");
    assert_eq!((link.view.lesson, link.experiment), (Some(LessonStep::Shapes), Experiment::first()), "and says nothing of an experiment");
    let on_cpu = Experiment { device: DeviceChoice::Cpu, ..Experiment::first() };
    assert_eq!(read("lesson=shapes&device=cpu").experiment, on_cpu, "a device is none");
    let later = read("?Lesson=Depth_Formula&amp;depth=29");
    assert_eq!((later.view.lesson, later.experiment.network.depth), (Some(LessonStep::DepthFormula), 29), "however it was copied");
    let unknown = read("lesson=backpropagation");
    assert_eq!(unknown.view.lesson, Some(LessonStep::Depth));
    assert_eq!(unknown.notices, ["The course has no step “backpropagation”: it opens at its first."]);
    assert!(!is_link("lesson=shapes"), "other pages have lessons too");
}

#[test]
fn view_options_are_kept_apart_from_the_experiment() {
    let link = read("embed=1&theme=dark");
    assert_eq!(link.experiment, Experiment::first(), "no part of the experiment");
    assert_eq!(address(&link.experiment, &link.view, &link.from_author), "embed=1&theme=dark", "but of the link");
}

#[test]
fn a_link_may_ask_for_the_tour_and_begins_where_the_page_does() {
    let asked = read("tour=1");
    assert_eq!(asked, Link { tour: true, ..Link::default() }, "with the page's first network, and nothing to complain of");
    assert!(!read("depth=56").tour && !read("tour=0").tour);
    assert!(read("depth=56&tour=1").tour, "with any experiment");
    assert!(!read("tour=yes").tour && read("tour=perhaps").notices.len() == 1, "what is neither is told");
    assert!(!is_link("tour=1"), "any page may have a tour");
    assert!(!write(&asked.experiment, &asked.view).contains("tour"), "whoever gets a link is not sent on it");
}
