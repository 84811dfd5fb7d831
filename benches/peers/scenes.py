"""The scenes by name: files of `crates/bench/scenes/`, and two that are made when they are wanted."""

import json
import math
from pathlib import Path

import numpy as np

from . import ours

HERE = ours.REPOSITORY / "crates" / "bench" / "scenes"
ALL = ["causality", "cornell", "spheres", "metals", "outdoor", "knot"]
# What light does in glass, through panes and on coarse meshes: small ones, then such as one may hang up. For `compare` alone.
LIGHT = ["submerged", "panes", "coarse", "straw", "tank", "window", "statue"]
# Of these nobody else has the model: `priority` of clear solids, and what coarse meshes mirror.
UNJUDGED = ["coarse", "straw", "tank", "statue"]
# Whose frame in the middle is blurred: for `compare` alone.
MOVING = ["blur"]


def source(name, folder, raytruth):
    """The JSON of a scene by its name, or the file that was named instead."""
    if Path(name).suffix == ".json":
        return Path(name)
    if name not in ALL + MOVING + LIGHT:
        raise SystemExit(f"peers: no scene '{name}'; there is {', '.join(ALL + MOVING + LIGHT)}, or give a .json")
    if name == "causality":
        return causality(folder, raytruth)
    if name == "knot":
        return knot(folder)
    return HERE / f"{name}.json"


def causality(folder, raytruth):
    """A problem of the first task, dressed as its clip is."""
    out = folder / "causality.json"
    if not out.exists():
        sample = folder / "causality_sample"
        command = [raytruth, "generate", "--task", "knowledge_causality", "--num-samples", "1", "--seed", "7"]
        ours.call([*command, "--preset", "draft", "--frames", "60", "--fps", "30", "--no-video", "--output", str(sample)])
        made = next(sample.glob("*/knowledge_causality_*"))
        ours.call([raytruth, "export", str(made), "-o", str(out)])
    return out


def knot(folder):
    """`knot_24k` of benches/: the frame is a file here, the 24,000 triangles are computed."""
    scene = json.loads((HERE / "knot_frame.json").read_text())
    along, around, radius = 375, 32, 0.028
    t = 2 * math.pi * np.arange(along) / along

    def curve(t):
        r = 0.18 + 0.07 * np.cos(3 * t)
        return np.stack([r * np.cos(2 * t), r * np.sin(2 * t), 0.07 * np.sin(3 * t)], -1)

    step = 1e-4
    ahead = curve(t + step) - curve(t - step)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    # The torus's own outward direction is never along the knot.
    core = np.stack([0.18 * np.cos(2 * t), 0.18 * np.sin(2 * t), 0 * t], -1)
    u = curve(t) - core
    u -= (u * ahead).sum(1, keepdims=True) * ahead
    u /= np.linalg.norm(u, axis=1, keepdims=True)
    v = np.cross(ahead, u)
    phi = 2 * math.pi * np.arange(around) / around
    normals = u[:, None] * np.cos(phi)[None, :, None] + v[:, None] * np.sin(phi)[None, :, None]
    positions = curve(t)[:, None] + radius * normals
    i, j = (a.ravel() for a in np.meshgrid(np.arange(along), np.arange(around), indexing="ij"))
    at = lambda i, j: (i % along) * around + j % around
    a, b, c, d = at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1)
    triangles = np.concatenate([np.stack([a, b, c], 1), np.stack([a, c, d], 1)])
    # Outwards: positive volume.
    p = positions.reshape(-1, 3)
    if np.einsum("ij,ij->", p[triangles[:, 0]], np.cross(p[triangles[:, 1]], p[triangles[:, 2]])) < 0:
        triangles = triangles[:, ::-1]
    scene["meshes"] = {
        "knot": {
            "positions": np.round(p, 7).tolist(),
            "triangles": triangles.tolist(),
            "normals": (normals.reshape(-1, 3) / np.linalg.norm(normals.reshape(-1, 3), axis=1, keepdims=True)).tolist(),
        }
    }
    out = folder / "knot.json"
    out.write_text(json.dumps(scene))
    return out
