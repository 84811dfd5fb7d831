"""Renders a .glb with Blender's own importer and Cycles: `python -m peers.glb_scene JOB.json` (see peer.py). Nothing of what the file
brings is touched; set are the picture's size, samples, bounces, pixel filter and view."""

import sys
import time
from types import SimpleNamespace

import bpy

from . import peer
from .cycles_scene import settings


def load(path):
    """The file in an empty scene, with every import setting as it comes."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    bpy.ops.import_scene.gltf(filepath=path)
    world = bpy.context.scene
    world.camera = next(o for o in world.objects if o.type == "CAMERA")
    return world


def main(job):
    for render in job["renders"]:
        start = time.perf_counter()
        world = load(render["glb"])
        settings(world, SimpleNamespace(frames=1, shutter=0), render)
        world.frame_set(render["frame"])
        world.render.filepath = render["out"]
        before = time.perf_counter()
        bpy.ops.render.render(write_still=True)
        lamps = {o.name: [o.data.type, o.data.energy, list(o.data.color)] for o in world.objects if o.type == "LIGHT"}
        yield {"seconds": time.perf_counter() - before, "prepare_seconds": before - start, "lamps": lamps}


if __name__ == "__main__":
    peer.serve(sys.argv[1], main)
