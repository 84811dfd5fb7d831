"""`python -m peers.forms`: writes the meshes of `crates/bench/scenes/*.json` anew, for whoever wants other ones. Metres, z up."""

import json
import math
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parents[2] / "crates" / "bench" / "scenes"


def lathe(profile, segments, smooth=True):
    """A closed profile of (radius, height), counter-clockwise where radius is right and height up, turned about z."""
    profile = np.array(profile, float)
    at = lambda i: profile[i % len(profile)]
    phi = 2 * math.pi * (np.arange(segments) + 0.5) / segments
    turn = np.stack([np.cos(phi), np.sin(phi)], 1)
    positions, normals, triangles = [], [], []
    rows = {}
    for i, (r, z) in enumerate(profile):
        ahead, behind = at(i + 1) - at(i), at(i) - at(i - 1)
        # On the axis and along it the profile has no side.
        lean = [d / np.linalg.norm(d) for d, a, b in ((behind, at(i - 1), at(i)), (ahead, at(i), at(i + 1))) if a[0] + b[0] > 0]
        out = sum(np.array([d[1], -d[0]]) for d in lean)
        out /= np.linalg.norm(out)
        if r == 0:
            out = np.array([0, np.sign(out[1])])
        # On the axis all turns are one point.
        ring = turn if r > 0 else turn[:1]
        rows[i] = len(positions) + np.arange(segments) % len(ring)
        positions += [(r * c, r * s, z) for c, s in ring]
        normals += [(out[0] * c, out[0] * s, out[1]) for c, s in ring]
    for i in range(len(profile)):
        low, high = rows[i], rows[(i + 1) % len(profile)]
        for j in range(segments):
            a, b, c, d = low[j], low[(j + 1) % segments], high[(j + 1) % segments], high[j]
            triangles += [t for t in ((a, b, c), (a, c, d)) if len(set(t)) == 3]
    return mesh(positions, triangles, normals if smooth else None)


def ellipsoid(radii, rings):
    """Latitude by longitude, with the normals of the true one."""
    theta = [math.pi * i / rings for i in range(rings + 1)]
    profile = [(math.sin(t), -math.cos(t)) for t in theta]
    profile[0], profile[-1] = (0, -1), (0, 1)
    unit = lathe(profile, 2 * rings)
    positions = np.array(unit["positions"]) * radii
    normals = np.array(unit["positions"]) / radii
    return mesh(positions, unit["triangles"], normals / np.linalg.norm(normals, axis=1, keepdims=True))


def trough(width, depth, height, wall, base):
    """A box without a lid, its walls as thick as told."""
    root = math.sqrt(2)
    inner, outer = 1 - 2 * wall / width, 1.0
    made = lathe([(0, 0), (outer, 0), (outer, height), (inner, height), (inner, base), (0, base)], 4, smooth=False)
    p = np.array(made["positions"])
    # Walls are as thick on both sides.
    inside = np.isclose(np.hypot(p[:, 0], p[:, 1]), inner)
    x = np.sign(p[:, 0]) * np.where(inside, width / 2 - wall, np.abs(p[:, 0]) * root * width / 2)
    y = np.sign(p[:, 1]) * np.where(inside, depth / 2 - wall, np.abs(p[:, 1]) * root * depth / 2)
    return mesh(np.stack([np.where(np.abs(p[:, 0]) < 1e-9, 0, x), np.where(np.abs(p[:, 1]) < 1e-9, 0, y), p[:, 2]], 1), made["triangles"])


def fish():
    """Swims along +x: 9 cm, a body, a tail and a fin."""
    body = ellipsoid((0.035, 0.009, 0.019), 10)
    positions = np.array(body["positions"])
    # A tail's root is slim.
    slim = 1 - 0.75 * np.clip(-positions[:, 0] / 0.035, 0, 1) ** 2
    positions[:, 1:] *= slim[:, None]
    parts = [(positions, body["triangles"])]
    for outline in ([(-0.028, 0.0), (-0.055, 0.02), (-0.047, 0.0), (-0.055, -0.02)], [(0.012, 0.016), (-0.004, 0.031), (-0.018, 0.013)]):
        n, thick = len(outline), 0.001
        points = [(x, side * thick, z) for side in (-1, 1) for x, z in outline]
        fan = [(0, i + 1, i) for i in range(1, n - 1)] + [(n, n + i, n + i + 1) for i in range(1, n - 1)]
        edge = [t for i in range(n) for j in [(i + 1) % n] for t in ((i, j, n + j), (i, n + j, n + i))]
        parts.append((np.array(points), fan + edge))
    positions, triangles = [], []
    for points, faces in parts:
        triangles += [[v + len(positions) for v in t] for t in faces]
        positions += list(points)
    return mesh(positions, triangles)


