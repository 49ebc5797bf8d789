use super::*;
use crate::spec::{BlockPlace, NetworkChoices, ResNetSpec};

/// Depth 1001 unfolded, at a desktop's and a phone's width.
fn drawings() -> Vec<Drawing> {
    let spec = ResNetSpec::new(NetworkChoices { depth: 1001, ..Default::default() }).unwrap();
    [935.0, 330.0].map(|width| layout_unfolded(&spec, &LayerGraph::new(&spec), width, &Unfolding::of(Detail::Blocks))).into()
}

fn has_the_canvas_proportions(camera: &Camera, room: &Room) -> bool {
    (camera.view.width / camera.view.height - room.canvas[0] / room.canvas[1]).abs() < 1e-6
}

#[test]
fn at_home_a_folded_drawing_is_seen_whole_at_its_own_scale() {
    for width in [330.0, 935.0] {
        let room = layout(&ResNetSpec::default(), width).room();
        assert_eq!(Camera::home(&room), Camera::whole(&room), "nothing to move at {width} px");
        assert!(!room.is_larger_than_canvas() && Camera::home(&room).shows_all(&room), "and nothing outside");
    }
}

#[test]
fn fitting_shows_all_of_what_it_fits_in_the_canvas_proportions() {
    for drawing in drawings() {
        let room = drawing.room();
        let contents = drawing.stages.iter().map(|stage| stage.frame).chain(drawing.blocks().step_by(37).map(BlockDrawing::whole));
        for content in contents {
            let camera = Camera::fit(&content, &room);
            assert!(camera.view.grown(1e-6).encloses(&content), "{content:?} in {camera:?}");
            assert!(has_the_canvas_proportions(&camera, &room), "{camera:?}");
        }
        assert!(Camera::whole(&room).shows_all(&room), "the whole network");
        assert!(!Camera::home(&room).shows_all(&room), "which is more than the canvas takes");
    }
}

#[test]
fn zooming_keeps_the_point_under_the_pointer() {
    for drawing in drawings() {
        let room = drawing.room();
        let start = Camera::fit(&drawing.stages[1].blocks[50].whole(), &room);
        let about = Point::new(start.view.x + 0.3 * start.view.width, start.view.y + 0.6 * start.view.height);
        let zoomed = start.zoomed(1.25, about, &room);
        let place = |camera: &Camera| [(about.x - camera.view.x) / camera.view.width, (about.y - camera.view.y) / camera.view.height];
        let [before, after] = [place(&start), place(&zoomed)];
        assert!(before.iter().zip(after).all(|(before, after)| (before - after).abs() < 1e-6), "{before:?} became {after:?}");
        assert!((start.view.width / zoomed.view.width - 1.25).abs() < 1e-6, "by the factor asked for");
    }
}

#[test]
fn no_camera_leaves_the_drawing_or_its_limits() {
    for drawing in drawings() {
        let room = drawing.room();
        let world = Rectangle { x: 0.0, y: 0.0, width: room.world[0], height: room.world[1] };
        let mut camera = Camera::home(&room);
        for step in 0..200 {
            let about = Point::new(f64::from(step * 7919 % 1000) * 40.0 - 5000.0, f64::from(step * 104_729 % 1000) - 300.0);
            camera = match step % 3 {
                0 => camera.zoomed(if step % 2 == 0 { 3.0 } else { 0.2 }, about, &room),
                1 => camera.panned(about.x - 9000.0, about.y * 20.0, &room),
                _ => camera.revealing(&Rectangle::around(about, 80.0, 80.0), &room),
            };
            assert!(has_the_canvas_proportions(&camera, &room), "step {step}: {camera:?}");
            assert!(
                (0.24..=1e3).contains(&(camera.view.width / room.canvas[0])),
                "step {step} is neither too close nor nothing: {camera:?}"
            );
            assert!(camera.view.overlaps(&world), "step {step} shows something: {camera:?}");
            let inside = camera.view.x >= -1e-6 && camera.view.right() <= room.world[0] + 1e-6;
            assert!(inside || camera.view.width > room.world[0], "step {step} stays within: {camera:?}");
        }
    }
}

#[test]
fn revealing_moves_no_farther_than_it_must() {
    for drawing in drawings() {
        let room = drawing.room();
        let home = Camera::home(&room);
        let seen = drawing.stages[0].blocks[1].whole();
        assert_eq!(home.revealing(&seen, &room), home, "what is seen already moves nothing");
        let hidden = drawing.stages[2].blocks[80].whole();
        let moved = home.revealing(&hidden, &room);
        assert!(moved.view.encloses(&hidden), "{hidden:?} in {moved:?}");
        assert_eq!(moved.view.width, home.view.width, "at the same scale");
        assert_eq!(moved.revealing(&hidden, &room), moved, "and then it is seen");
    }
}

#[test]
fn a_transition_starts_and_ends_where_it_says_and_grows_evenly() {
    let drawing = &drawings()[0];
    let room = drawing.room();
    let (from, to) = (Camera::whole(&room), Camera::fit(&drawing.stages[1].blocks[7].whole(), &room));
    let near = |one: &Camera, other: &Camera| (one.view.x - other.view.x).abs() < 1e-3 && (one.view.width - other.view.width).abs() < 1e-3;
    assert!(near(&from.towards(&to, 0.0), &from) && near(&from.towards(&to, 1.0), &to), "both ends");
    let widths = [0.0, 0.25, 0.5, 0.75, 1.0].map(|way| from.towards(&to, way).view.width);
    let factors: Vec<f64> = widths.windows(2).map(|pair| pair[1] / pair[0]).collect();
    assert!(factors.iter().all(|factor| (factor / factors[0] - 1.0).abs() < 1e-6), "equal factors in equal times: {factors:?}");
    let sideways = from.panned(0.0, 0.0, &room);
    assert!(near(&from.towards(&sideways, 0.5), &from), "a camera of the same size only moves");
}

#[test]
fn each_level_is_farther_away_until_all_is_seen() {
    let spec = ResNetSpec::new(NetworkChoices { depth: 1001, ..Default::default() }).unwrap();
    let mut unfolding = Unfolding::of(Detail::Blocks);
    unfolding.turn(BlockPlace { stage: 1, block: 5 });
    for width in [935.0, 330.0] {
        let drawing = layout_unfolded(&spec, &LayerGraph::new(&spec), width, &unfolding);
        let room = drawing.room();
        let block = Camera::fit(&drawing.stages[1].blocks[5].whole(), &room);
        let stage = block.level_out(&drawing).expect("from the block to its stage");
        assert_eq!(stage, Camera::fit(&drawing.stages[1].frame, &room), "the block's own stage at {width} px");
        let whole = stage.level_out(&drawing).expect("from the stage to the network");
        assert_eq!(whole, Camera::whole(&room), "all of it at {width} px");
        assert_eq!(whole.level_out(&drawing), None, "and no farther");
    }
}

#[test]
fn the_span_is_where_the_view_lies_along_the_network() {
    for drawing in drawings() {
        let room = drawing.room();
        assert_eq!(Camera::whole(&room).span(&room), [0.0, 1.0], "all of it");
        let [begin, end] = Camera::home(&room).centred_at(0.5, &room).span(&room);
        assert!((begin + end - 1.0).abs() < 1e-9 && end - begin < 0.2, "a piece in the middle: {begin} to {end}");
    }
}
