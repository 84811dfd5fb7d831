//! The evidence that a problem has one answer: who is held by whom gives the place, whatever the film shows.

use raytruth_task::{Rejection, round6};
use serde_json::{Value, json};

use crate::plot::{Board, Form, Part, Plot};

/// Poses a second that the certificate holds of what moves.
const RATE: f64 = 20.0;
/// How near to its slot the target must end, metres.
const NEAR: f32 = 1e-4;

/// # Errors
/// [`Rejection`] `certificate` if the plot's film does not end where its steps say.
pub(crate) fn certify(plot: &Plot) -> Result<Value, Rejection> {
    let refused = |why: String| Rejection::new("certificate", why);
    let target = plot.things.iter().find(|thing| thing.part == Part::Target).ok_or_else(|| refused("no target".into()))?;
    let end = target.way.pose(plot.seconds).translation;
    let slots: Vec<_> = plot.slots.iter().map(|slot| slot.way.pose(plot.seconds).translation).collect();
    let near: Vec<usize> = (0..slots.len()).filter(|&i| slots[i].distance(end) < NEAR).collect();
    if near != [plot.place] {
        return Err(refused(format!("the film ends in {near:?}, the steps in {}", plot.place)));
    }
    // What holds it last is what stands in its slot.
    let holder = plot.hidden.last().and_then(|hidden| hidden.by.as_deref());
    if holder != plot.slots[plot.place].holder.as_deref() {
        return Err(refused(format!("{holder:?} holds it, and {:?} stands there", plot.slots[plot.place].holder)));
    }
    let bodies: Vec<Value> = plot
        .things
        .iter()
        .map(|thing| {
            let form = match &thing.form {
                Form::Ball { radius } => json!({"kind": "ball", "radius_m": round6(f64::from(*radius))}),
                Form::Cup { .. } => json!({"kind": "cup", "upside_down": true}),
                Form::Rod => json!({"kind": "rod"}),
                Form::Arm => json!({"kind": "arm"}),
                Form::Boards(boards) | Form::Screen(boards) | Form::Lining(boards) => {
                    json!({"kind": "boards", "boards": boards.iter().map(board).collect::<Vec<_>>()})
                }
                Form::Cart(boards) => json!({"kind": "cart", "boards": boards.iter().map(board).collect::<Vec<_>>()}),
                Form::Mesh(name, _) => json!({"kind": name}),
            };
            let steps = (plot.seconds * RATE) as u32;
            let place = |i: u32| thing.way.pose(f64::from(i) / RATE).translation.to_array().map(|x| round6(f64::from(x)));
            let mut places: Vec<[f64; 3]> = (0..=steps).map(place).collect();
            if places.iter().all(|p| *p == places[0]) {
                places.truncate(1);
            }
            json!({"name": thing.name, "part": thing.part.name(), "form": form, "places_m": places})
        })
        .collect();
    let hidden: Vec<Value> =
        plot.hidden.iter().map(|h| json!({"from_s": round6(h.span.start), "to_s": round6(h.span.end), "by": h.by})).collect();
    let events: Vec<Value> = plot
        .events
        .iter()
        .map(|e| json!({"name": e.name, "from_s": round6(e.span.start), "to_s": round6(e.span.end), "who": e.who}))
        .collect();
    let holders: Vec<Option<&str>> = plot.slots.iter().map(|slot| slot.holder.as_deref()).collect();
    let ends: Vec<[f64; 3]> = slots.iter().map(|s| s.to_array().map(|x| round6(f64::from(x)))).collect();
    Ok(json!({
        "place": plot.place,
        "last_seen": plot.last_seen,
        "held_by": hidden,
        "world": {
            "rate_hz": RATE,
            "seconds": plot.seconds,
            "bodies": bodies,
            "events": events,
            "slots_m": ends,
            "holders": holders,
            "free": plot.free,
        },
    }))
}

/// A board by its middle and its whole edges, metres.
fn board(board: &Board) -> Value {
    let rounded = |v: glam::Vec3| v.to_array().map(|x| round6(f64::from(x)));
    json!({"middle_m": rounded(board.middle), "size_m": rounded(2.0 * board.half)})
}
