//! The command line.

use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use raytruth_bench::Part;
use raytruth_dataset::pass_files::PassFormat;
use raytruth_dataset::{Extra, MAX_LOOKS, PRESETS, Preset};
use raytruth_render::{DeviceChoice, Pass, Profile, View};
use raytruth_task::{Difficulties, Split};

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

#[derive(ClapArgs, Debug)]
pub(crate) struct SceneArg {
    /// A scene in JSON or glTF 2.0 (.gltf, .glb), or a finished sample's folder
    #[arg(value_name = "SCENE")]
    pub(crate) path: PathBuf,
    /// Factor on the lights of a glTF file, in candela and lux [default: 1, but 1/683 for what Blender wrote]
    #[arg(long, value_name = "FACTOR", allow_negative_numbers = true)]
    pub(crate) light_scale: Option<f32>,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Render {
    #[command(flatten)]
    pub(crate) scene: SceneArg,
    /// A .png for one frame, an .exr for its linear radiance (32-bit float RGB, Rec. 709), a .mp4 for the whole animation
    /// [default: render.png, or with --passes none: no paths are traced then]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Which frame, counted from 0 [default: 0; all for a .mp4 and for passes alone]
    #[arg(long, value_name = "K", allow_negative_numbers = true)]
    pub(crate) frame: Option<u32>,
    /// Picture size [default: 800x500, or the sample's own; 800 wide for a glTF camera of another aspect]
    #[arg(long, value_name = "WxH", value_parser = parse_size, allow_hyphen_values = true)]
    pub(crate) size: Option<(u32, u32)>,
    /// Camera paths per pixel [default: 50, or the sample's own]
    #[arg(long, value_name = "SPP", allow_negative_numbers = true)]
    pub(crate) samples: Option<u32>,
    /// Seed of the sampling [default: 0, or the sample's own]
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    pub(crate) seed: Option<u32>,
    /// How long a frame is exposed, as part of the time between two: what moves is blurred; film has 0.5 [default: the scene's own]
    #[arg(long, value_name = "PART", allow_negative_numbers = true)]
    pub(crate) shutter: Option<f32>,
    /// Limits on paths: look is for pictures, proof for measurements
    #[arg(long, value_enum, default_value_t = ProfileArg::Look)]
    pub(crate) profile: ProfileArg,
    /// The most scattering events on a path, 0 for what is seen directly [default: the profile's own]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(crate) max_bounces: Option<u32>,
    /// Leaves out what the facets of rough metals scatter more than once, as renderers that do not model it
    #[arg(long)]
    pub(crate) no_multiscatter: bool,
    /// From radiance to display colours, which an .exr does not need
    #[arg(long, value_enum, default_value_t = ViewArg::Neutral)]
    pub(crate) view: ViewArg,
    /// Leaves the noise in
    #[arg(long)]
    pub(crate) no_denoise: bool,
    /// Passes to write of each frame, separated by commas: depth, normal, albedo, id, flow, coord, specular-id
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = parse_pass, long_help = PASSES_HELP)]
    pub(crate) passes: Vec<Pass>,
    /// Where they go [default: beside the output, {output}_passes]
    #[arg(long, value_name = "DIR", requires = "passes")]
    pub(crate) passes_dir: Option<PathBuf>,
    /// How they are stored
    #[arg(long, value_enum, default_value_t = PassFormatArg::Png, requires = "passes")]
    pub(crate) pass_format: PassFormatArg,
    #[command(flatten)]
    pub(crate) device: DeviceArg,
}

impl Render {
    /// Where the picture goes, if there is one.
    pub(crate) fn output(&self) -> &PathBuf {
        static DEFAULT: LazyLock<PathBuf> = LazyLock::new(|| "render.png".into());
        self.output.as_ref().unwrap_or(&DEFAULT)
    }
}

const PASSES_HELP: &str = "\
Passes to write of each frame, separated by commas, from one ray through each pixel's centre:
  depth        metres along the camera's axis; PNG: millimetres, 0 for nothing
  normal       world, towards the camera; PNG: n = 2 v / 65535 - 1
  albedo       base colour, linear Rec. 709; PNG: v / 65535
  id           object_id: the object's id, 0 for nothing
  flow         flow_forward, flow_backward: pixels (x right, y down) to
               where the surface is in the next, in the previous frame;
               EXR: R = x, G = y, B = 1 where there is one;
               PNG as KITTI: (v - 32768) / 64
  coord        metres in the object's own frame; EXR: A = 1 where there
               is one; PNG: (v - 32768) / 4000, all 0 for nothing
  specular-id  specular_id: the object seen through mirrors and glass
               (the stronger branch where roughness is below 0.1);
               specular_throughput: what part of its light arrives
Files are called {name}_{frame:05}.png or .exr";

