//! Writes one episode's scene: `cargo run --release -p raytruth-causality --example episode -- INDEX SEED WIDTH HEIGHT OUT.json`.

use raytruth_causality::Causality;
use raytruth_task::{Clip, Dials, Difficulty, Draw, SampleSeed, Task, class_of};

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let number = |i: usize| args[i].parse::<u64>().expect("a number");
    let (index, seed) = (number(1), number(2));
    let clip = Clip { width: number(3) as u32, height: number(4) as u32, fps: 30, frames: 60 };
    let task = Causality;
    let info = task.info();
    let dials = Dials::resolve(&task.dials(Difficulty::Medium), None, &[]).expect("defaults");
    let class = class_of(seed, info.domain, index, info.classes.len());
    let sample = SampleSeed::new(seed, info.domain, index);
    for attempt in 0..100 {
        match task.draw(&mut Draw::new(sample.problem(attempt), class, Difficulty::Medium, &dials)) {
            Err(r) => eprintln!("{r}"),
            Ok(problem) => {
                println!("{}", problem.card().prompt);
                println!("{} {}", problem.card().class, serde_json::to_string(&problem.card().parameters).expect("plain"));
                for look in 0..20 {
                    match problem.episode(&mut sample.look(look), &clip) {
                        Err(r) => eprintln!("look {look}: {r}"),
                        Ok(episode) => {
                            println!("split {} {}", episode.truth.split(), episode.truth.task);
                            std::fs::write(&args[5], serde_json::to_string(&episode.scene).expect("plain")).expect("writable");
                            return;
                        }
                    }
                }
                return;
            }
        }
    }
}
