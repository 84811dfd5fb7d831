"""Recomputes the answers of perception_optics from `certificate.world` alone, with raysect's solid geometry (https://www.raysect.org) and the laws
of reflection and refraction as textbooks have them.

    pip install raysect
    raytruth generate --task perception_optics --dry-run --json --num-samples 48 --difficulty mixed > problems.json
    python crates/tasks/optics/scripts/against_raysect.py problems.json [--step 4] [--members 16]

Of a beam: where it turns and ends, and what it meets where an optic is left out. Of images: what the told sights lead to, where each image is in a
picture that is looked at every few pixels, that no second one is there, and that the thing itself is not seen. Then all bodies are moved by up to
2 mm, and indices by 2 %. Prints what differs and exits with 1 if anything does.
"""

import argparse
import copy
import json
import random
import sys

import numpy as np
from raysect.core import Point3D, Ray, Vector3D, World, rotate_vector, translate
from raysect.primitive import Box, Cylinder, Intersect, Sphere, Subtract

FAR, SKIP, TURNS = 2.0, 1e-7, 24


def turned(axis):
    """Lays z along an axis."""
    z = Vector3D(0, 0, 1)
    across, angle = z.cross(Vector3D(*axis)), np.degrees(np.arccos(np.clip(axis[2], -1, 1)))
    return rotate_vector(angle, across if across.length > 1e-12 else Vector3D(1, 0, 0))


def filled(surface):
    """What a surface leaves filled, and whether it is the outside of what is returned."""
    if surface["kind"] == "sphere":
        return Sphere(surface["radius"], transform=translate(*surface["center"])), surface["hollow"]
    place = translate(*surface["point"])
    if surface["kind"] == "plane":
        return Box(Point3D(-FAR, -FAR, -FAR), Point3D(FAR, FAR, 0), transform=place * turned(surface["normal"])), False
    length = translate(0, 0, -FAR)
    return Cylinder(surface["radius"], 2 * FAR, transform=place * turned(surface["axis"]) * length), surface["hollow"]


def solid(body, world):
    parts = [filled(surface) for surface in body["surfaces"]]
    whole = None
    for part, hollow in sorted(parts, key=lambda part: part[1]):
        whole = part if whole is None else (Subtract if hollow else Intersect)(whole, part)
    whole.parent, whole.name = world, body["name"]
    return whole


def beside(surface, p):
    """Metres from a point to a surface."""
    if surface["kind"] == "plane":
        return abs(np.dot(p - surface["point"], surface["normal"]))
    away = p - np.array(surface["center" if surface["kind"] == "sphere" else "point"])
    if surface["kind"] == "cylinder":
        away = away - np.dot(away, surface["axis"]) * np.array(surface["axis"])
    return abs(np.linalg.norm(away) - surface["radius"])


class Scene:
    def __init__(self, bodies):
        self.world, self.bodies = World(), {body["name"]: body for body in bodies}
        self.solids = [solid(body, self.world) for body in bodies]

    def way(self, origin, direction):
        """Corners of a ray's way, the body at its end or None, how often it turns, and its share of the light: of each surface the branch with more
        of it."""
        at, way = np.array(origin), np.array(direction) / np.linalg.norm(direction)
        points, turns, share = [at], 0, 1.0
        while turns <= TURNS:
            hit = self.world.hit(Ray(Point3D(*at), Vector3D(*way), FAR))
            if hit is None:
                return points + [at + FAR * way], None, turns, share
            place, normal = hit.hit_point.transform(hit.primitive_to_world), hit.normal.transform(hit.primitive_to_world)
            at, normal = np.array([*place]), np.array([*normal.normalise()])
            points.append(at)
            body, cos = self.bodies[hit.primitive.name], -np.dot(way, normal)
            normal, cos = (normal, cos) if cos > 0 else (-normal, -cos)
            mirrored, optic = way + 2 * cos * normal, body["optic"]
            if optic["kind"] == "matte" or (optic["kind"] == "mirror" and beside(body["surfaces"][optic["face"]], at) > 1e-6):
                return points, body["name"], turns, share
            if optic["kind"] == "mirror":
                way = mirrored
            else:
                ratio = optic["n"] if hit.exiting else 1 / optic["n"]
                inner = 1 - ratio**2 * (1 - cos**2)
                reflected = 1.0
                if inner > 0:
                    # Fresnel, unpolarised (Born and Wolf, 1.5.2).
                    inner = inner**0.5
                    s, p = (ratio * cos - inner) / (ratio * cos + inner), (cos - ratio * inner) / (cos + ratio * inner)
                    reflected = (s**2 + p**2) / 2
                if reflected < 0.5:
                    way, share = ratio * way + (ratio * cos - inner) * normal, share * (1 - reflected)
                else:
                    way, share = mirrored, share * reflected
            way, turns = way / np.linalg.norm(way), turns + 1
            at = at + SKIP * way
        return points, None, turns, share


