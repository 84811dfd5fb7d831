//! A drawn and certified problem of the family, and its way to pictures.

use raytruth_task::dress::{Angles, Paint};
use raytruth_task::prose::{STILL_CAMERA, list, number};
use raytruth_task::{Card, Clip, Draw, Episode, Problem, Rejection, Rng, TaskInfo, Twin, round6};

use super::stage::{FORMS, build};
use super::time::Growth;
use super::{Bench, Sides, truth, twin};
use crate::bench::RULED_MM;
use crate::look::Look;
use crate::piece::Kind;
use raytruth_task::tried;

/// How often a bench is set up in one draw: most have no room, and to see that takes little.
const BENCHES: u32 = 3000;
/// From where it is seen.
pub(super) const ANGLES: Angles = Angles { azimuth: (-8.0, 8.0), elevation: (46.0, 56.0) };

struct BeamProblem {
    card: Card,
    bench: Bench,
    growth: Growth,
    /// Of the detectors, in their order, then of the beam.
    paints: Vec<Paint>,
}

/// Draws a bench whose right detector is on one side of all of them, as seen by the camera, and certifies it.
pub(crate) fn draw(info: &TaskInfo, draw: &mut Draw<'_>, left: bool) -> Result<Box<dyn Problem>, Rejection> {
    let names = draw.choices("optic_kinds");
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| names.iter().any(|name| name == kind.name())).collect();
    let count = draw.seen("on the bench").int("optics") as usize;
    let detectors = draw.seen("on the bench").int("detectors") as usize;
    // Where the source stands must not tell where the answer is.
    let sides = Sides { source_left: draw.balanced("source_side", 2) == 0, answer_left: left };
    let apart = 1e-3 * draw.real("apart_mm");
    let n = (draw.real("n") * 100.0).round() / 100.0;
    let one = |rng: &mut Rng| {
        let kinds: Vec<Kind> = (0..count).map(|_| *rng.pick(&kinds)).collect();
        let (bench, record) = super::draw(rng, (&kinds, n), (detectors, apart), sides)?;
        Growth::new(&bench.path()).map(|growth| (bench, record, growth))
    };
    let (bench, record, growth) = tried(BENCHES, || one(&mut draw.rng))?;
    let mut paints = Paint::draw(&mut draw.rng, detectors + 1);
    let beam = paints.remove(0);
    let kinds: Vec<&str> = bench.pieces.iter().map(|piece| piece.kind.name()).collect();
    draw.seen("on the bench, in the order of the beam").value("optic_order", serde_json::json!(kinds));
    draw.seen("where the source points")
        .value("source_deg", round6(libm::atan2(bench.source.direction.y, bench.source.direction.x).to_degrees()).round());
    if bench.pieces.iter().any(|piece| piece.kind.is_clear()) {
        draw.told("of all glass").value("refractive_index", n);
    }
    draw.told("side of the squares on the board").value("ruled_mm", RULED_MM);
    draw.noted().value("beam_color", beam.name);
    draw.noted().value("detector_colors", serde_json::json!(paints.iter().map(|paint| paint.name).collect::<Vec<_>>()));
    draw.hardness("optics", count as f64);
    draw.hardness("detectors", detectors as f64);
    draw.hardness("way_m", bench.path().length());
    let text = prompt(&bench, &beam, &paints, n);
    let card = Card::new(info, super::FAMILY, draw, text).certified(record);
    paints.push(beam);
    Ok(Box::new(BeamProblem { card, bench, growth, paints }))
}

fn prompt(bench: &Bench, beam: &Paint, paints: &[Paint], n: f64) -> String {
    let side = if bench.source.origin.x < 0.0 { "left" } else { "right" };
    let mut things: Vec<String> = Vec::new();
    for kind in Kind::ALL {
        let count = bench.pieces.iter().filter(|piece| piece.kind == kind).count();
        match count {
            0 => {}
            1 => things.push(kind.told(false).to_owned()),
            _ => things.push(format!("{} {}", number(count), kind.told(true))),
        }
    }
    let caps: Vec<String> =
        paints.iter().enumerate().map(|(i, paint)| format!("a {} {}", paint.name, FORMS[i % FORMS.len()])).collect();
    let mut laws: Vec<String> = Vec::new();
    if bench.pieces.iter().any(|piece| piece.kind.is_mirror()) {
        laws.push("each mirror reflects it at the angle at which it comes".to_owned());
    }
    if bench.pieces.iter().any(|piece| piece.kind.is_clear()) {
        laws.push(format!("the glass, which has a refractive index of {n}, bends it"));
    }
    let laws = laws.join(", and ");
    format!(
        "On a bench that is ruled in squares of {RULED_MM} mm stand a light source, on the {side} as seen by the camera, {}, and {} \
         detectors, whose caps are, from left to right, {}. A {} beam sets off from the source and grows evenly at its tip along its true path, \
         level above the bench: {laws}. The beam ends at the detector that it meets. Then the cap of that detector, and of no other, \
         lights up and stays lit. {STILL_CAMERA}",
        list(&things),
        number(bench.detectors.len()),
        list(&caps),
        beam.name,
    )
}

impl Problem for BeamProblem {
    fn card(&self) -> &Card {
        &self.card
    }

    fn episode(&self, look: &mut Rng, clip: &Clip) -> Result<Episode, Rejection> {
        let look = Look::draw(look, ANGLES, &self.paints);
        let scene = build(&self.bench, &look, clip)?;
        let truth = truth::write((&self.bench, &self.growth), &look, (&scene, clip))?;
        Ok(Episode::new(&self.card, look.drawn, clip, scene, truth))
    }

    fn twins(&self, episode: &Episode) -> Vec<Twin> {
        twin::twins(&self.bench, episode)
    }
}
