"""Renders a prepared scene with Blender's Cycles: `python -m peers.cycles_scene JOB.json` (see peer.py). The mapping is in README.md."""

import math
import sys
import time
from pathlib import Path

import bpy
import numpy as np
from mathutils import Matrix

from . import peer
from .scene import matrix, sphere, there

# Rings of the balls, which Cycles has no exact ones of.
BALL_RINGS = 192
UNBOUNDED = 1024


def build(scene, render):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    world = bpy.context.scene
    settings(world, scene, render)
    camera(world, scene)
    sky(world, scene)
    for light in scene.data.get("lights", []):
        lamp(world, light)
    for portal in scene.data.get("portals", []):
        opening(world, portal)
    balls = {}
    for i, thing in enumerate(scene.things):
        if render.get("only") is not None and thing.name not in render["only"]:
            continue
        form = thing.mesh
        if form is None:
            form = balls.setdefault(thing.radius, sphere(thing.radius, BALL_RINGS))
        ob = bpy.data.objects.new(f"object{i}", triangles(form))
        ob.data.materials.append(material(thing, render))
        # They move grazing light off facets; wanted are the facets as they are.
        ob.cycles.shadow_terminator_geometry_offset = 0
        ob.cycles.shadow_terminator_offset = 0
        world.collection.objects.link(ob)
        keys(ob, thing.poses)
    return world


def settings(world, scene, render):
    world.render.engine = "CYCLES"
    world.render.resolution_x, world.render.resolution_y = render["size"]
    world.render.resolution_percentage = 100
    picture = world.render.image_settings
    picture.file_format = "PNG" if render["out"].endswith(".png") else "OPEN_EXR"
    picture.color_mode = "RGB"
    picture.color_depth = "8" if render["out"].endswith(".png") else "32"
    world.render.use_persistent_data = render.get("persistent", False)
    world.render.threads_mode = "AUTO"
    world.view_settings.view_transform = "Raw"
    world.frame_start, world.frame_end = 0, scene.frames - 1
    # Around the frame's own time is Blender's default.
    world.render.use_motion_blur = scene.shutter > 0
    world.render.motion_blur_shutter = max(scene.shutter, 0.01)
    c = world.cycles
    c.device = "CPU"
    c.samples = render["spp"]
    c.seed = render.get("seed", 0)
    c.use_adaptive_sampling = render.get("adaptive", False)
    c.use_denoising = bool(render.get("denoise"))
    if render.get("denoise"):
        c.denoiser = "OPENIMAGEDENOISE"
        c.denoising_input_passes = "RGB_ALBEDO_NORMAL"
        c.denoising_prefilter = "ACCURATE" if render["denoise"] == "high" else "FAST"
        c.denoising_quality = "HIGH" if render["denoise"] == "high" else "FAST"
    if render["profile"] == "proof":
        c.max_bounces = c.diffuse_bounces = c.glossy_bounces = c.transmission_bounces = UNBOUNDED
        c.volume_bounces = c.transparent_max_bounces = UNBOUNDED
        c.sample_clamp_direct = c.sample_clamp_indirect = 0
        c.blur_glossy = 0
        c.light_sampling_threshold = 0
        c.pixel_filter_type = "BOX"
    else:
        # Cycles' defaults, which our `look` follows, written out.
        c.max_bounces, c.diffuse_bounces, c.glossy_bounces, c.transmission_bounces = 12, 4, 4, 12
        c.volume_bounces, c.transparent_max_bounces = 0, 8
        c.sample_clamp_direct, c.sample_clamp_indirect = 0, 10
        c.blur_glossy = 1
        c.light_sampling_threshold = 0.01
        c.pixel_filter_type = "BLACKMAN_HARRIS"
        c.filter_width = 1.5
    c.caustics_reflective = c.caustics_refractive = True