def to_way(points, p):
    """Metres from a point to the nearest of straight pieces."""
    near = np.inf
    for a, b in zip(points, points[1:]):
        along = np.clip(np.dot(p - a, b - a) / np.dot(b - a, b - a), 0, 1)
        near = min(near, np.linalg.norm(p - a - along * (b - a)))
    return near


def flattened(body):
    """A flat mirror of the certificate's size in the place of a round one: across its axis, through the middle of its face."""
    face = body["surfaces"][body["optic"]["face"]]
    if face["kind"] != "sphere":
        return body
    rim = next(s for s in body["surfaces"] if s["kind"] == "cylinder")
    # The certificate's own cylinders lie along the way on which light comes.
    front = -np.array(rim["axis"])
    middle = np.array(face["center"]) + face["radius"] * front * (-1 if face["hollow"] else 1)
    plane = {"kind": "plane", "point": list(middle), "normal": list(front)}
    back = {"kind": "plane", "point": list(middle - 0.004 * front), "normal": list(-front)}
    return {**body, "optic": {"kind": "mirror", "face": 0}, "surfaces": [plane, back, {**rim, "radius": 0.029}]}


def mirrored(face, near, origin, direction):
    """What a ray does at a mirror without an end, near to a place: where it meets it, and a place on its way on."""
    way = direction / np.linalg.norm(direction)
    if face["kind"] == "plane":
        normal = np.array(face["normal"])
        at = origin + way * np.dot(face["point"] - origin, normal) / np.dot(way, normal)
    else:
        from_middle = origin - np.array(face["center"])
        b, c = np.dot(from_middle, way), np.dot(from_middle, from_middle) - face["radius"] ** 2
        both = [origin + way * (-b + side * (b * b - c) ** 0.5) for side in (-1, 1)]
        at = min(both, key=lambda p: np.linalg.norm(p - near))
        normal = (at - face["center"]) / face["radius"]
    return [at, at + FAR * (way - 2 * np.dot(way, normal) * normal)]


def moved(bodies, dice):
    """As a person may read them: 2 mm and 2 per cent."""
    index, bodies = 1 + dice.uniform(-0.02, 0.02), copy.deepcopy(bodies)
    for body in bodies:
        step = np.array([dice.uniform(-0.002, 0.002), dice.uniform(-0.002, 0.002), 0.0])
        if "n" in body["optic"]:
            body["optic"]["n"] *= index
        for surface in body["surfaces"]:
            key = "center" if "center" in surface else "point"
            surface[key] = list(np.array(surface[key]) + step)
    return bodies


def middles(bodies, prefix):
    return {body["name"]: np.array(body["surfaces"][0]["point"]) for body in bodies if body["name"].startswith(prefix)}


