//! Writes scenes of drawn walks, as other programs render them: `looks FOLDER CLASS SEED...`, `all` for every class.

use std::error::Error;
use std::ops::ControlFlow;

use raytruth_navigation::Navigation;
use raytruth_task::{Clip, Dials, Difficulty, RunSeed, SampleSeed, Task, draw_until_taken, first_taken_look};

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (folder, wanted) = args.next().zip(args.next()).ok_or("usage: looks FOLDER CLASS SEED...")?;
    std::fs::create_dir_all(&folder)?;
    let task = Navigation;
    let info = task.info();
    for seed in args {
        let seed: u64 = seed.parse()?;
        for (class, name) in info.classes.iter().enumerate().filter(|(_, name)| wanted == "all" || wanted == **name) {
            let dials = Dials::resolve(&task.dials(Difficulty::Easy), None, &[])?;
            let clip = Clip { width: 480, height: 300, fps: 16, frames: 81, lead: 0 };
            let sample = SampleSeed::new(seed, info.domain, class as u64);
            let lot = raytruth_task::Lot { class, ..RunSeed::from(seed).lot_of(info.domain, class as u64, info.classes.len()) };
            let refused = &mut |_, _| ControlFlow::Continue(());
            let Some((_, problem)) = draw_until_taken(&task, (sample, lot), (Difficulty::Easy, &dials), 0..2000, refused) else {
                println!("{name}: none taken");
                continue;
            };
            let stream = &mut |look| sample.look(look);
            let Some((_, episode)) = first_taken_look(problem.as_ref(), &clip, 0..64, stream, &mut |_, r| println!("{r:?}"))
            else {
                continue;
            };
            println!("{name} {seed}: {}", serde_json::to_string(&episode.look)?);
            std::fs::write(format!("{folder}/{name}_{seed}.json"), serde_json::to_string(&episode.scene)?)?;
        }
    }
    Ok(())
}
