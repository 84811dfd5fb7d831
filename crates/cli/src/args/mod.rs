//! The command line.

mod scene;
mod values;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand};
use raytruth_bench::Part;
use raytruth_dataset::{Extra, MAX_LOOKS, PRESETS, Preset};
use raytruth_render::DeviceChoice;
use raytruth_task::{Difficulties, Split};
pub(crate) use scene::{Export, Render, SceneArg};
use values::{parse_device, parse_difficulties, parse_extra, parse_part, parse_preset, parse_size, parse_split, preset_help};

const EXIT_CODES: &str = "Exit codes: 0 done, 1 failed, 2 wrong usage, 75 try again later (stopped, or another run is at it).\n\
    Environment: WGPU_BACKEND, WGPU_ADAPTER_NAME choose a device; SOURCE_DATE_EPOCH fixes metadata's timestamp; \
    RAYTRUTH_CACHE names a folder for compiled pipelines (empty: nowhere); RAYTRUTH_LOG=debug says more.";

/// Ground-truth video for 3D video reasoning: simulated, path traced, and scored 100 % by its own evaluator.
#[derive(Parser, Debug)]
#[command(name = "raytruth", version = VERSION, about, after_help = EXIT_CODES, propagate_version = true)]
pub(crate) struct Args {
    /// Says more on stderr
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

pub(crate) const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("RAYTRUTH_GIT_COMMIT"), ")");

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Makes samples of a task
    #[command(after_help = EXIT_CODES)]
    Generate(Box<Generate>),
    /// Lists the tasks with their families, classes and hyper-parameters
    List(List),
    /// Scores videos against a data folder; without videos, the ground truth itself
    #[command(after_help = EXIT_CODES)]
    Verify(Verify),
    /// Renders the control videos of finished samples that need the renderer, into extras/controls/
    #[command(after_help = EXIT_CODES)]
    Controls(Controls),
    /// Says whether this machine has what it takes, and what to install where it has not
    Doctor(Doctor),
    /// Measures this machine: whether pictures are right, how fast its device is, how many samples an hour it makes and what limits them
    #[command(after_help = EXIT_CODES)]
    Bench(Bench),
    /// Renders a scene file, or a finished sample's scene, to PNG, OpenEXR or MP4
    #[command(after_help = EXIT_CODES)]
    Render(Render),
    /// Writes a scene file, or a finished sample's scene, as glTF that Blender and web viewers open
    #[command(after_help = EXIT_CODES)]
    Export(Export),
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Generate {
    /// Which task; `raytruth list` names them
    #[arg(long, value_name = "TASK")]
    pub(crate) task: String,
    /// How many samples
    #[arg(long, value_name = "N", default_value_t = 3, allow_negative_numbers = true)]
    pub(crate) num_samples: u64,
    /// Index of the first; a run cut in pieces makes the same samples
    #[arg(long, value_name = "I", default_value_t = 0, allow_negative_numbers = true)]
    pub(crate) start_index: u64,
    /// Run seed
    #[arg(long, value_name = "S", default_value_t = 42, allow_negative_numbers = true)]
    pub(crate) seed: u64,
    /// The data folder [default: data/questions, or data/PART/questions with --split PART]
    #[arg(long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
    /// Size, length and quality by name
    #[arg(long, value_name = "P", default_value = PRESETS[0].name, value_parser = parse_preset, long_help = preset_help())]
    pub(crate) preset: Preset,
    /// Camera paths per pixel, instead of the preset's
    #[arg(long, value_name = "SPP", allow_negative_numbers = true)]
    pub(crate) samples: Option<u32>,
    /// Number of frames, instead of the preset's, which grow with the problem
    #[arg(long, value_name = "F", allow_negative_numbers = true)]
    pub(crate) frames: Option<u32>,
    /// Frames per second, instead of the preset's
    #[arg(long, value_name = "F", allow_negative_numbers = true)]
    pub(crate) fps: Option<u32>,
    /// Picture size, instead of the preset's
    #[arg(long, value_name = "WxH", value_parser = parse_size, allow_hyphen_values = true)]
    pub(crate) size: Option<(u32, u32)>,
    /// How hard the problems are: easy, medium, hard, or mixed, which has as many of each
    #[arg(long, value_name = "D", default_value_t = Difficulties::default(), value_parser = parse_difficulties)]
    pub(crate) difficulty: Difficulties,
    /// The part of a dataset to make: train, val or test. The parts of a seed share no problem
    #[arg(long, value_name = "PART", value_parser = parse_split)]
    pub(crate) split: Option<Split>,
    /// Hyper-parameters from a JSON object: numbers, "lo..hi", or lists of names
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// One hyper-parameter: name=value, name=lo..hi or name=a|b; may be repeated, and wins over --config
    #[arg(long, value_name = "K=V")]
    pub(crate) set: Vec<String>,
    /// Renders the first frame only
    #[arg(long)]
    pub(crate) no_video: bool,
    /// Draws the problems and prints them; renders and writes nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// With --dry-run: prints what the draws cost, what was rejected, and how well a rule on one parameter alone tells the class, instead of
    /// the problems; with --json, on stderr beside them
    #[arg(long, requires = "dry_run")]
    pub(crate) stats: bool,
    /// With --dry-run: a JSON array of everything known of each problem. Otherwise: the run's summary as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// What else to write under extras/, separated by commas: tracks, episode, passes, twins, controls, actions
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = parse_extra)]
    pub(crate) extras: Vec<Extra>,
    /// Threads for drawing ahead and encoding behind; the samples do not depend on it [default: the machine's cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64), allow_negative_numbers = true)]
    pub(crate) threads: Option<u16>,
    /// Looks a problem gets until its video scores 1000, before it counts as failed
    #[arg(long, value_name = "N", default_value_t = MAX_LOOKS, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) max_looks: u32,
    /// The run log [default: beside the data folder, {output}-logs/]
    #[arg(long, value_name = "FILE")]
    pub(crate) log: Option<PathBuf>,
    /// Keeps looks that the closed loop refused in this folder, to see what is wrong with them
    #[arg(long, value_name = "DIR")]
    pub(crate) keep_refused: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) device: DeviceArg,
}