#[derive(ClapArgs, Debug)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) scene: SceneArg,
    /// A .glb for other programs, a .json for this one
    #[arg(short, long, value_name = "FILE", default_value = "scene.glb")]
    pub(crate) output: PathBuf,
    /// Who reads the .glb: their units of light differ, and what they show of a sky [default: blender]
    #[arg(long = "for", value_name = "PROGRAM")]
    pub(crate) target: Option<TargetArg>,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum TargetArg {
    /// Blender and Cycles: lamps and sky are meshes that shine
    Blender,
    /// Viewers on the web: punctual lights in candela, the sky as an image-based light
    Web,
}

impl From<TargetArg> for raytruth_gltf::Target {
    fn from(arg: TargetArg) -> Self {
        match arg {
            TargetArg::Blender => Self::Blender,
            TargetArg::Web => Self::Web,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum ProfileArg {
    /// 12 bounces, indirect light clamped
    Look,
    /// Unbounded and unclamped
    Proof,
}

impl From<ProfileArg> for Profile {
    fn from(arg: ProfileArg) -> Self {
        match arg {
            ProfileArg::Look => Self::Look,
            ProfileArg::Proof => Self::Proof,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum PassFormatArg {
    /// 16-bit PNG
    Png,
    /// 32-bit float OpenEXR
    Exr,
    /// EXR for metres and pixels, PNG for ids, colours and normals, as extras/passes/
    Mixed,
}

impl From<PassFormatArg> for PassFormat {
    fn from(arg: PassFormatArg) -> Self {
        match arg {
            PassFormatArg::Png => Self::Png,
            PassFormatArg::Exr => Self::Exr,
            PassFormatArg::Mixed => Self::Mixed,
        }
    }
}

#[derive(ValueEnum, Clone, Copy, Debug)]
pub(crate) enum ViewArg {
    /// Khronos PBR Neutral
    Neutral,
    /// AgX, Blender's default look
    Agx,
    /// The sRGB curve alone
    Srgb,
}

impl From<ViewArg> for View {
    fn from(arg: ViewArg) -> Self {
        match arg {
            ViewArg::Neutral => Self::Neutral,
            ViewArg::Agx => Self::Agx,
            ViewArg::Srgb => Self::Srgb,
        }
    }
}

fn parse_preset(name: &str) -> Result<Preset, String> {
    let known = || PRESETS.map(|p| p.name).join(", ");
    PRESETS.into_iter().find(|p| p.name == name).ok_or_else(|| format!("there are: {}", known()))
}

fn parse_device(text: &str) -> Result<DeviceChoice, std::convert::Infallible> {
    text.parse()
}

fn parse_part(name: &str) -> Result<Part, String> {
    let known = || Part::ALL.map(Part::name).join(", ");
    Part::ALL.into_iter().find(|p| p.name() == name.trim()).ok_or_else(|| format!("there are: {}", known()))
}

fn preset_help() -> String {
    let mut help = String::from("Size, length and quality by name:");
    for p in PRESETS {
        let c = p.clip;
        let before = if p.before_split > 0 { format!(" ({} before the split)", p.before_split) } else { String::new() };
        help += &format!(
            "\n  {:11} {}x{}, at least {} frames{before} at {} fps, {} paths a pixel: {}",
            p.name, c.width, c.height, c.frames, c.fps, p.samples_per_pixel, p.about
        );
    }
    help
}

fn parse_size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once(['x', 'X']).and_then(|(w, h)| Some((w.trim().parse().ok()?, h.trim().parse().ok()?)));
    sides.ok_or_else(|| "a size is WIDTHxHEIGHT in pixels, like 800x500".into())
}

fn parse_difficulties(name: &str) -> Result<Difficulties, String> {
    let known = || Difficulties::ALL.map(Difficulties::name).join(", ");
    Difficulties::ALL.into_iter().find(|d| d.name() == name).ok_or_else(|| format!("there are: {}", known()))
}

fn parse_split(name: &str) -> Result<Split, String> {
    let known = || Split::ALL.map(Split::name).join(", ");
    Split::ALL.into_iter().find(|s| s.name() == name).ok_or_else(|| format!("there are: {}", known()))
}

fn parse_extra(name: &str) -> Result<Extra, String> {
    let known = || Extra::ALL.map(Extra::name).join(", ");
    Extra::ALL.into_iter().find(|e| e.name() == name.trim()).ok_or_else(|| format!("there are: {}", known()))
}

fn parse_pass(name: &str) -> Result<Pass, String> {
    let known = || Pass::ALL.map(Pass::name).join(", ");
    Pass::ALL.into_iter().find(|p| p.name() == name.trim()).ok_or_else(|| format!("there are: {}", known()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        Args::command().debug_assert();
    }

    #[test]
    fn sizes() {
        assert_eq!(parse_size("800x500"), Ok((800, 500)));
        assert!(parse_size("800").is_err() && parse_size("-1x5").is_err() && parse_size("axb").is_err());
    }
}
