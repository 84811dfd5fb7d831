//! The tree of nodes, and where it puts things.

use glam::{DMat3, DMat4, DQuat, DVec3};
use gltf::json::Root;
use raytruth_scene::Pose;

use super::animation::Curves;
use crate::{GltfError, frame};

/// A placement as a rigid part, which becomes a pose, after a stretch, which is baked into meshes: x ↦ t + r (k x).
///
/// `r` is the product of the nodes' rotations alone. So `k` is constant under every animation of rotations and translations
/// unless a node turns below a non-uniform scale, which no pose can say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placement {
    pub(super) t: DVec3,
    pub(super) r: DQuat,
    pub(super) k: DMat3,
}

impl Placement {
    pub(super) const IDENTITY: Self = Self { t: DVec3::ZERO, r: DQuat::IDENTITY, k: DMat3::IDENTITY };

    pub(super) fn new(t: DVec3, r: DQuat, scale: DVec3) -> Self {
        Self { t, r: unit(r), k: DMat3::from_diagonal(scale) }
    }

    /// `self` after `child`.
    pub(super) fn then(&self, child: &Self) -> Self {
        // R K r k = (R r) (r⁻¹ K r k).
        let k = if self.k == DMat3::IDENTITY {
            child.k
        } else {
            DMat3::from_quat(child.r.inverse()) * self.k * DMat3::from_quat(child.r) * child.k
        };
        Self { t: self.t + self.r * (self.k * child.t), r: (self.r * child.r).normalize(), k }
    }

    pub(super) fn pose(&self) -> Pose {
        Pose::new(self.t.as_vec3(), self.r.as_quat().normalize())
    }

    /// Whether the stretch does nothing.
    pub(super) fn is_rigid(&self) -> bool {
        self.k.abs_diff_eq(DMat3::IDENTITY, 1e-5)
    }

    /// From a matrix: the rotation is that of its columns made orthogonal one after the other (Gram-Schmidt), the rest stretch.
    fn from_matrix(m: &[f32; 16]) -> Self {
        let m = DMat4::from_cols_array(&m.map(f64::from));
        let linear = DMat3::from_mat4(m);
        let x = linear.x_axis.normalize_or(DVec3::X);
        let y = (linear.y_axis - x * x.dot(linear.y_axis)).try_normalize().unwrap_or_else(|| x.any_orthonormal_vector());
        // Right-handed even where the matrix mirrors: the mirror goes into the stretch.
        let r = DQuat::from_mat3(&DMat3::from_cols(x, y, x.cross(y))).normalize();
        Self { t: m.w_axis.truncate(), r, k: DMat3::from_quat(r.inverse()) * linear }
    }
}

/// Of unit length; no rotation where there is no direction.
pub(super) fn unit(q: DQuat) -> DQuat {
    if q.length() > 1e-12 && q.is_finite() { q.normalize() } else { DQuat::IDENTITY }
}

/// Every node's parent and placement.
pub(super) struct Tree {
    pub(super) parents: Vec<Option<usize>>,
    /// Whether the node is part of the scene that is shown.
    pub(super) shown: Vec<bool>,
    /// How many nodes from the first that an animation moves down to this one; 0 where none moves.
    depths: Vec<u64>,
    locals: Vec<Placement>,
    /// In our world, at time 0.
    worlds: Vec<Placement>,
}