def camera(world, scene):
    data = bpy.data.cameras.new("camera")
    data.sensor_fit = "VERTICAL"
    data.sensor_height = 24
    data.lens = 12 / math.tan(0.5 * scene.camera["fov_y"])
    data.clip_start, data.clip_end = 1e-3, 1e5
    if scene.camera.get("aperture"):
        data.dof.use_dof = True
        data.dof.focus_distance = scene.camera.get("focus_distance", 1.0)
        # The f-number is the focal length over the lens's diameter; both in metres here.
        data.dof.aperture_fstop = data.lens * 1e-3 / (2 * scene.camera["aperture"])
    ob = bpy.data.objects.new("camera", data)
    world.collection.objects.link(ob)
    world.camera = ob
    keys(ob, [scene.camera_pose(f) for f in range(scene.frames if scene.camera.get("track") else 1)])


def keys(ob, poses):
    """A pose for each frame; one holds for all."""
    ob.rotation_mode = "QUATERNION"
    moves = any(not np.array_equal(p, poses[0]) for p in poses)
    for frame, pose in enumerate(poses if moves else poses[:1]):
        ob.matrix_basis = Matrix(pose.tolist())
        if moves:
            ob.keyframe_insert("location", frame=frame)
            ob.keyframe_insert("rotation_quaternion", frame=frame)
    if moves:
        for curve in curves(ob):
            for key in curve.keyframe_points:
                key.interpolation = "LINEAR"


def curves(ob):
    """The animation's curves, wherever this Blender keeps them."""
    action = ob.animation_data.action
    if hasattr(action, "fcurves"):
        return action.fcurves
    return [c for layer in action.layers for strip in layer.strips for bag in strip.channelbags for c in bag.fcurves]


def sky(world, scene):
    w = bpy.data.worlds.new("sky")
    world.world = w
    w.use_nodes = True
    nodes, links = w.node_tree.nodes, w.node_tree.links
    nodes.clear()
    background = nodes.new("ShaderNodeBackground")
    out = nodes.new("ShaderNodeOutputWorld")
    if isinstance(scene.environment, Path):
        image = nodes.new("ShaderNodeTexEnvironment")
        image.image = bpy.data.images.load(str(scene.environment))
        image.image.colorspace_settings.name = "Linear Rec.709"
        links.new(image.outputs["Color"], background.inputs["Color"])
    else:
        background.inputs["Color"].default_value = [*scene.environment, 1.0]
    links.new(background.outputs[0], out.inputs["Surface"])


def lamp(world, light):
    form = light["shape"]
    if form["kind"] == "sphere":
        data = bpy.data.lights.new("lamp", "POINT")
        data.shadow_soft_size = form["radius"]
        data.use_soft_falloff = False
        area = 4 * math.pi * form["radius"] ** 2
    elif form["kind"] == "spot":
        data = bpy.data.lights.new("lamp", "SPOT")
        data.shadow_soft_size = form["radius"]
        data.use_soft_falloff = False
        inner, outer = math.cos(form["inner_angle"]), math.cos(form["outer_angle"])
        # Smooth-steps by the cosine where ours squares: equal where the edge is sharp.
        data.spot_size, data.spot_blend = 2 * form["outer_angle"], (inner - outer) / (1 - outer)
        area = 4 * math.pi * form["radius"] ** 2
    elif form["kind"] == "disk":
        data = bpy.data.lights.new("lamp", "AREA")
        data.shape, data.size = "DISK", 2 * form["radius"]
        area = math.pi * form["radius"] ** 2
    else:
        data = bpy.data.lights.new("lamp", "AREA")
        data.shape, (data.size, data.size_y) = "RECTANGLE", form["size"]
        area = form["size"][0] * form["size"][1]
    # An emitter of radiance L and area A gives pi A L; the colour carries the rest.
    most = max(light["radiance"])
    data.energy = math.pi * area * most
    data.color = [c / most for c in light["radiance"]]
    data.cycles.max_bounces = UNBOUNDED
    ob = bpy.data.objects.new("lamp", data)
    world.collection.objects.link(ob)
    ob.matrix_basis = Matrix(matrix(light.get("pose", {})).tolist())
    ob.visible_camera = light.get("visible_to_camera", False)


