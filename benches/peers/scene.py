"""A scene of ours made ready for the other renderers.

Spheres stay what they are. Every other shape comes as triangles from our own program (`raytruth export x.json -o x.glb`), so that
all three renderers see the same ones. Patterns are baked to images (textures.py), gradient skies to one HDR image (sky.py).
"""

import json
import struct
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from . import sky, textures
from .ours import call

# The defaults of crates/scene/README.md.
MATERIAL = {
    "base_color": [0.8, 0.8, 0.8],
    "metallic": 0.0,
    "roughness": 0.5,
    "ior": 1.5,
    "specular": 1.0,
    "transmission": 0.0,
    "absorption": None,
    "thin": False,
    "coat": 0.0,
    "coat_roughness": 0.1,
    "emission": [0.0, 0.0, 0.0],
    "opacity": 1.0,
    "cutout": None,
    "texture": None,
}


def there(material):
    """How much of a surface is there."""
    opacity, cutout = material["opacity"], material["cutout"]
    return opacity if cutout is None else float(opacity >= cutout)


@dataclass
class Mesh:
    """Triangles in an object's own frame; `uv` only where a baked pattern is laid on them."""

    positions: np.ndarray
    triangles: np.ndarray
    normals: np.ndarray | None = None
    uv: np.ndarray | None = None


@dataclass
class Thing:
    """An object: a sphere where `mesh` is None. `material` has its own baked images where it has a pattern."""

    name: str
    material: dict
    poses: list  # one 4x4 matrix a frame
    radius: float = 0.0
    mesh: Mesh | None = None
    images: dict = field(default_factory=dict)  # "base_color", "roughness": EXR files

    def pose(self, frame):
        return self.poses[min(frame, len(self.poses) - 1)]


@dataclass
class Scene:
    path: Path  # the JSON that our own program renders
    data: dict
    things: list
    environment: object  # a latitude-longitude image's Path, or a colour that comes from everywhere
    frames: int

    @property
    def camera(self):
        return self.data["camera"]

    @property
    def shutter(self):
        """Part of the time between two frames that a frame is exposed."""
        return self.camera.get("shutter", 0)

    @property
    def compared(self):
        """The frame that `compare` shows: where things are blurred, one that has others on both sides."""
        return self.frames // 2 if self.shutter else 0

    def camera_pose(self, frame):
        track = (self.camera.get("track") or {}).get("poses") or [self.camera["pose"]]
        return matrix(track[min(frame, len(track) - 1)])


def matrix(pose):
    x, y, z, w = pose.get("rotation", [0, 0, 0, 1])
    m = np.eye(4)
    m[:3, :3] = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    m[:3, 3] = pose.get("translation", [0, 0, 0])
    return m


def load(path, folder, program):
    """Reads `path` and leaves meshes, images and the scene with an image for a sky in `folder`."""
    data = json.loads(Path(path).read_text())
    folder.mkdir(parents=True, exist_ok=True)
    frames = (data.get("animation") or {}).get("frames", 1)

    environment = sky.bake(data["environment"], folder, Path(path).parent, data.get("images", {}))
    if isinstance(environment, Path):
        data["images"] = {**data.get("images", {}), "sky": {"file": environment.name}}
        data["environment"] = {"kind": "image", "image": "sky"}
    ours = folder / "scene.json"
    ours.write_text(json.dumps(data))

    # A copy with nothing but what the triangles need.
    glb = folder / "scene.glb"
    bare = folder / "geometry.json"
    look = {"materials": {name: {} for name in data["materials"]}, "environment": {"kind": "uniform", "radiance": [0, 0, 0]}}
    bare.write_text(json.dumps({**{k: v for k, v in data.items() if k not in ("images", "lights")}, **look}))
    call([program, "export", str(bare), "-o", str(glb)])
    meshes = glb_meshes(glb.read_bytes())

    things = []
    world = {}
    for o in data["objects"]:
        poses = world_poses(o, data["objects"], frames, world)
        material = {**MATERIAL, **data["materials"][o["material"]]}
        if material.get("maps"):
            raise SystemExit(f"peers: {path}: material '{o['material']}' has images over it, which the others would not show")
        thing = Thing(o["name"], material, poses)
        if o["shape"]["kind"] == "sphere":
            thing.radius = o["shape"]["radius"]
        else:
            thing.mesh = meshes[o["name"]]
        if o["shape"]["kind"] == "mesh" and data["meshes"][o["shape"]["mesh"]].get("colors"):
            raise SystemExit(f"peers: {path}: '{o['name']}' has vertex colours, which the others would not show")
        if material["texture"]:
            if thing.mesh is None:
                thing.mesh = sphere(thing.radius, 64)
            thing.mesh, thing.images = textures.bake(thing.mesh, material, folder, f"object{len(things)}")
        things.append(thing)
    return Scene(ours, data, things, environment, frames)


def world_poses(o, objects, frames, known):
    if o["name"] not in known:
        own = [matrix(p) for p in (o.get("track") or {}).get("poses") or [o.get("pose", {})]]
        if o.get("parent"):
            parent = next(p for p in objects if p["name"] == o["parent"])
            up = world_poses(parent, objects, frames, known)
            count = max(len(own), len(up))
            own = [up[min(f, len(up) - 1)] @ own[min(f, len(own) - 1)] for f in range(count)]
        known[o["name"]] = own
    return known[o["name"]]


def glb_meshes(blob):
    """The triangles of each node by its name, in its own frame. Only what our exporter writes: one primitive, float32, uint32."""
    size = struct.unpack_from("<I", blob, 12)[0]
    gltf = json.loads(blob[20 : 20 + size])
    binary = blob[20 + size + 8 :]
    kinds = {5126: np.float32, 5125: np.uint32, 5123: np.uint16}

    def array(index):
        accessor = gltf["accessors"][index]
        view = gltf["bufferViews"][accessor["bufferView"]]
        width = {"VEC3": 3, "SCALAR": 1}[accessor["type"]]
        at = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
        return np.frombuffer(binary, kinds[accessor["componentType"]], accessor["count"] * width, at).reshape(-1, width)

    meshes = {}
    for node in gltf["nodes"]:
        if "mesh" in node:
            primitive = gltf["meshes"][node["mesh"]]["primitives"][0]
            normal = primitive["attributes"].get("NORMAL")
            meshes[node["name"]] = Mesh(
                array(primitive["attributes"]["POSITION"]),
                array(primitive["indices"]).reshape(-1, 3).astype(np.uint32),
                None if normal is None else array(normal),
            )
    return meshes


def sphere(radius, rings):
    """Latitude by longitude, with true normals."""
    theta = np.linspace(0, np.pi, rings + 1)
    phi = np.linspace(0, 2 * np.pi, 2 * rings, endpoint=False)
    t, p = np.meshgrid(theta, phi, indexing="ij")
    n = np.stack([np.sin(t) * np.cos(p), np.sin(t) * np.sin(p), np.cos(t)], -1).reshape(-1, 3)
    i, j = (a.ravel() for a in np.meshgrid(np.arange(rings), np.arange(2 * rings), indexing="ij"))
    a, b = i * 2 * rings + j, i * 2 * rings + (j + 1) % (2 * rings)
    c, d = a + 2 * rings, b + 2 * rings
    # The caps' triangles that have no area go.
    triangles = np.concatenate([np.stack([a, c, d], 1)[i < rings - 1], np.stack([a, d, b], 1)[i > 0]])
    return Mesh((radius * n).astype(np.float32), triangles.astype(np.uint32), n.astype(np.float32))
