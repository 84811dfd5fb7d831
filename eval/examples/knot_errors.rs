//! How often a crossing is misread, and a link mistaken, in painted pictures of knots and links, by the size of the panel and by what was done to
//! the picture: `cargo run --release -p raytruth-eval --features testing --example knot_errors [-- PICTURES]`.

use std::time::Instant;

use raytruth_eval::topology::LinkTruth;
use raytruth_eval::topology::diagram::{Meeting, Pass};
use raytruth_eval::topology::reading::Reader;
use raytruth_eval::toy::{Braid, Dice, KNOTS, Painting, Spoil, arcs, crossings, link, paint, spoil};

fn main() {
    let pictures: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(200);
    println!("panel  spoiled                    crossings  misread  links  mistaken  unread  ms");
    let plain = Spoil::default();
    let kinds = [
        ("not at all", plain),
        ("4:2:0", Spoil { chroma: 2, ..plain }),
        ("4:2:0, noise 4", Spoil { chroma: 2, noise: 4.0, ..plain }),
        ("4:2:0, noise 8, blur", Spoil { chroma: 2, noise: 8.0, blur: 1, ..plain }),
        ("colour by 4 x 4, noise 4", Spoil { chroma: 4, noise: 4.0, ..plain }),
    ];
    for size in [120, 150, 240, 256] {
        for (name, kind) in kinds {
            let (mut all, mut wrong, mut mistaken, mut unread, mut links, mut spent) = (0, 0, 0, 0, 0, 0.0);
            let mut dice = Dice::new(size as u64);
            while links < pictures {
                let (_, strands, word) = KNOTS[dice.bits() as usize % KNOTS.len()];
                let tubes = Braid::new(strands, word, size as f32).thrown(&mut dice).tubes();
                let (exact, apart) = crossings(&tubes);
                if apart < 40.0 {
                    continue;
                }
                links += 1;
                let mut painting = Painting::new(size);
                painting.shine = dice.within(0.0, 0.4);
                painting.flank = dice.within(0.15, 0.6);
                let frame = spoil(&paint(&tubes, &painting).0, size, &Spoil { seed: dice.bits().into(), ..kind });
                let begin = Instant::now();
                let reading = Reader::new(&arcs(tubes.len())).read(&frame, painting.width);
                spent += begin.elapsed().as_secs_f64() * 1e3;
                let told = |l: LinkTruth| (l.jones, l.linking);
                let (found, right) = (reading.link().map(told), link(&tubes).map(told));
                unread += usize::from(found.is_none());
                mistaken += usize::from(found.is_some() && found != right);
                all += exact.len();
                // Each exact crossing has one of the same two places along the strands.
                let near = |a: f32, b: f32| ((a - b + 0.5).rem_euclid(1.0) - 0.5).abs() < 0.06;
                let same = |p: Pass, q: Pass| p.strand == q.strand && near(p.at, q.at);
                let seen: Vec<Meeting> = reading.crossings.iter().map(|seen| seen.meeting()).collect();
                let is_seen = |m: &Meeting| seen.iter().any(|s| same(s.over, m.over) && same(s.under, m.under));
                wrong += exact.iter().filter(|m| !is_seen(m)).count();
            }
            println!(
                "{size:>5}  {name:<25} {all:>10} {wrong:>8} {links:>6} {mistaken:>9} {unread:>7}  {:.2}",
                spent / links as f64
            );
        }
    }
}