def opening(world, portal):
    """A window that the sky is sampled through; it faces inwards as ours does."""
    data = bpy.data.lights.new("portal", "AREA")
    data.shape, (data.size, data.size_y) = "RECTANGLE", portal["size"]
    data.cycles.is_portal = True
    ob = bpy.data.objects.new("portal", data)
    world.collection.objects.link(ob)
    ob.matrix_basis = Matrix(matrix(portal["pose"]).tolist())


def triangles(mesh):
    data = bpy.data.meshes.new("mesh")
    n = len(mesh.triangles)
    data.vertices.add(len(mesh.positions))
    data.vertices.foreach_set("co", mesh.positions.astype(np.float32).ravel())
    data.loops.add(3 * n)
    data.loops.foreach_set("vertex_index", mesh.triangles.astype(np.int32).ravel())
    data.polygons.add(n)
    data.polygons.foreach_set("loop_start", np.arange(0, 3 * n, 3, dtype=np.int32))
    smooth = mesh.normals is not None
    data.polygons.foreach_set("use_smooth", np.full(n, smooth))
    if mesh.uv is not None:
        layer = data.uv_layers.new(name="uv")
        layer.data.foreach_set("uv", mesh.uv[mesh.triangles].astype(np.float32).ravel())
    data.update(calc_edges=True)
    if smooth:
        data.normals_split_custom_set_from_vertices(mesh.normals.tolist())
    return data


class Tree:
    """A material's nodes, tersely."""

    def __init__(self, name):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.nodes, self.links = self.material.node_tree.nodes, self.material.node_tree.links
        self.nodes.clear()
        self.out = self.nodes.new("ShaderNodeOutputMaterial")

    def node(self, kind, **inputs):
        node = self.nodes.new("ShaderNode" + kind)
        for name, value in inputs.items():
            self.set(node.inputs[name.replace("_", " ")], value)
        return node

    def set(self, socket, value):
        if isinstance(value, bpy.types.NodeSocket):
            self.links.new(value, socket)
        elif isinstance(value, (list, tuple)):
            socket.default_value = [*value, 1.0]
        else:
            socket.default_value = value

    def image(self, path):
        node = self.node("TexImage")
        node.image = bpy.data.images.load(str(path), check_existing=True)
        node.image.colorspace_settings.name = "Non-Color"
        node.interpolation = "Closest"
        return node.outputs["Color"]