def beam(c, dice, options, differs):
    world = c["world"]
    points, end, _, share = Scene(world["bodies"]).way(world["source_m"], world["direction"])
    off = max(np.abs(np.array(points) - world["beam_m"]).max(), 0) if len(points) == len(world["beam_m"]) else np.inf
    differs(end == c["answer"], f"it ends at {end}")
    differs(off < 2e-6 and abs(share - c["share"]) < 1e-5, f"corners {off} m beside, share {share}")
    right = middles(world["bodies"], c["answer"])[c["answer"]]
    for wrong in c["wrong_ways"]:
        bodies = [b for b in world["bodies"] if not b["name"].startswith("detector")]
        left_out = wrong["what"].removesuffix("_ignored")
        bodies = [b for b in bodies if b["name"] != left_out and not (wrong["what"] == "n_is_1" and b["optic"]["kind"] == "clear")]
        if wrong["what"] == "mirrors_are_flat":
            bodies = [flattened(b) if b["optic"]["kind"] == "mirror" else b for b in bodies]
        way = Scene(bodies).way(world["source_m"], world["direction"])[0]
        met = [name for name, at in sorted(middles(world["bodies"], "detector").items()) if to_way(way, at) < 0.0125]
        differs(wrong["meets"] == (met[0] if met else None) and c["answer"] not in met, f"{wrong['what']} meets {met}")
        differs(to_way(way, right) > 0.02, f"{wrong['what']} passes {to_way(way, right)} m from the right one")
    farthest = 0.0
    for _ in range(options.members):
        optics = moved([b for b in world["bodies"] if not b["name"].startswith("detector")], dice)
        way = Scene(optics).way(world["source_m"], world["direction"])[0][-2:]
        off = {name: to_way(way, at) for name, at in middles(world["bodies"], "detector").items()}
        differs(min(off, key=off.get) == c["answer"], f"a member leads to {min(off, key=off.get)}")
        farthest = max(farthest, off[c["answer"]])
    return farthest


class Camera:
    def __init__(self, told):
        self.at, self.right, self.up, self.ahead = (np.array(told[key]) for key in ("at_m", "right", "up", "ahead"))
        self.focal, self.size = told["focal_px"], np.array(told["size_px"])

    def ray(self, pixel):
        x, y = pixel - self.size / 2
        return self.focal * self.ahead + x * self.right - y * self.up

    def place(self, p):
        d = np.array(p) - self.at
        return self.size / 2 + self.focal / np.dot(d, self.ahead) * np.array([np.dot(d, self.right), -np.dot(d, self.up)])


def seen(scene, camera, names, step):
    """Pixels that show each of some bodies by something, and those that show it directly."""
    by, directly = {name: [] for name in names}, {name: 0 for name in names}
    for y in np.arange(step / 2, camera.size[1], step):
        for x in np.arange(step / 2, camera.size[0], step):
            _, end, turns, _ = scene.way(camera.at, camera.ray(np.array([x, y])))
            if end in by:
                by[end].append((x, y)) if turns else None
                directly[end] += turns == 0
    return {name: np.array(pixels) for name, pixels in by.items()}, directly


def apart(pixels, step):
    """Middle of the largest lot of pixels that hang together, and the size of the next one in parts of it: rims reflect slivers."""
    left, lots = {tuple(p) for p in pixels}, []
    while left:
        todo, lot = [left.pop()], []
        while todo:
            x, y = todo.pop()
            lot.append((x, y))
            near = [(x + i * step, y + j * step) for i in (-1, 0, 1) for j in (-1, 0, 1)]
            todo += [p for p in near if p in left]
            left -= set(todo)
        lots.append(np.array(lot))
    lots.sort(key=len)
    return lots[-1].mean(0), len(lots[-2]) / len(lots[-1]) if len(lots) > 1 else 0.0


