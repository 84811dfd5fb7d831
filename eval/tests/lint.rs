//! The lint against toy worlds: a good one, and one for each rule that it breaks.

use raytruth_eval::lint::{of_maps, of_picture};
use raytruth_eval::toy::{FRAMES, HEIGHT, Place, Thing, WIDTH, World};
use raytruth_eval::truth::map_size;
use raytruth_eval::{LabelMaps, Shown, Truth};

/// A wall with posts, which stand still.
fn backdrop(x: f32, y: f32) -> [f32; 3] {
    let post = if (x % 120.0) < 40.0 && (y % 100.0) < 60.0 { 30.0 } else { 0.0 };
    [170.0 - y * 0.2 - post; 3]
}

fn plain(_: f32, y: f32) -> [f32; 3] {
    [170.0 - y * 0.2; 3]
}

fn thing(name: &str, half: f32, center: [f32; 2], depth: f32) -> Thing {
    let places = vec![Place { center, angle: 0.0, shown: true }; FRAMES as usize];
    Thing { name: name.into(), role: "target", color: [200, 40, 35], half: [half, half], disc: false, depth, places }
}

/// A block that slides from frame 10 to 50, in the middle of the picture.
fn world() -> World {
    let mut block = thing("block", 16.0, [200.0, 150.0], 2.0);
    for (f, place) in block.places.iter_mut().enumerate() {
        place.center[0] += (f as f32 - 10.0).clamp(0.0, 40.0);
    }
    World { things: vec![block], backdrop, seed: 1 }
}

fn truth(world: &World) -> Truth {
    world.truth("toy", &[("moves", 10)], "moves")
}

fn findings(world: &World) -> Vec<String> {
    of_maps(&truth(world)).expect("maps").0.findings
}

#[test]
fn a_good_world_has_figures_and_no_findings() {
    let (lint, found) = of_maps(&truth(&world())).expect("maps");
    assert!(found.is_empty() && lint.findings.is_empty(), "{found:?}");
    // 32 pixels of 480 are 20 of 300.
    assert_eq!(lint.needed_px, 20.0);
    let across = lint.across_px["block"];
    assert!((across - 2.0 * (32.0 * 32.0 / std::f64::consts::PI).sqrt()).abs() < 0.6, "{across}");
    assert_eq!(lint.in_square["block"], 1.0);
    assert_eq!((lint.hold_start_s, lint.hold_end_s), (0.33, 0.3), "ten frames of thirty a second, and nine");
    assert!(of_picture(&truth(&world()), &world().draw_frame(0)).expect("maps").is_empty());
}

#[test]
fn each_fault_is_found_by_its_name() {
    let changed = |change: &dyn Fn(&mut World)| {
        let mut wrong = world();
        change(&mut wrong);
        findings(&wrong)
    };
    assert_eq!(changed(&|w| w.things[0].half = [8.0, 8.0]), ["too_small:block"]);
    let away = |dx: f32, dy: f32| {
        changed(&move |w: &mut World| {
            w.things[0].places.iter_mut().for_each(|p| p.center = [p.center[0] + dx, p.center[1] + dy]);
        })
    };
    assert_eq!(away(-115.0, 0.0), ["off_square:block"], "the central square begins at 90");
    assert_eq!(away(0.0, 130.0), ["at_edge:block"], "the outer 4 % are 12 pixels");
    let hidden = changed(&|w| {
        let mut screen = thing("screen", 40.0, [240.0, 150.0], 1.0);
        screen.role = "occluder";
        screen.places[..45].iter_mut().for_each(|p| p.center = [240.0, 60.0]);
        w.things.push(screen);
    });
    assert_eq!(hidden, ["hidden_at_end:block"]);
    let outside = changed(&|w| w.things[0].places[..20].iter_mut().for_each(|p| p.center = [-80.0, 150.0]));
    // The toy calls everything unseen occluded; the task's writer knows better.
    assert!(outside.is_empty(), "{outside:?}");
    let mut told = truth(&world());
    told.objects[0].shown[0] = Shown::Outside;
    assert_eq!(of_maps(&told).expect("maps").0.findings, ["outside_at_start:block"]);
}

#[test]
fn a_thing_in_the_colour_of_what_is_behind_it_and_a_black_edge_are_found_in_the_picture() {
    let found = |world: &World| {
        let found = of_picture(&truth(world), &world.draw_frame(0)).expect("maps");
        found.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let mut camouflaged = world();
    camouflaged.things[0].color = [136, 135, 134];
    assert_eq!(found(&camouflaged), ["no_contrast:block"]);
    let mut bounded = world();
    bounded.backdrop = |x, _| if (60.0..=420.0).contains(&x) { [150.0; 3] } else { [2.0; 3] };
    assert_eq!(found(&bounded), ["black_edge"]);
}

#[test]
fn other_sizes_follow_the_shorter_side() {
    assert_eq!((WIDTH, HEIGHT), (480, 300));
    let needed = |size: (u32, u32)| {
        let mut other = truth(&world());
        (other.clip.width, other.clip.height) = size;
        let (width, height) = map_size(size);
        other.maps = LabelMaps::new(width as usize, height as usize, vec![0], vec![0; (width * height) as usize]).pack();
        of_maps(&other).expect("maps").0.needed_px
    };
    assert_eq!((needed((512, 512)), needed((1024, 1024)), needed((832, 480))), (24.0, 48.0, 32.0));
}

#[test]
fn a_picture_in_which_nothing_shows_whether_the_camera_stands_is_found() {
    let seamless = World { backdrop: plain, ..world() };
    let found = of_picture(&truth(&seamless), &seamless.draw_frame(0)).expect("maps");
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), ["few_edges"]);
}