def material(thing, render):
    m = thing.material
    t = Tree(thing.name)
    base = t.image(thing.images["base_color"]) if "base_color" in thing.images else m["base_color"]
    rough = t.image(thing.images["roughness"]) if "roughness" in thing.images else m["roughness"]
    delta = m["roughness"] < 0.03 and "roughness" not in thing.images
    if delta:
        rough = 0.0
    distribution = "MULTI_GGX" if render.get("multiscatter", True) else "GGX"
    shaders = []

    if m["thin"] and not (delta and m["transmission"] == 1):
        raise ValueError(f"{thing.name}: thin sheets that are rough or not quite clear are not mapped to Cycles")
    glass = m["transmission"] * (1 - m["metallic"])
    if glass < 1:
        if m["specular"] == 0 and m["metallic"] == 0 and m["coat"] == 0:
            black = "base_color" not in thing.images and max(m["base_color"]) == 0
            opaque = None if black else t.node("BsdfDiffuse", Color=base, Roughness=0.0)
        else:
            opaque = t.node(
                "BsdfPrincipled",
                Base_Color=base,
                Metallic=m["metallic"] / max(1 - glass, 1e-6),
                Roughness=rough,
                IOR=m["ior"],
                Specular_IOR_Level=0.5 * m["specular"],
                Coat_Weight=m["coat"],
                Coat_Roughness=m["coat_roughness"],
                Coat_IOR=1.5,
            )
            opaque.distribution = distribution
        shaders.append(opaque)
    if glass > 0:
        if m["thin"]:
            shaders.append(sheet(t, m))
        else:
            clear = t.node("BsdfGlass", Color=[1, 1, 1], Roughness=rough, IOR=m["ior"])
            clear.distribution = distribution
            shaders.append(clear)
    surface = shaders[0] and shaders[0].outputs[0]
    if len(shaders) == 2:
        mix = t.node("MixShader", Fac=glass)
        for shader, socket in zip(shaders, mix.inputs[1:]):
            t.links.new(shader.outputs[0], socket)
        surface = mix.outputs[0]
    if max(m["emission"]) > 0:
        most = max(m["emission"])
        shine = t.node("Emission", Color=[c / most for c in m["emission"]], Strength=most).outputs[0]
        if surface:
            both = t.node("AddShader")
            t.links.new(surface, both.inputs[0])
            t.links.new(shine, both.inputs[1])
            shine = both.outputs[0]
        surface = shine
    if there(m) < 1:
        gaps = t.node("MixShader", Fac=there(m))
        t.links.new(t.node("BsdfTransparent", Color=[1, 1, 1]).outputs[0], gaps.inputs[1])
        if surface:
            t.links.new(surface, gaps.inputs[2])
        surface = gaps.outputs[0]
    if surface:
        t.links.new(surface, t.out.inputs["Surface"])
    if m["absorption"] and glass > 0 and not m["thin"]:
        # Cycles absorbs density * (1 - colour) a metre.
        sigma = [-math.log(max(c, 1e-6)) / m["absorption"]["distance"] for c in m["absorption"]["color"]]
        most = max(max(sigma), 1e-9)
        volume = t.node("VolumeAbsorption", Color=[1 - s / most for s in sigma], Density=most)
        t.links.new(volume.outputs[0], t.out.inputs["Volume"])
    return t.material


def sheet(t, m):
    """Two faces that light goes to and fro between: 2 F / (1 + F) is mirrored, the rest goes straight on."""
    # Seen from behind, the node would take the inverse index.
    back = t.nodes.new("ShaderNodeNewGeometry").outputs["Backfacing"]
    ior = t.node("Mix")
    t.set(ior.inputs["Factor"], back)
    ior.inputs["A"].default_value, ior.inputs["B"].default_value = m["ior"], 1 / m["ior"]
    fresnel = t.node("Fresnel", IOR=ior.outputs["Result"]).outputs[0]
    twice = t.nodes.new("ShaderNodeMath")
    once = t.nodes.new("ShaderNodeMath")
    share = t.nodes.new("ShaderNodeMath")
    twice.operation, once.operation, share.operation = "MULTIPLY", "ADD", "DIVIDE"
    for node, a, b in ((twice, fresnel, 2.0), (once, fresnel, 1.0), (share, twice.outputs[0], once.outputs[0])):
        t.set(node.inputs[0], a)
        t.set(node.inputs[1], b)
    tint = m["absorption"]["color"] if m["absorption"] else [1, 1, 1]
    mix = t.node("MixShader", Fac=share.outputs[0])
    t.links.new(t.node("BsdfTransparent", Color=tint).outputs[0], mix.inputs[1])
    t.links.new(t.node("BsdfGlossy", Color=[1, 1, 1], Roughness=0.0).outputs[0], mix.inputs[2])
    return mix


def main(job):
    for render in job["renders"]:
        start = time.perf_counter()
        world = build(job["scene"], render)
        built = time.perf_counter()
        # A clip is several frames of one file; with persistent data what does not move stays in Cycles between them.
        seconds = []
        for frame in render.get("frames", [render["frame"]]):
            world.frame_set(frame)
            world.render.filepath = render["out"].replace("####", f"{frame:04}")
            before = time.perf_counter()
            bpy.ops.render.render(write_still=True)
            seconds.append(time.perf_counter() - before)
        yield {"seconds": sum(seconds), "frame_seconds": seconds, "prepare_seconds": built - start}


if __name__ == "__main__":
    peer.serve(sys.argv[1], main)