impl Tree {
    pub(super) fn new(root: &Root, curves: &Curves) -> Result<Self, GltfError> {
        let parents = parents(root)?;
        let locals: Vec<Placement> = (0..root.nodes.len()).map(|i| rest(root, i)).collect::<Result<_, _>>()?;
        let n = parents.len();
        let children = |i: usize| root.nodes[i].children.iter().flatten().map(|c| c.value());
        let mut tree = Self { parents, shown: vec![false; n], depths: vec![0; n], locals, worlds: vec![Placement::IDENTITY; n] };
        let world = Placement { r: frame::z_up(), ..Placement::IDENTITY };
        // Parents before children.
        let mut queue: Vec<usize> = (0..n).filter(|&i| tree.parents[i].is_none()).collect();
        let mut at = 0;
        while let Some(&i) = queue.get(at) {
            at += 1;
            let above = tree.parents[i];
            let depth = above.map_or(0, |p| tree.depths[p]);
            tree.depths[i] = if depth > 0 || curves.moves(i) { depth + 1 } else { 0 };
            tree.worlds[i] = above.map_or(&world, |p| &tree.worlds[p]).then(&curves.local(i, &tree.locals[i], 0.0));
            queue.extend(children(i));
        }
        if queue.len() < n {
            let mut reached = vec![false; n];
            queue.iter().for_each(|&i| reached[i] = true);
            let lost = reached.iter().position(|r| !r).unwrap_or_default();
            return Err(GltfError::at(format!("nodes[{lost}]"), "is its own ancestor"));
        }
        let scene = root.scene.map(|s| s.value()).or((!root.scenes.is_empty()).then_some(0)).and_then(|s| root.scenes.get(s));
        match scene {
            Some(scene) => scene.nodes.iter().for_each(|i| tree.shown[i.value()] = true),
            None => (0..n).for_each(|i| tree.shown[i] = tree.parents[i].is_none()),
        }
        for i in queue {
            tree.shown[i] |= tree.parents[i].is_some_and(|p| tree.shown[p]);
        }
        Ok(tree)
    }

    /// Where a node is in our world at the start.
    pub(super) fn world(&self, node: usize) -> &Placement {
        &self.worlds[node]
    }

    pub(super) fn local(&self, node: usize) -> &Placement {
        &self.locals[node]
    }

    pub(super) fn moves(&self, node: usize) -> bool {
        self.depths[node] > 0
    }

    /// Where a node is in our world at a time in seconds.
    pub(super) fn world_at(&self, curves: &Curves, node: usize, time: f64) -> Placement {
        let mut placement = Placement::IDENTITY;
        let mut at = Some(node);
        while let Some(i) = at {
            if !self.moves(i) {
                return self.worlds[i].then(&placement);
            }
            placement = curves.local(i, &self.locals[i], time).then(&placement);
            at = self.parents[i];
        }
        Placement { r: frame::z_up(), ..Placement::IDENTITY }.then(&placement)
    }

    /// How many nodes [`Tree::world_at`] has to look at.
    pub(super) fn depth(&self, node: usize) -> u64 {
        self.depths[node].max(1)
    }
}

fn parents(root: &Root) -> Result<Vec<Option<usize>>, GltfError> {
    let mut parents = vec![None; root.nodes.len()];
    for (i, node) in root.nodes.iter().enumerate() {
        for child in node.children.iter().flatten().map(|c| c.value()) {
            let at = || format!("nodes[{i}].children");
            let slot = parents.get_mut(child).ok_or_else(|| GltfError::at(at(), format!("there is no node {child}")))?;
            if let Some(other) = slot.replace(i) {
                return Err(GltfError::at(at(), format!("node {child} is already a child of node {other}")));
            }
        }
    }
    Ok(parents)
}

/// A node's placement in its parent, without animation.
fn rest(root: &Root, index: usize) -> Result<Placement, GltfError> {
    let node = &root.nodes[index];
    let placement = if let Some(matrix) = &node.matrix {
        Placement::from_matrix(matrix)
    } else {
        let vec = |v: Option<[f32; 3]>, or: DVec3| v.map_or(or, |v| DVec3::from(v.map(f64::from)));
        let r = node.rotation.map_or(DQuat::IDENTITY, |q| DQuat::from_array(q.0.map(f64::from)));
        Placement::new(vec(node.translation, DVec3::ZERO), r, vec(node.scale, DVec3::ONE))
    };
    // JSON has no NaN, but numbers too large for 32 bits.
    let finite = placement.t.is_finite() && placement.r.is_finite() && placement.k.is_finite();
    finite.then_some(placement).ok_or_else(|| GltfError::at(format!("nodes[{index}]"), "its transform is not finite"))
}
