//! The controls: those of every task as far as a family can have them, then those of beams, then those of what comes to light.

use crate::Truth;
use crate::controls::{Control, Kind, of_every_task};

use super::reveal;

/// What moves in a beam's clip is light: there is nothing that could go another way, vanish or be there twice.
const OF_THINGS: [&str; 3] = ["vanish", "duplicate", "teleport"];
/// What water or a glass that goes away shows of a thing would stay where it is in pieces of the first frame; and a single bar or plate that
/// glides to its end goes its right way.
const OF_MIRRORS: [&str; 2] = ["cut_out", "glide"];

pub(super) fn controls() -> Vec<Control> {
    let mut all = of_every_task();
    for control in all.iter_mut().filter(|control| OF_THINGS.contains(&control.name)) {
        *control = control.only_if(reveal::is_told);
    }
    for control in all.iter_mut().filter(|control| OF_MIRRORS.contains(&control.name)) {
        *control = control.only_if(reveal::is_in_a_mirror);
    }
    all.extend(of_beams().map(|control| control.only_if(of_a_beam)));
    all.extend(of_reveals().map(|control| control.only_if(reveal::is_told)));
    all
}

fn of_a_beam(truth: &Truth) -> bool {
    !reveal::is_told(truth)
}

fn of_beams() -> [Control; 6] {
    [
        Control::rendered("optic_ignored", Kind::Wrong, "the beam goes straight on where an optic turns it").continued(),
        Control::rendered("n_is_1", Kind::Wrong, "glass does not bend the beam"),
        Control::rendered("turned_back", Kind::Wrong, "the first optic sends the beam back to its source"),
        Control::rendered("other_detector", Kind::Wrong, "the beam goes as it should, and another detector lights up"),
        Control::rendered("lit_without_beam", Kind::Wrong, "the right detector lights up, and there is no beam"),
        Control::rendered("from_the_end", Kind::Wrong, "the beam grows from the detector to the source").bounded(600),
    ]
}

fn of_reveals() -> [Control; 5] {
    [
        Control::rendered("image_swapped", Kind::Wrong, "the thing comes to light behind another screen, or in another place")
            .continued(),
        Control::rendered("image_for_thing", Kind::Wrong, "the thing comes to light where its image shows it").bounded(300),
        Control::rendered("vanished", Kind::Wrong, "no thing comes to light"),
        Control::rendered("doubled", Kind::Wrong, "the thing comes to light in two places"),
        Control::rendered("recolored", Kind::Wrong, "the thing comes to light in another colour"),
    ]
}
