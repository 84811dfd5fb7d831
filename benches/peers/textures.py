"""Our procedural patterns (shaders/shared/textures.wgsl) in numpy, and their baking to images.

A mesh is seen from the six directions of its axes; every triangle goes to the picture of the one that it faces most. The pictures
lie one above the other in an atlas whose texels are aligned to the pattern's features, so that a checkerboard is exact.
"""

import numpy as np

from . import exr

LARGEST = 2048


def bake(mesh, material, folder, name):
    """The mesh with texture coordinates (no vertex shared) and the images of what the pattern changes."""
    from .scene import Mesh

    texture = material["texture"]
    scale = texture["scale"]
    corners = mesh.positions[mesh.triangles].astype(np.float64)
    facing = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals = facing[:, None].repeat(3, 1) if mesh.normals is None else mesh.normals[mesh.triangles].astype(np.float64)
    normals = normals / np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-30)
    axis = np.abs(facing).argmax(1)
    side = 2 * axis + (np.take_along_axis(facing, axis[:, None], 1)[:, 0] < 0)

    # A texel a cell does for a checkerboard; noise has features of a quarter and less, and joints are a thirtieth of a tile.
    wanted = {"checker": 1, "tiles": 64}.get(texture["pattern"], 16)
    tiles = []
    for s in np.unique(side):
        mine = np.flatnonzero(side == s)
        plane = [a for a in range(3) if a != s // 2]
        flat = corners[mine][..., plane] / scale
        low = np.floor(flat.min((0, 1)) - 1e-6)
        cells = np.ceil(flat.max((0, 1)) + 1e-6) - low
        per_cell = min(wanted, LARGEST / cells.max())
        per_cell = max(int(per_cell), 1) if per_cell >= 1 else per_cell
        tiles.append((mine, flat, low, per_cell, np.ceil(cells * per_cell).astype(int)))

    width = max(t[4][0] for t in tiles)
    height = sum(t[4][1] for t in tiles)
    places = np.zeros((height, width, 3))
    outward = np.zeros((height, width, 3))
    outward[..., 2] = 1
    uv = np.zeros((len(corners), 3, 2))
    row = 0
    for mine, flat, low, per_cell, size in tiles:
        texels = (flat - low) * per_cell + [0, row]
        uv[mine] = texels / [width, height]
        for i, at in zip(mine, texels):
            paint(places, outward, at, corners[i] / scale, normals[i])
        row += size[1]

    color, roughness = surface(material, places, outward)
    images = {"base_color": folder / f"{name}_color.exr"}
    # Row 0 of `places` is v = 0; pictures begin at the top.
    exr.write(images["base_color"], color[::-1])
    if np.ptp(roughness) > 0:
        images["roughness"] = folder / f"{name}_roughness.exr"
        exr.write(images["roughness"], np.repeat(roughness[::-1, :, None], 3, 2))
    return (
        Mesh(
            corners.reshape(-1, 3).astype(np.float32),
            np.arange(3 * len(corners), dtype=np.uint32).reshape(-1, 3),
            normals.reshape(-1, 3).astype(np.float32),
            uv.reshape(-1, 2).astype(np.float32),
        ),
        images,
    )


def paint(places, outward, at, corners, normals):
    """Writes where on the object each texel of a triangle is; a texel further than the triangle, for what rounding brings there."""
    low = np.maximum(np.floor(at.min(0)).astype(int) - 1, 0)
    high = np.minimum(np.ceil(at.max(0)).astype(int) + 1, [places.shape[1], places.shape[0]])
    x, y = np.meshgrid(np.arange(low[0], high[0]) + 0.5, np.arange(low[1], high[1]) + 0.5)
    e1, e2 = at[1] - at[0], at[2] - at[0]
    area = e1[0] * e2[1] - e1[1] * e2[0]
    if area == 0:
        return
    dx, dy = x - at[0, 0], y - at[0, 1]
    b1 = (dx * e2[1] - dy * e2[0]) / area
    b2 = (e1[0] * dy - e1[1] * dx) / area
    b0 = 1 - b1 - b2
    # Distances from the edges in texels.
    edge = lambda b, e: b * abs(area) / max(np.hypot(*e), 1e-12)
    inside = np.minimum(np.minimum(edge(b1, e2), edge(b2, e1)), edge(b0, at[2] - at[1])) > -1
    b = np.stack([b0, b1, b2], -1)[inside]
    places[low[1] : high[1], low[0] : high[0]][inside] = b @ corners
    outward[low[1] : high[1], low[0] : high[0]][inside] = b @ normals


def surface(material, places, outward):
    """Base colour and roughness, as `load_surface` of shaders/shared/surface.wgsl."""
    texture = material["texture"]
    outward = outward / np.maximum(np.linalg.norm(outward, axis=-1, keepdims=True), 1e-30)
    blend, lightness, rough = pattern(texture["pattern"], places - 0.01 * outward, texture.get("seed", 0))
    strength = texture["strength"]
    base, other = np.array(material["base_color"]), np.array(texture["color"])
    color = (base + (other - base) * (blend * strength)[..., None]) * (1 + lightness * strength)[..., None]
    return color, np.clip(material["roughness"] * (1 + rough * strength), 0, 1)


def pattern(kind, p, seed):
    """How far to blend to the second colour, and the relative change of lightness and roughness."""
    zero = np.zeros(p.shape[:-1])
    if kind == "checker":
        return (np.floor(p).astype(np.int64).sum(-1) & 1).astype(float), zero, zero
    if kind == "stripes":
        return (p[..., 2] - np.floor(p[..., 2]) < 0.5).astype(float), zero, zero

    coarse_at, fine_at = {
        "wood": (p * [0.12, 0.4, 0.4], p * [0.5, 9.0, 9.0]),
        "brushed": (p * [0.02, 0.3, 0.3], p * [0.04, 1.0, 1.0]),
        "speckle": (p, p * 2.3),
    }.get(kind, (p * 0.5, p * 4.0))
    coarse = value_noise(coarse_at, seed) * 0.65 + value_noise(turned(coarse_at), seed ^ 0x51) * 0.35
    fine = value_noise(fine_at, seed ^ 0xA7)
    if kind == "wood":
        heart = np.array([5.3 + (seed & 3), 2.9 + (seed >> 2 & 3)])
        ring = np.linalg.norm(p[..., 1:] + heart, axis=-1) + 1.1 * coarse
        ring = ring - np.floor(ring)
        late = ring * ring * smoothstep(1.0, 0.9, ring) * 1.25
        return np.clip(0.75 * late + 0.5 * fine * fine, 0, 1), 0.12 * (coarse - 0.5), 0.3 * (fine - 0.5)
    if kind == "concrete":
        pit = smoothstep(0.82, 0.9, fine)
        blend = np.clip(smoothstep(0.25, 0.75, coarse) * 0.6 + 0.4 * pit, 0, 1)
        return blend, 0.14 * (fine - 0.5), 0.15 * (coarse - 0.5)
    if kind == "brushed":
        return 0.35 * smoothstep(0.6, 0.9, coarse), 0.2 * (fine - 0.5), 0.7 * (fine - 0.5) + 0.5 * (coarse - 0.5)
    if kind == "tiles":
        within = p[..., :2] - np.floor(p[..., :2])
        joint = smoothstep(0.035, 0.02, np.minimum(within, 1 - within).min(-1))
        cell = np.floor(p)
        cell[..., 2] = 0
        tone = unit(lattice(cell.astype(np.int64), seed)) - 0.5
        return joint, (1 - joint) * (0.12 * tone + 0.06 * (coarse - 0.5)), 0.8 * joint
    if kind == "speckle":
        spot = smoothstep(0.58, 0.68, coarse) * 0.8 + smoothstep(0.72, 0.8, fine) * 0.6
        return np.clip(spot, 0, 1), 0.08 * (fine - 0.5), 0.25 * (coarse - 0.5)
    raise ValueError(f"no such pattern: {kind}")


def smoothstep(a, b, x):
    t = np.clip((x - a) / (b - a), 0, 1)
    return t * t * (3 - 2 * t)


def turned(p):
    rows = np.array([[0, 1.656, 1.242], [-1.656, 0.7452, -0.9936], [-1.242, -0.9936, 1.3248]])
    return p @ rows.T + 17.3


def value_noise(p, seed):
    low = np.floor(p)
    i = low.astype(np.int64)
    f = p - low
    w = f * f * (3 - 2 * f)

    def at(x, y, z):
        return unit(lattice(i + np.array([x, y, z]), seed))

    mix = lambda a, b, t: a + (b - a) * t
    x0, x1, x2, x3 = (mix(at(0, y, z), at(1, y, z), w[..., 0]) for z in (0, 1) for y in (0, 1))
    return mix(mix(x0, x1, w[..., 1]), mix(x2, x3, w[..., 1]), w[..., 2])


def lattice(i, seed):
    v = (i & 0xFFFFFFFF).astype(np.uint64)
    low = np.uint64(0xFFFFFFFF)
    h = (v[..., 0] * np.uint64(0x8DA6B343) & low) ^ (v[..., 1] * np.uint64(0xD8163841) & low)
    h ^= (v[..., 2] * np.uint64(0xCB1AB31F) & low) ^ np.uint64(seed * 0x9E3779B9 & 0xFFFFFFFF)
    h = (h ^ (h >> np.uint64(15))) * np.uint64(0x2C1B3C6D) & low
    h = (h ^ (h >> np.uint64(12))) * np.uint64(0x297A2D39) & low
    return h ^ (h >> np.uint64(15))


def unit(h):
    return (h >> np.uint64(8)).astype(float) * 5.9604645e-8
