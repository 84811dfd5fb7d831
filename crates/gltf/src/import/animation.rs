//! Keyframes of node transforms, and their values in between.

use glam::{DMat3, DQuat, DVec3};
use gltf::json::Root;
use gltf::json::animation::{Interpolation, Property};
use gltf::json::validation::Checked;

use super::accessor::{self, Budget};
use super::names::Warnings;
use super::nodes::{Placement, unit};
use super::source::Source;
use crate::GltfError;

/// What moves each node, by index.
pub(super) struct Curves {
    nodes: Vec<NodeCurves>,
    /// When the last key is, seconds.
    pub(super) end: f64,
}

#[derive(Clone, Default)]
struct NodeCurves {
    translation: Option<Curve<DVec3>>,
    rotation: Option<Curve<DQuat>>,
    scale: Option<Curve<DVec3>>,
}

impl Curves {
    /// Reads all animations of a file; they play together.
    pub(super) fn new(source: &Source<'_>, budget: &Budget, warnings: &mut Warnings) -> Result<Self, GltfError> {
        let root = &source.root;
        let mut nodes = vec![NodeCurves::default(); root.nodes.len()];
        for (a, animation) in root.animations.iter().enumerate() {
            for (c, channel) in animation.channels.iter().enumerate() {
                let at = format!("animations[{a}].channels[{c}]");
                let index = channel.target.node.value();
                let node = nodes.get_mut(index).ok_or_else(|| GltfError::at(&at, format!("there is no node {index}")))?;
                let sampler = &animation.samplers[channel.sampler.value()];
                let Checked::Valid(interpolation) = sampler.interpolation else {
                    return Err(GltfError::at(at, "has an unknown interpolation"));
                };
                let Checked::Valid(path) = channel.target.path else { return Err(GltfError::at(at, "has an unknown path")) };
                let taken = match path {
                    Property::Translation => node.translation.is_some(),
                    Property::Rotation => node.rotation.is_some(),
                    Property::Scale => node.scale.is_some(),
                    Property::MorphTargetWeights => {
                        warnings.add(format!("{at}: morph targets do not move; the mesh keeps its base form"));
                        continue;
                    }
                };
                if taken {
                    warnings.add(format!("{at}: an earlier animation moves the same node; this one is left out"));
                    continue;
                }
                let times = accessor::floats::<1>(source, budget, sampler.input.value())?;
                let times: Vec<f64> = times.into_iter().map(|[t]| f64::from(t)).collect();
                if !times.windows(2).all(|w| w[0] < w[1]) || times[0] < 0.0 {
                    return Err(GltfError::at(at, "its times are not in ascending order from 0"));
                }
                let output = sampler.output.value();
                let vectors = || -> Result<Vec<DVec3>, GltfError> {
                    Ok(accessor::floats::<3>(source, budget, output)?
                        .into_iter()
                        .map(|v| DVec3::from(v.map(f64::from)))
                        .collect())
                };
                match path {
                    Property::Translation => node.translation = Some(Curve::new(&at, times, vectors()?, interpolation)?),
                    Property::Scale => node.scale = Some(Curve::new(&at, times, vectors()?, interpolation)?),
                    _ => {
                        let values = accessor::floats::<4>(source, budget, output)?;
                        let values = values.into_iter().map(|v| DQuat::from_array(v.map(f64::from))).collect();
                        node.rotation = Some(Curve::new(&at, times, values, interpolation)?);
                    }
                }
            }
        }
        let end = nodes.iter().map(NodeCurves::end).fold(0.0, f64::max);
        Ok(Self { nodes, end })
    }

    /// Leaves out the scale of a node, which says when it is there and nothing of its size.
    pub(super) fn forget_scale(&mut self, node: usize) {
        self.nodes[node].scale = None;
    }

    pub(super) fn moves(&self, node: usize) -> bool {
        let n = &self.nodes[node];
        n.translation.is_some() || n.rotation.is_some() || n.scale.is_some()
    }

    /// A node's placement in its parent at a time in seconds; what has no keys is as in `rest`.
    pub(super) fn local(&self, node: usize, rest: &Placement, time: f64) -> Placement {
        let n = &self.nodes[node];
        Placement {
            t: n.translation.as_ref().map_or(rest.t, |c| c.at(time)),
            r: n.rotation.as_ref().map_or(rest.r, |c| unit(c.at(time))),
            k: n.scale.as_ref().map_or(rest.k, |c| DMat3::from_diagonal(c.at(time))),
        }
    }
}

impl NodeCurves {
    fn end(&self) -> f64 {
        let vectors = [&self.translation, &self.scale].into_iter().flatten().map(Curve::end);
        vectors.chain(self.rotation.as_ref().map(Curve::end)).fold(0.0, f64::max)
    }
}

/// What keys can be of.
trait Key: Copy {
    /// Halfway and in between, `s` in 0..=1.
    fn blend(self, to: Self, s: f64) -> Self;
    /// The cubic's sum of weighted values.
    fn sum(terms: [(f64, Self); 4]) -> Self;
}

impl Key for DVec3 {
    fn blend(self, to: Self, s: f64) -> Self {
        self.lerp(to, s)
    }

    fn sum(terms: [(f64, Self); 4]) -> Self {
        terms.into_iter().map(|(w, v)| w * v).sum()
    }
}

impl Key for DQuat {
    fn blend(self, to: Self, s: f64) -> Self {
        // Along the shorter arc, as the specification has it.
        unit(self).slerp(unit(to), s)
    }

