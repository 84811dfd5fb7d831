//! Writes pictures of knots and links of the table, by name, as SVG files into the current folder.
//! `cargo run -p raytruth-knots --example pictures 3_1 L6a4`

use std::error::Error;

use raytruth_knots::drawing::svg;
use raytruth_knots::table::find;

fn main() -> Result<(), Box<dyn Error>> {
    for name in std::env::args().skip(1) {
        let entry = find(&name).ok_or_else(|| format!("no knot or link of the table is called {name}"))?;
        std::fs::write(format!("{name}.svg"), svg(&entry.diagram, 160)?)?;
    }
    Ok(())
}
