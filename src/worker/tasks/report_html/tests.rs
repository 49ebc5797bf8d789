use super::*;
use crate::evaluation::tests::reference_predictions;

#[test]
fn html_counts_every_image_once_and_each_cell_shows_as_many_as_it_says() {
    let (names, predictions) = reference_predictions();
    let html = report_html(&predictions, &names, View::Plain).unwrap();
    let numbers = html.split("<button id=report-cell-").skip(1).map(|cell| {
        let number = cell.split_once('>').and_then(|(_, rest)| rest.split_once('<')).map(|(number, _)| number.parse::<usize>().unwrap());
        number.unwrap()
    });
    assert_eq!(numbers.sum::<usize>(), 60, "all images are in some cell");
    assert!(html.contains("<strong>39 of 60</strong> held-out images, 65.0 %."), "the accuracy is said: {}", &html[..600]);
    assert!(html.contains("With mirror images too it is right about 43.3 %."), "so is the other one: {}", &html[..900]);
    assert!(html.contains("Most often cat is taken for ship: 6 of 26."), "and what goes wrong: {}", &html[..900]);
    assert_eq!(html.matches("<li><img").count(), 12, "a dozen mistakes");

    let cell = cell_html(&predictions, &names, View::Plain, (0, 2)).unwrap();
    assert_eq!(cell.matches("<img").count(), 6, "as many as the matrix says");
    let mirrored = cell_html(&predictions, &names, View::WithMirrorImages, (1, 0)).unwrap();
    assert_eq!(mirrored.matches("<img").count(), 19, "with mirror images every frog is a cat");
    assert_eq!(cell_html(&predictions, &names, View::Plain, (90, 3)).unwrap().matches("<img").count(), 0, "no panic");
}

#[test]
fn names_cannot_become_markup() {
    let (names, predictions) = reference_predictions();
    let names: Vec<_> = names.iter().map(|name| format!("<b title=\"{name}\">")).collect();
    let html = report_html(&predictions, &names, View::Plain).unwrap();
    assert!(!html.contains("<b title"), "they are shown as they stand");
    let fewer = report_html(&predictions, &[], View::Plain).unwrap();
    assert!(fewer.contains("class 3"), "classes without a name are numbered");
}
