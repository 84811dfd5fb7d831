//! A picture of a diagram.

use std::fmt::Write;

use glam::DVec2;

use super::Layout;
use super::lift::{cut_corners, stretch};
use crate::Result;
use crate::diagram::{Diagram, is_over};

/// Colours of components, in turn: told apart by people who do not see red and green apart (B. Wong, *Nature Methods* 8, 2011).
const COLOURS: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#000000"];

/// A drawing of the diagram as an SVG file, so many pixels high: strands below are interrupted where another is above, an arrow on each
/// component tells its direction.
///
/// # Errors
/// As [`Layout::new`].
pub fn svg(diagram: &Diagram, height: u32) -> Result<String> {
    let layout = Layout::new(diagram)?;
    let scale = f64::from(height) / 2.3;
    let at = |p: DVec2| DVec2::new((p.x + 1.15) * scale, (1.15 - p.y) * scale);
    let discs = diagram.pieces().len() as f64;
    let width = (2.25 * discs + 1.25 * layout.circles.len() as f64 + 0.05).max(1.3) * scale;
    let room = (0..diagram.crossing_count()).map(|c| layout.room(c)).fold(0.3, f64::min);
    let stroke = (0.3 * room * scale).min(0.02 * f64::from(height)).max(1.0);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height}\" width=\"{width:.0}\" height=\"{height}\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n<g fill=\"none\" stroke-width=\"{stroke:.2}\" stroke-linejoin=\"round\">\n"
    );
    let colour = |k: usize| COLOURS[k % COLOURS.len()];
    let mut bridges = String::new();
    for (index, edges) in diagram.components().iter().enumerate() {
        let raw: Vec<DVec2> = edges.iter().flat_map(|out| stretch(diagram, &layout, *out)).map(|(p, _)| at(p)).collect();
        let smooth = cut_corners(&cut_corners(&cut_corners(&raw)));
        let _ = writeln!(out, "<path stroke=\"{}\" d=\"{}\"/>", colour(index), path(&smooth, true));
        // Each raw corner has eight smooth ones; a crossing lies between the last corner of an edge and the first of the next.
        for (k, _) in edges.iter().enumerate().filter(|(_, out)| is_over(diagram.join(**out))) {
            let over: Vec<DVec2> = (0..=12).map(|i| smooth[(8 * (4 * k + 3) + i + smooth.len() - 2) % smooth.len()]).collect();
            let line = path(&over, false);
            let _ = writeln!(bridges, "<path stroke=\"white\" stroke-width=\"{:.2}\" d=\"{line}\"/>", 2.2 * stroke);
            let _ = writeln!(bridges, "<path stroke=\"{}\" d=\"{line}\"/>", colour(index));
        }
        let (tip, back) = (smooth[12], smooth[11]);
        let along = (tip - back).normalize_or_zero() * (2.2 * stroke);
        let wings = [tip - along + along.perp() * 0.6, tip + along * 0.3, tip - along - along.perp() * 0.6];
        let _ = writeln!(bridges, "<path fill=\"{}\" d=\"{}\"/>", colour(index), path(&wings, true));
    }
    out += &bridges;
    for (k, middle) in layout.circles.iter().enumerate() {
        let (p, stroke) = (at(*middle), colour(diagram.components().len() + k));
        let _ = writeln!(out, "<circle stroke=\"{stroke}\" cx=\"{:.2}\" cy=\"{:.2}\" r=\"{:.2}\"/>", p.x, p.y, 0.5 * scale);
    }
    Ok(out + "</g>\n</svg>\n")
}

fn path(line: &[DVec2], closed: bool) -> String {
    let mut out = String::new();
    for (k, p) in line.iter().enumerate() {
        let _ = write!(out, "{}{:.2} {:.2}", if k == 0 { "M" } else { "L" }, p.x, p.y);
    }
    out + if closed { "Z" } else { "" }
}
