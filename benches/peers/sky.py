"""Skies as one latitude-longitude image, z up, as Blender lays it: the middle column looks along +x, u = 0.5 - atan2(y, x) / 2 pi,
v from the top = acos(z) / pi."""

import shutil

import numpy as np

from . import exr

WIDTH = 2048
# Samples along each side of a texel: the sun's rim cuts texels.
FINE = 4


def bake(environment, folder, scene_folder, images):
    kind = environment["kind"]
    out = folder / "sky.exr"
    if kind == "image":
        source = scene_folder / images[environment["image"]]["file"]
        if environment.get("strength", 1.0) != 1.0 or environment.get("rotation", 0.0) != 0.0:
            raise ValueError("an environment image is compared only with strength 1 and rotation 0")
        return shutil.copy(source, folder / source.name)
    if kind == "uniform":
        return list(environment["radiance"])
    exr.write(out, gradient(environment, WIDTH, WIDTH // 2))
    return out


def directions(width, height):
    """The direction of each texel's middle and the solid angle of a texel by row."""
    phi = 2 * np.pi * (0.5 - (np.arange(width) + 0.5) / width)
    theta = np.pi * (np.arange(height) + 0.5) / height
    s, c = np.sin(theta)[:, None], np.cos(theta)[:, None]
    dirs = np.stack([s * np.cos(phi), s * np.sin(phi), np.broadcast_to(c, (height, width))], -1)
    edges = np.cos(np.pi * np.arange(height + 1) / height)
    return dirs, (edges[:-1] - edges[1:]) * (2 * np.pi / width)


def gradient(environment, width, height):
    """`environment_radiance` of shaders/shared/environment.wgsl and the sun's disc; each texel is the mean over it."""
    zenith, horizon, ground = (np.array(environment[k]) for k in ("zenith", "horizon", "ground"))
    dirs, _ = directions(width, height * FINE)
    z = dirs[:, :1, 2:]
    up = np.maximum(z, 0)
    rise = np.sqrt(up) * (1 - 0.25 * up) / 0.75
    t = np.clip(-z / 0.08, 0, 1)
    below = t * t * (3 - 2 * t)
    column = (horizon + (zenith - horizon) * rise) * (1 - below) + ground * below
    column = column.reshape(height, FINE, 1, 3).mean(1)
    out = np.repeat(column, width, 1)
    sun = environment.get("sun")
    if sun:
        out += sun_disc(sun, width, height)
    return out.astype(np.float32)


def sun_disc(sun, width, height):
    to_sun = np.array(sun["direction"]) / np.linalg.norm(sun["direction"])
    radius = sun["angular_radius"]
    # Rows that the disc can touch, finely.
    middle = np.arccos(to_sun[2]) / np.pi * height
    reach = radius / np.pi * height + 2
    first, last = max(int(middle - reach), 0), min(int(middle + reach) + 1, height)
    dirs, _ = directions(width * FINE, height * FINE)
    inside = dirs[first * FINE : last * FINE] @ to_sun >= np.cos(radius)
    cover = np.zeros((height, width))
    cover[first:last] = inside.reshape(last - first, FINE, width, FINE).mean((1, 3))
    # The image's own sum is what all renderers get: scaled so that it is the sun's irradiance.
    dirs, solid = directions(width, height)
    irradiance = (cover * solid[:, None] * np.maximum(dirs @ to_sun, 0)).sum()
    if irradiance <= 0:
        raise ValueError("the sun is too small for the image; give it an angular_radius of a degree or more")
    return cover[..., None] * (np.array(sun["irradiance"]) / irradiance)
