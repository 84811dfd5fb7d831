"""Renders a prepared scene with Mitsuba 3: `python -m peers.mitsuba_scene JOB.json` (see peer.py). The mapping is in README.md."""

import glob
import os
import sys
import time
from pathlib import Path

import numpy as np

from . import exr, peer
from .scene import there


def start():
    """The fastest variant that works here."""
    if not os.environ.get("DRJIT_LIBLLVM_PATH"):
        # Dr.Jit looks for an unversioned name, which Debian has only in its development package.
        found = sorted(glob.glob("/usr/lib/*/libLLVM-1[4-9]*.so*") + glob.glob("/usr/lib/*/libLLVM.so*"))
        if found:
            os.environ["DRJIT_LIBLLVM_PATH"] = found[-1]
    import mitsuba as mi

    for variant in ("llvm_ad_rgb", "scalar_rgb"):
        try:
            mi.set_variant(variant)
            mi.Float(1) + 1
            return mi
        except Exception as error:  # what Dr.Jit raises without LLVM is a plain RuntimeError or ImportError
            print(f"Mitsuba's {variant} does not work here: {error}", file=sys.stderr)
    raise SystemExit("no variant of Mitsuba works here")


def build(mi, scene, render):
    world = {"type": "scene", "integrator": integrator(scene, render), "sensor": sensor(mi, scene, render)}
    if isinstance(scene.environment, Path):
        # Mitsuba's sky has y up and lays the middle column along -z: world (x, y, z) is its (y, z, x).
        turn = mi.ScalarTransform4f([[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
        world["sky"] = {"type": "envmap", "filename": str(scene.environment), "to_world": turn}
    elif max(scene.environment) > 0:
        world["sky"] = {"type": "constant", "radiance": color(scene.environment)}
    for i, light in enumerate(scene.data.get("lights", [])):
        world[f"light{i}"] = lamp(mi, light)
    for i, thing in enumerate(scene.things):
        if render.get("only") is None or thing.name in render["only"]:
            world[f"object{i}"] = shape(mi, thing, render, i)
    return mi.load_dict(world)


def integrator(scene, render):
    # volpath also goes straight through the lamps, which shine but do not block, and through coloured glass.
    return {"type": "volpath", "max_depth": render.get("max_depth", -1), "rr_depth": 8}


def sensor(mi, scene, render):
    camera = scene.camera
    width, height = render["size"]
    # Ours looks along -z with +x to the right; Mitsuba's along +z with +x to the left.
    turn = np.diag([-1.0, 1, -1, 1])
    common = {
        "to_world": mi.ScalarTransform4f(scene.camera_pose(render["frame"]) @ turn),
        "fov": np.degrees(camera["fov_y"]),
        "fov_axis": "y",
        "near_clip": 1e-3,
        "far_clip": 1e5,
        "film": {
            "type": "hdrfilm",
            "width": width,
            "height": height,
            "pixel_format": "rgb",
            "component_format": "float32",
            "rfilter": {"type": "box"},
        },
        "sampler": {"type": "independent", "sample_count": render["spp"], "seed": render.get("seed", 0)},
    }
    if camera.get("aperture"):
        lens = {"aperture_radius": camera["aperture"], "focus_distance": camera.get("focus_distance", 1.0)}
        return {"type": "thinlens", **lens, **common}
    return {"type": "perspective", **common}


def lamp(mi, light):
    """A lamp that light goes through: its surface is no boundary."""
    from .scene import matrix

    form = light["shape"]
    if form["kind"] == "spot":
        raise SystemExit("peers: Mitsuba has no spot light with a size; leave it out with --peers cycles")
    pose = matrix(light.get("pose", {}))
    emitter = {"type": "area", "radiance": color(light["radiance"])}
    if form["kind"] == "sphere":
        to_world = pose @ np.diag([form["radius"]] * 3 + [1.0])
        kind = "sphere"
    else:
        # Emits along -z; Mitsuba's rectangle and disk along +z.
        half = [form["radius"]] * 2 if form["kind"] == "disk" else [0.5 * s for s in form["size"]]
        to_world = pose @ np.diag([half[0], -half[1], -1.0, 1.0])
        kind = "disk" if form["kind"] == "disk" else "rectangle"
    return {"type": kind, "to_world": mi.ScalarTransform4f(to_world), "emitter": emitter, "bsdf": {"type": "null"}}


def shape(mi, thing, render, index):
    material = thing.material
    pose = thing.pose(render["frame"])
    if thing.mesh is None:
        out = {"type": "sphere", "to_world": mi.ScalarTransform4f(pose @ np.diag([thing.radius] * 3 + [1.0]))}
    else:
        out = {"type": "ply", "filename": ply(mi, thing, render, index), "to_world": mi.ScalarTransform4f(pose)}
        out["face_normals"] = thing.mesh.normals is None
    out["bsdf"] = bsdf(thing, render)
    if there(material) < 1:
        out["bsdf"] = {"type": "mask", "opacity": there(material), "bsdf": out["bsdf"]}
    if max(material["emission"]) > 0:
        out["emitter"] = {"type": "area", "radiance": color(material["emission"])}
    if material["absorption"] and material["transmission"] > 0 and not material["thin"]:
        inside = material["absorption"]
        sigma = [-np.log(max(c, 1e-6)) / inside["distance"] for c in inside["color"]]
        # Mitsuba takes no extinction above 1, but a factor.
        most = max(max(sigma), 1e-9)
        out["interior"] = {
            "type": "homogeneous",
            "albedo": color([0, 0, 0]),
            "sigma_t": color([s / most for s in sigma]),
            "scale": float(most),
        }
    return out


def ply(mi, thing, render, index):
    """Mitsuba reads a mesh with its texture coordinates most simply from a file."""
    path = render["folder"] + f"/object{index}.ply"
    m = thing.mesh
    columns, names = [m.positions], "xyz"
    header = "".join(f"property float {n}\n" for n in names)
    if m.normals is not None:
        columns.append(m.normals)
        header += "property float nx\nproperty float ny\nproperty float nz\n"
    if m.uv is not None:
        # Mitsuba counts v from an image's top.
        columns.append(m.uv * [1, -1] + [0, 1])
        header += "property float u\nproperty float v\n"
    faces = np.empty(len(m.triangles), [("n", "u1"), ("i", "<u4", 3)])
    faces["n"], faces["i"] = 3, m.triangles
    with open(path, "wb") as file:
        file.write(f"ply\nformat binary_little_endian 1.0\nelement vertex {len(m.positions)}\n".encode())
        file.write(f"{header}element face {len(faces)}\n".encode())
        file.write(b"property list uchar uint vertex_indices\nend_header\n")
        file.write(np.hstack(columns).astype("<f4").tobytes())
        file.write(faces.tobytes())
    return path


def color(rgb):
    return {"type": "rgb", "value": [float(c) for c in rgb]}


def bsdf(thing, render):
    m = thing.material
    base = color(m["base_color"])
    if "base_color" in thing.images:
        base = bitmap(thing.images["base_color"])
    rough = m["roughness"]
    alpha = max(rough * rough, 1e-3)
    delta = rough < 0.03  # DELTA_ROUGHNESS of shaders/shared/bsdf.wgsl

    if m["transmission"] == 1 and m["metallic"] == 0:
        if m["thin"]:
            tint = (m["absorption"] or {}).get("color", [1, 1, 1])
            return {"type": "thindielectric", "int_ior": m["ior"], "specular_transmittance": color(tint)}
        if delta:
            return {"type": "dielectric", "int_ior": m["ior"], "ext_ior": 1.0}
        return {"type": "roughdielectric", "distribution": "ggx", "alpha": alpha, "int_ior": m["ior"], "ext_ior": 1.0}
    if m["metallic"] == 1:
        if delta and m["base_color"] == [1, 1, 1]:
            return {"type": "twosided", "bsdf": {"type": "conductor", "material": "none"}}
        return {"type": "twosided", "bsdf": {"type": "principled", "base_color": base, "metallic": 1.0, "roughness": rough}}
    if m["specular"] == 0 and m["transmission"] == 0 and m["metallic"] == 0:
        return {"type": "twosided", "bsdf": {"type": "diffuse", "reflectance": base}}
    # No equal. Disney's is the nearest; `roughplastic` loses half of the light where it is rough.
    roughness = bitmap(thing.images["roughness"]) if "roughness" in thing.images else rough
    near = {
        "type": "principled",
        "base_color": base,
        "metallic": m["metallic"],
        "roughness": roughness,
        "eta": m["ior"],
        "spec_trans": m["transmission"],
        "clearcoat": m["coat"],
        "clearcoat_gloss": 1 - m["coat_roughness"],
    }
    return near if m["transmission"] > 0 else {"type": "twosided", "bsdf": near}


def bitmap(path):
    return {"type": "bitmap", "filename": str(path), "raw": True, "filter_type": "nearest", "wrap_mode": "clamp"}


def has_equal(material):
    """Whether Mitsuba has the same model, so that the pictures must agree."""
    glass = material["transmission"] == 1 and material["metallic"] == 0
    lambert = material["specular"] == 0 and material["transmission"] == 0 and material["metallic"] == 0
    return material["coat"] == 0 and (glass or lambert or material["metallic"] == 1)


def main(mi, job):
    for render in job["renders"]:
        t0 = time.perf_counter()
        scene = build(mi, job["scene"], render)
        t1 = time.perf_counter()
        # One pass may need more memory than there is: the number of paths in flight is bounded.
        width, height = render["size"]
        step = max(1, min(render["spp"], 8_000_000 // (width * height)))
        total, done = np.zeros((height, width, 3)), 0
        while done < render["spp"]:
            n = min(step, render["spp"] - done)
            picture = mi.render(scene, spp=n, seed=render.get("seed", 0) + done)
            total += n * np.array(picture)[..., :3]
            done += n
        exr.write(render["out"], total / done)
        yield {"seconds": time.perf_counter() - t1, "prepare_seconds": t1 - t0}


if __name__ == "__main__":
    mitsuba = start()
    peer.serve(sys.argv[1], lambda job: main(mitsuba, job))
