//! Reports that stand alone, whatever is written into them.

use super::{ReportRequest, ReportedAnswer, ReportedRun, write_report};
use crate::drawing::plot::{CurveRole, CurveSeries};
use crate::evaluation::gap::{GapLevel, GapMeasure, GapMetrics};
use crate::evaluation::metrics::{HeldOutMetrics, StepMetrics};
use crate::studies::{ChartKind, ExperimentChart, ExperimentReport};

fn run(number: usize, link: &str) -> ReportedRun {
    let step = |step| StepMetrics { step, loss: 2.0 - 0.1 * number as f32, accuracy: 0.25 };
    ReportedRun {
        label: format!("run {number}"),
        extent: "30 steps".into(),
        link: format!("https://example.org/?{link}"),
        from_file: false,
        steps: (0..30).map(step).collect(),
        held_out: vec![HeldOutMetrics { step: 30, loss: 1.875, accuracy: 0.39, images: 200 }],
        gap: None,
    }
}

fn request(runs: Vec<ReportedRun>) -> ReportRequest {
    ReportRequest {
        author: "Ada".into(),
        text: "First thought.\nSame paragraph.\n\n \n\nSecond thought.".into(),
        date: "28 November 2026".into(),
        made_by: "ResNet Playground 0.1.0".into(),
        goal: None,
        runs,
        answers: Vec::new(),
    }
}

/// Every start tag with its attributes.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).filter_map(|part| part.split('>').next()).filter(|tag| !tag.starts_with('/')).collect()
}

#[test]
fn what_a_student_types_is_text() {
    let evil = "<img src=x onerror=alert(1)> </style><script>alert(2)</script> \"quoted\" & more";
    let mut reported = run(1, "v=1");
    reported.label = format!("1 · {evil}");
    reported.link = "javascript:alert(3)".into();
    reported.extent = evil.into();
    let mut request = request(vec![reported.clone(), reported]);
    (request.author, request.text, request.date, request.made_by) = (evil.into(), evil.into(), evil.into(), evil.into());
    request.goal = Some(evil.into());
    let chart = ExperimentChart {
        kind: ChartKind::Loss,
        x_end: 30.0,
        curves: vec![CurveSeries {
            name: evil.into(),
            role: CurveRole::Skips,
            points: vec![(0.0, 1.0), (9.0, 2.0)],
            smoothed: true,
            markers: false,
        }],
    };
    let report = ExperimentReport { finding: evil.into(), details: evil.into(), charts: vec![chart], ..Default::default() };
    request.answers = vec![ReportedAnswer { question: evil.into(), report }];
    let html = write_report(&request);
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"), "it is shown as it was typed");
    for tag in tags(&html) {
        assert!(!tag.starts_with("img") && !tag.starts_with("script"), "<{tag}>");
        assert!(!tag.contains(" onerror") || tag.contains("&lt;img"), "inside of an attribute it is text: <{tag}>");
        assert!(!tag.contains("href=\"javascript"), "<{tag}>");
    }
    assert_eq!(html.matches("</style>").count(), 1, "the style ends once");
}

#[test]
fn the_file_stands_alone() {
    let html = write_report(&request(vec![run(1, "v=1&depth=20"), run(2, "v=1&depth=29")]));
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\">"), "{}", &html[..60]);
    for tag in tags(&html) {
        let fetches = [" src=", "url(http", "@import", "<link", "srcset="];
        assert!(fetches.iter().all(|word| !format!("<{tag}").contains(word)), "<{tag}>");
        // Links are for people; nothing else has an address.
        assert!(!tag.contains("href=") || tag.starts_with("a "), "<{tag}>");
    }
    assert!(html.contains("default-src 'none'"), "and a browser holds it to that");
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), count), (2, 2), "one for each chart: {ids:?}");
    assert!(ids.iter().all(|id| html.contains(&format!("url(#{id})"))), "and each is used");
}

#[test]
fn numbers_links_and_text_are_there() {
    let html = write_report(&request(vec![run(1, "v=1&depth=20"), run(2, "v=1&depth=29&skips=off")]));
    for said in [
        "<h1>Report by Ada</h1>",
        "<p>First thought.\nSame paragraph.</p><p>Second thought.</p>",
        "Made with ResNet Playground 0.1.0 on 28 November 2026.",
        "<td>1.90</td><td>1.88</td><td>39 % of 200 images</td>",
        "<th scope=\"row\">Depth</th><td>20</td><td>29</td>",
        "<a href=\"https://example.org/?v=1&amp;depth=29&amp;skips=off\"",
    ] {
        assert!(html.contains(said), "{said} in {html}");
    }
    assert!(!html.contains("Learning rate</th>"), "what both have as the tutorial is not listed");
}

#[test]
fn one_run_is_told_by_its_settings_and_both_of_its_curves() {
    let mut reported = run(3, "v=1&depth=20&rate=0.01");
    let measure = |(level, accuracy)| GapMeasure { level, loss: 1.0, accuracy, images: 100 };
    let levels = [(GapLevel::Reported, 0.9), (GapLevel::Trained, 0.95), (GapLevel::HeldOut, 0.4)].map(measure).to_vec();
    reported.gap = Some(GapMetrics { steps_done: 30, mean_of_steps: 3, training_images: 100, levels });
    reported.from_file = true;
    let html = write_report(&request(vec![reported]));
    assert!(html.contains("<th scope=\"row\">Learning rate</th><td>0.01</td>"), "{html}");
    assert!(html.contains("Loss: training 1.70 after 29 steps; held out 1.88 after 30 steps."), "the picture in words");
    assert!(!html.contains("What differs"), "there is nothing to differ from");
    assert!(html.contains("Images it has not learnt from</th><td>−55.0</td><td>40.0 %</td>"), "the gap: {html}");
    assert!(html.contains("It began with weights from a file"), "said");
}

#[test]
fn a_report_of_nothing_and_of_many_runs_can_be_read() {
    let empty = write_report(&ReportRequest { date: "today".into(), made_by: "it".into(), ..Default::default() });
    assert!(empty.contains("No run was reported.") && empty.contains("<h1>Report of an experiment</h1>"), "{empty}");
    assert!(!empty.contains("<svg") && !empty.contains("aria-label=\"Text\""), "no empty parts");
    let many = write_report(&request((1..=8).map(|number| run(number, &format!("v=1&seed={number}"))).collect()));
    assert!(many.contains("The first 5 runs are drawn.") && many.contains(">run 5 "), "as many as can be told apart");
    assert!(many.contains("<th scope=\"row\">run 8</th>"), "all of them have their numbers");
}