/// Which adapter renders.
#[derive(ClapArgs, Debug, Clone)]
pub(crate) struct DeviceArg {
    /// auto (hardware where there is some), hardware, software, a number of `raytruth doctor`'s list, PCI ids (a bus as 0000:41:00.0, vendor and
    /// device as 10de:2330), or part of an adapter's name
    #[arg(long, value_name = "DEVICE", default_value = "auto", value_parser = parse_device)]
    pub(crate) device: DeviceChoice,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct List {
    /// Only this task
    #[arg(long, value_name = "TASK")]
    pub(crate) task: Option<String>,
    /// Hyper-parameters, length and smallest picture as they are at this difficulty
    #[arg(long, value_name = "D", default_value_t = Difficulties::default(), value_parser = parse_difficulties)]
    pub(crate) difficulty: Difficulties,
    /// For machines
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Verify {
    /// The data folder, or one sample's folder
    #[arg(value_name = "DATA", default_value = "data/questions", conflicts_with = "gt_dir")]
    pub(crate) data: PathBuf,
    /// The same, as the template calls it
    #[arg(long, value_name = "DIR")]
    pub(crate) gt_dir: Option<PathBuf>,
    /// One video to score against one sample
    #[arg(long, value_name = "FILE", conflicts_with = "videos_dir")]
    pub(crate) video: Option<PathBuf>,
    /// Videos to score: `{task_id}.mp4`, or `{domain}_task/{task_id}/generated.mp4`. Without it the ground truth is scored, which
    /// must be 1000 of 1000
    #[arg(long, value_name = "DIR")]
    pub(crate) videos_dir: Option<PathBuf>,
    /// The videos continue `first_video.mp4`, which is put before them. Without this it is where a video's first frame goes on from it
    #[arg(long)]
    pub(crate) continues: bool,
    /// Where the results go as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Prints the results as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Threads
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(crate) threads: Option<u16>,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Controls {
    /// The data folder, or one sample's folder
    #[arg(value_name = "DATA", default_value = "data/questions")]
    pub(crate) data: PathBuf,
    /// Renders again what is there
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) device: DeviceArg,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Doctor {
    /// For machines
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) device: DeviceArg,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Bench {
    /// A minute on a GPU instead of five: fewer pictures, runs and samples
    #[arg(long)]
    pub(crate) quick: bool,
    /// Which parts, separated by commas: correct, rates, samples
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = parse_part)]
    pub(crate) only: Vec<Part>,
    /// Compares pictures with the software adapter of this machine instead of stored ones
    #[arg(long)]
    pub(crate) against_software: bool,
    /// Whose samples
    #[arg(long, value_name = "TASK", default_value = "knowledge_causality")]
    pub(crate) task: String,
    /// Their size, length and quality [default: template, on a software adapter draft]
    #[arg(long, value_name = "P", value_parser = parse_preset, long_help = preset_help())]
    pub(crate) preset: Option<Preset>,
    /// Their camera paths a pixel, instead of the preset's
    #[arg(long, value_name = "SPP", value_parser = clap::value_parser!(u32).range(1..=65_536))]
    pub(crate) samples: Option<u32>,
    /// How many [default: 20, or as many as fit into the time]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(2..=10_000))]
    pub(crate) num_samples: Option<u64>,
    /// Threads of a run [default: the machine's cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(crate) threads: Option<u16>,
    /// What an hour of this machine costs: says what 10,000 samples cost
    #[arg(long, value_name = "MONEY")]
    pub(crate) price: Option<f64>,
    /// For machines
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) device: DeviceArg,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        Args::command().debug_assert();
    }
}