def mesh(positions, triangles, normals=None):
    """Rounded to a hundredth of a millimetre, turned so that its volume is positive."""
    p = np.array(positions, float)
    t = np.array(triangles, int)
    if np.einsum("ij,ij->", p[t[:, 0]], np.cross(p[t[:, 1]], p[t[:, 2]])) < 0:
        t = t[:, ::-1]
    made = {"positions": np.round(p, 5).tolist(), "triangles": t.tolist()}
    if normals is not None:
        made["normals"] = np.round(np.array(normals, float), 5).tolist()
    return made


def tumbler():
    """13 cm high; the wall is 2.2 mm, the base 9 mm."""
    rim = [(0.0349 + 0.0011 * math.cos(a), 0.1289 + 0.0011 * math.sin(a)) for a in np.linspace(-0.1, math.pi + 0.1, 9)]
    foot = [(0.0285 + 0.002 * math.sin(a), 0.002 - 0.002 * math.cos(a)) for a in np.linspace(0, 1.6, 6)]
    well = [(0.0235 + 0.005 * math.sin(a), 0.014 - 0.005 * math.cos(a)) for a in np.linspace(1.55, 0, 7)]
    return lathe([(0, 0), *foot, *rim, *well, (0, 0.009)], 72)


def water():
    """Reaches 0.4 mm into the tumbler's wall, up to 9.4 cm, with a rim that climbs."""
    well = [(0.0239 + 0.005 * math.sin(a), 0.0136 - 0.005 * math.cos(a)) for a in np.linspace(0, 1.55, 7)]
    wall = lambda z: 0.0289 + (0.0342 - 0.0289) * (z - 0.014) / (0.128 - 0.014)
    top = [(wall(0.0955), 0.0955), (wall(0.095) - 0.001, 0.0945), (0.0295, 0.0941), (0.025, 0.094)]
    return lathe([(0, 0.0086), *well, *top, (0, 0.094)], 72)


def straw():
    """20 cm along z, 7 mm wide, hollow."""
    return lathe([(0.0030, 0.0), (0.0035, 0.0), (0.0035, 0.2), (0.0030, 0.2)], 24, smooth=False)


def vase():
    points = [(0.05, 0.0), (0.075, 0.03), (0.095, 0.09), (0.085, 0.16), (0.045, 0.23), (0.032, 0.27), (0.042, 0.3)]
    fine = lambda t: [np.interp(t, np.linspace(0, 1, len(points)), [p[k] for p in points]) for k in (0, 1)]
    outer = [tuple(np.mean([fine(min(max(t + d, 0), 1)) for d in np.linspace(-0.08, 0.08, 9)], 0)) for t in np.linspace(0, 1, 28)]
    inner = [(r - 0.006, z) for r, z in outer[:2:-1]]
    return lathe([(0, 0), *outer, *inner, (0, inner[-1][1])], 48)


MESHES = {
    "coarse": {"ball": lambda: ellipsoid((0.25, 0.25, 0.25), 6)},
    "straw": {"tumbler": tumbler, "water": water, "straw": straw},
    "tank": {"tank": lambda: trough(0.6, 0.3, 0.34, 0.006, 0.008), "fish": fish},
    "window": {"vase": vase},
    "statue": {
        "trunk": lambda: ellipsoid((0.19, 0.105, 0.105), 6),
        "limb": lambda: ellipsoid((0.075, 0.075, 0.15), 6),
        "neck": lambda: ellipsoid((0.07, 0.07, 0.14), 6),
        "snout": lambda: ellipsoid((0.12, 0.07, 0.07), 6),
        "ear": lambda: ellipsoid((0.05, 0.05, 0.115), 6),
        "tail": lambda: ellipsoid((0.042, 0.042, 0.13), 6),
        "knob": lambda: ellipsoid((0.034, 0.034, 0.034), 5),
    },
}


def main():
    for name, meshes in MESHES.items():
        path = HERE / f"{name}.json"
        text = path.read_text()
        head = text[: text.index(',\n  "meshes"')] if '"meshes"' in text else text.rstrip().removesuffix("}").rstrip()
        lines = ",\n".join(f'    "{key}": {json.dumps(make(), separators=(",", ":"))}' for key, make in meshes.items())
        path.write_text(f'{head},\n  "meshes": {{\n{lines}\n  }}\n}}\n')


if __name__ == "__main__":
    main()