    fn sum(terms: [(f64, Self); 4]) -> Self {
        terms.into_iter().map(|(w, q)| q * w).fold(Self::from_xyzw(0.0, 0.0, 0.0, 0.0), |a, b| a + b)
    }
}

/// Keys over time.
#[derive(Clone)]
struct Curve<V> {
    /// Seconds, ascending; at least one.
    times: Vec<f64>,
    /// One a time; for a cubic spline three: incoming tangent, value, outgoing tangent.
    values: Vec<V>,
    interpolation: Interpolation,
}

impl<V: Key> Curve<V> {
    fn new(at: &str, times: Vec<f64>, values: Vec<V>, interpolation: Interpolation) -> Result<Self, GltfError> {
        let each = if interpolation == Interpolation::CubicSpline { 3 } else { 1 };
        if values.len() != times.len() * each {
            let message = format!("{} values for {} keys, where {each} each are needed", values.len(), times.len());
            return Err(GltfError::at(at, message));
        }
        Ok(Self { times, values, interpolation })
    }

    fn end(&self) -> f64 {
        self.times.last().copied().unwrap_or_default()
    }

    fn value(&self, key: usize) -> V {
        if self.interpolation == Interpolation::CubicSpline { self.values[3 * key + 1] } else { self.values[key] }
    }

    /// The value at a time; the first and last key hold before and after.
    fn at(&self, time: f64) -> V {
        // Times of keys have 24 bits: one that is meant to fall on a frame misses it by up to 6e-8 of itself.
        let next = self.times.partition_point(|&t| t <= time * (1.0 + 1e-7));
        let Some(key) = next.checked_sub(1) else { return self.value(0) };
        // On the key, up to that rounding: the key itself, so that sampling undoes the writing of samples.
        if next == self.times.len() || time - self.times[key] <= 1e-7 * time {
            return self.value(key);
        }
        let (t0, t1) = (self.times[key], self.times[next]);
        let span = t1 - t0;
        let s = ((time - t0) / span).clamp(0.0, 1.0);
        match self.interpolation {
            Interpolation::Step => self.value(key),
            Interpolation::Linear => self.value(key).blend(self.value(next), s),
            // Appendix C.5 of the specification; tangents are per second.
            Interpolation::CubicSpline => {
                let (s2, s3) = (s * s, s * s * s);
                V::sum([
                    (2.0 * s3 - 3.0 * s2 + 1.0, self.value(key)),
                    (span * (s3 - 2.0 * s2 + s), self.values[3 * key + 2]),
                    (3.0 * s2 - 2.0 * s3, self.value(next)),
                    (span * (s3 - s2), self.values[3 * next]),
                ])
            }
        }
    }
}

/// Warns about what else would move.
pub(super) fn warn_unmoved(root: &Root, warnings: &mut Warnings) {
    if !root.skins.is_empty() {
        warnings.add("skins do not bend; skinned meshes keep their rest pose at their node");
    }
    let morphs = root.meshes.iter().flat_map(|m| &m.primitives).any(|p| p.targets.as_ref().is_some_and(|t| !t.is_empty()));
    if morphs {
        warnings.add("morph targets are left out; meshes keep their base form");
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::FRAC_PI_2;

    use super::*;

    fn curve(values: Vec<DVec3>, interpolation: Interpolation) -> Curve<DVec3> {
        Curve::new("here", vec![1.0, 3.0], values, interpolation).expect("well formed")
    }

    #[test]
    fn linear_and_step_at_hand_computed_values() {
        let ends = vec![DVec3::ZERO, DVec3::new(4.0, 0.0, -8.0)];
        let linear = curve(ends.clone(), Interpolation::Linear);
        assert_eq!(linear.at(1.5), DVec3::new(1.0, 0.0, -2.0));
        assert_eq!((linear.at(0.0), linear.at(9.0)), (ends[0], ends[1]), "held before and after");
        let step = curve(ends.clone(), Interpolation::Step);
        assert_eq!((step.at(2.999), step.at(3.0)), (ends[0], ends[1]));
    }

    #[test]
    fn cubic_spline_at_a_hand_computed_value() {
        // From 0 to 1 over two seconds, leaving with 1 a second, arriving with −1 a second. At s = 1/2 the weights are
        // 1/2, 2 · 1/8, 1/2, 2 · (−1/8): 0 + 1/4 + 1/2 + 1/4 = 1.
        let x = DVec3::X;
        let spline = curve(vec![DVec3::ZERO, DVec3::ZERO, x, -x, x, DVec3::ZERO], Interpolation::CubicSpline);
        assert!(spline.at(2.0).distance(x) < 1e-12, "{}", spline.at(2.0));
        assert_eq!((spline.at(1.0), spline.at(3.0)), (DVec3::ZERO, x));
    }

    #[test]
    fn rotations_take_the_shorter_arc() {
        let quarter = DQuat::from_rotation_z(FRAC_PI_2);
        for to in [quarter, -quarter] {
            let turn = Curve::new("here", vec![0.0, 1.0], vec![DQuat::IDENTITY, to], Interpolation::Linear).expect("well formed");
            let third = turn.at(1.0 / 3.0) * DVec3::X;
            // By hand: 30° of 90°.
            assert!(third.distance(DVec3::new(0.75f64.sqrt(), 0.5, 0.0)) < 1e-12, "{third}");
        }
    }
}