def reveal(c, dice, options, differs, family):
    world, camera = c["world"], Camera(c["world"]["cameras"][0])
    scene, sights = Scene(world["bodies"]), world["sights"]
    for sight in sights:
        _, end, turns, _ = scene.way(world["eye_m"], sight["direction"])
        differs(end == sight["of"] and turns > 0, f"the sight of {sight['of']} leads to {end}")
        for _ in range(options.members):
            end = Scene(moved(world["bodies"], dice)).way(world["eye_m"], sight["direction"])[1]
            differs(end == sight["of"], f"a member shows {end} where {sight['of']} should be")
    by, directly = seen(scene, camera, [sight["of"] for sight in sights], options.step)
    for sight in sights:
        pixels, name = by[sight["of"]], sight["of"]
        at = camera.place(camera.at + np.array(sight["direction"]))
        middle, other = apart(pixels, options.step) if len(pixels) else (np.array([np.inf] * 2), 0.0)
        near = np.linalg.norm(middle - at)
        differs(near < 6, f"the image of {name} is {near:.1f} px beside its place")
        differs(other < 0.35, f"a second image of {name} has {other:.2f} of the area of the first")
        differs(directly[name] == 0, f"{directly[name]} places show {name} itself")
    if family == "mirror_image":
        images, own = np.array(c["images_px"]), c["images_px"][c["answer"]]
        face = scene.bodies["mirror"]["surfaces"][scene.bodies["mirror"]["optic"]["face"]]
        middle = np.mean([np.array(s["point"]) for s in scene.bodies["mirror"]["surfaces"] if "point" in s], 0)
        for image, place in zip(images, world["places_m"]):
            way = mirrored(face, middle, camera.at, camera.ray(image))
            differs(to_way(way, np.array(place)) < 1e-5, f"the image of {place} leads {to_way(way, np.array(place))} m beside it")
        off = [abs(camera.place(place)[0] - own[0]) for place in world["places_m"]]
        differs(int(np.argmin(off)) == c["mistaken"] != c["answer"], f"the image is in place {np.argmin(off)}")
        return min(np.linalg.norm(images[i] - own) for i in range(len(images)) if i != c["answer"])
    if family == "in_the_water":
        n, flat = scene.bodies["water"]["optic"]["n"], np.array([1, 1, 0])
        top = max(surface["point"][2] for surface in scene.bodies["water"]["surfaces"])
        way, bottom = np.array(sights[0]["direction"]), world["thing_m"][2]
        enters = camera.at + way * (top - camera.at[2]) / way[2]
        inner = way * flat / n
        inner[2] = -((1 - np.dot(inner, inner)) ** 0.5)
        finds = {"thing_m": enters + inner * (bottom - top) / inner[2], "seems_m": enters + way * (bottom - top) / way[2]}
        for key, place in finds.items():
            differs(np.linalg.norm(place - world[key]) < 2e-6, f"{key} is {place}")
        off = {key: np.abs(np.array(world["pegs_y_m"]) - place[1]) for key, place in finds.items()}
        differs([int(np.argmin(off[key])) for key in finds] == [c["answer"], c["mistaken"]], "it is, or seems to be, at other pegs")
        return np.sort(off["seems_m"])[1] - off["seems_m"].min()
    images, corners = np.array(c["images_px"]), np.array(world["corners_m"])
    told = corners[c["answer"]]
    for i in range(3):
        for k in range(i):
            # The picture counts downwards.
            across, down = np.sign(images[i] - images[k]), np.sign(told[i] - told[k]) * [1, -1]
            for axis in range(2):
                if down[axis]:
                    differs((across[axis] != down[axis]) == c["flips"][axis], f"beads {k} and {i} are not turned as told")
    return min(np.linalg.norm(images[i] - images[k]) for i in range(3) for k in range(i))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("problems", nargs="+", help="what --dry-run --json prints, or a sample's metadata.json")
    parser.add_argument("--step", type=int, default=4, help="of how many pixels across and down one is looked at")
    parser.add_argument("--members", type=int, default=16)
    options = parser.parse_args()
    dice, wrong, margins, count = random.Random(1), 0, {}, {}
    for path in options.problems:
        read = json.load(open(path))
        for problem in read if isinstance(read, list) else [read]:
            certificate = problem["certificate"]
            family = problem["family"] if "family" in problem else problem["truth"]["task"]["family"]
            found = []

            def differs(holds, text, found=found):
                if not holds:
                    found.append(text)

            if family == "beam":
                margin = beam(certificate, dice, options, differs)
            else:
                margin = reveal(certificate, dice, options, differs, family)
            count[family] = count.get(family, 0) + 1
            margins.setdefault(family, []).append(margin)
            wrong += bool(found)
            for text in sorted(set(found)):
                print(f"{problem['task_id']} {family} {problem.get('difficulty', '')}: {text} ({found.count(text)} times)", flush=True)
    images = "px between two images at least"
    units = {
        "beam": "m beside the right detector's middle at most, of a member",
        "mirror_image": images,
        "in_the_water": "m by which another peg is farther at least",
        "through_the_glass": images,
    }
    for family, all_of in margins.items():
        print(f"{family}: {count[family]} problems; {max(all_of) if family == 'beam' else min(all_of):.4g} {units[family]}")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
