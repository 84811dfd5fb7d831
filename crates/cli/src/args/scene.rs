//! What is said of a scene file that is rendered or written elsewhere.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::Args as ClapArgs;
use raytruth_render::Pass;

use super::DeviceArg;
use super::values::{PassFormatArg, ProfileArg, TargetArg, ViewArg, parse_frames, parse_pass, parse_size};

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
    /// A .png for one frame, an .exr for its linear radiance (32-bit float RGB, Rec. 709), a .mp4 for the whole animation.
    /// In the name of a .png or .exr a run of # stands for the frame's number: walk_####.png [default: render.png, or with
    /// --passes none: no paths are traced then]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Which frame, counted from 0, or which ones: 40, or 40-44 [default: 0; all for a .mp4, for passes alone and for a name with #]
    #[arg(long, value_name = "K", value_parser = parse_frames, allow_hyphen_values = true)]
    pub(crate) frame: Option<RangeInclusive<u32>>,
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
