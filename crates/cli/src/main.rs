//! The `raytruth` program: generates, verifies and renders ground-truth video.

#![forbid(unsafe_code)]

mod args;
mod bench;
mod controls;
mod device;
mod doctor;
#[cfg(target_os = "linux")]
mod drivers;
mod dry_run;
mod export;
mod generate;
mod list;
mod outcome;
mod output_file;
mod pass_folder;
mod progress;
mod render;
mod scene_file;
mod stop;
mod tasks;
mod verify;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;

use args::{Args, Command};

fn main() -> ExitCode {
    // Usage errors leave here with 2, as clap has it.
    let args = Args::parse();
    outcome::exit_code(run(&args))
}

fn run(args: &Args) -> Result<ExitCode> {
    let level = if args.verbose { "info" } else { "warn" };
    let filters = format!("error,raytruth={level}");
    let environment = env_logger::Env::default().filter_or("RAYTRUTH_LOG", filters);
    let plain = |out: &mut env_logger::fmt::Formatter, record: &log::Record<'_>| {
        use std::io::Write as _;
        writeln!(out, "{}: {}", record.level().as_str().to_lowercase(), record.args())
    };
    env_logger::Builder::from_env(environment).format(plain).init();
    #[cfg(target_os = "linux")]
    drivers::fall_back(&args.command);
    match &args.command {
        Command::Generate(a) => generate::run(a),
        Command::List(a) => list::run(a),
        Command::Verify(a) => verify::run(a),
        Command::Controls(a) => controls::run(a),
        Command::Doctor(a) => doctor::run(a),
        Command::Bench(a) => bench::run(a),
        Command::Render(a) => render::run(a),
        Command::Export(a) => export::run(a),
    }
}
