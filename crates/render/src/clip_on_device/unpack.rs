//! Bytes of the device's buffers to what a frame holds.

use crate::{Frame, Output, Pass};

/// A buffer of the device that is read, in the order in which they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Rgb,
    Radiance,
    NormalDepth,
    Albedo,
    Id,
    Coord,
    ForwardFlow,
    BackwardFlow,
    SpecularId,
    Throughput,
}

impl Source {
    /// Puts what a buffer holds where it belongs.
    pub(super) fn unpack(self, bytes: &[u8], outputs: &[Output], frame: &mut Frame) {
        let wants = |pass| outputs.contains(&Output::Pass(pass));
        let passes = &mut frame.passes;
        match self {
            Self::Rgb => frame.rgb = bytes.chunks_exact(4).flat_map(|pixel| &pixel[..3]).copied().collect(),
            Self::Radiance => frame.radiance = colors(bytes),
            Self::NormalDepth => {
                if wants(Pass::Normal) {
                    passes.normal = colors(bytes);
                }
                if wants(Pass::Depth) {
                    passes.depth = floats(bytes).map(|[.., depth]| if depth > 1e38 { f32::INFINITY } else { depth }).collect();
                }
            }
            Self::Albedo => passes.albedo = colors(bytes),
            Self::Id => passes.object_id = object_ids(bytes),
            Self::Coord => passes.coord = floats(bytes).map(|[x, y, z, hit]| (hit > 0.0).then_some([x, y, z])).collect(),
            Self::ForwardFlow => passes.flow_forward = flows(bytes),
            Self::BackwardFlow => passes.flow_backward = flows(bytes),
            Self::SpecularId => passes.specular_id = object_ids(bytes),
            Self::Throughput => passes.specular_throughput = colors(bytes),
        }
    }
}

/// Vectors of four floats, wherever the bytes lie.
fn floats(bytes: &[u8]) -> impl Iterator<Item = [f32; 4]> + '_ {
    bytes.chunks_exact(16).map(bytemuck::pod_read_unaligned)
}

fn colors(bytes: &[u8]) -> Vec<[f32; 3]> {
    floats(bytes).map(|[r, g, b, _]| [r, g, b]).collect()
}

fn object_ids(bytes: &[u8]) -> Vec<u16> {
    bytes.chunks_exact(4).map(|id| u16::from_le_bytes([id[0], id[1]])).collect()
}

/// Where the third component says that there is one.
fn flows(bytes: &[u8]) -> Vec<Option<[f32; 2]>> {
    floats(bytes).map(|[x, y, valid, _]| (valid > 0.0 && x.is_finite() && y.is_finite()).then_some([x, y])).collect()
}
