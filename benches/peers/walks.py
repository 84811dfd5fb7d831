"""`walks`: frames of cameras that walk, each against the renderer's own converged picture, and how they flicker.

Flicker: the mean of what differs between a frame and the one before, moved to where its surfaces are now (the `flow` pass), in
steps of 8-bit pictures.
"""

import json

import numpy as np

from . import exr, metrics, ours, page, peer
from .scene import load

SCENES = ours.REPOSITORY / "assets" / "scenes"
GOAL = 1.1


def run(options, peers):
    columns = ["scene", "frame", "renderer", "FLIP", "flicker"]
    about = [
        f"{options.size[0]}x{options.size[1]}, {options.spp} samples a pixel, profile look and Cycles' defaults, both denoised: ours "
        "over a window of frames, Cycles frame by frame with OpenImageDenoise, high quality, accurate prefilter, windows as portals. "
        f"FLIP against the renderer's own picture of {options.reference_spp} samples without denoiser; flicker in steps of 8 bits. "
        "Floors have no colours of single planks.",
        f"The goal: our FLIP at most {GOAL} of theirs, our flicker below theirs.",
        *options.about,
    ]
    paper = page.Page("Cameras that walk", about)
    rows, details = [], []
    for name in options.scenes:
        folder = options.output / name.replace("/", "_").removesuffix(".json")
        folder.mkdir(parents=True, exist_ok=True)
        walk = without_planks(SCENES / f"{name}.json" if name.isidentifier() else name, folder)
        scene = load(walk, folder / "prepared", options.raytruth) if "cycles" in peers else None
        for frame in options.frames:
            options.note(f"{name}, frame {frame}: ours")
            flow = flow_to(walk, frame, folder, options)
            found = {"ours": by_us(walk, frame, folder, options)}
            if scene:
                options.note(f"{name}, frame {frame}: Cycles")
                found["Cycles, OpenImageDenoise"] = by_cycles(scene, frame, folder, options)
            made = []
            for renderer, (pair, reference) in found.items():
                shown = pair[0] if frame == 0 else pair[1]
                error, average = metrics.flip(reference, shown)
                made.append([name, str(frame), renderer, f"{average:.4f}", f"{flicker(pair, flow):.2f}"])
                details.append((f"{name}, frame {frame}, {renderer}", [("denoised", shown), ("converged", reference), ("FLIP", error)]))
            rows += made
            print(page.plain(columns, made), flush=True)
    paper.table(columns, rows)
    for head, pictures in details:
        paper.head(head)
        paper.pictures(pictures)
    paper.write(options.output / "walks.html")
    (options.output / "walks.txt").write_text("\n".join(about) + "\n\n" + page.plain(columns, rows) + "\n")
    print(f"\n{options.output / 'walks.html'}")


def without_planks(path, folder):
    """The scene without vertex colours, which Cycles is not given."""
    data = json.loads(path.read_text() if hasattr(path, "read_text") else open(path).read())
    for mesh in data["meshes"].values():
        mesh.pop("colors", None)
    out = folder / "walk.json"
    out.write_text(json.dumps(data))
    return out


def pair_of(frame):
    """The two frames between which flicker is measured."""
    return max(frame, 1) - 1, max(frame, 1)


def by_us(walk, frame, folder, options):
    first, last = pair_of(frame)
    common = {"size": options.size, "profile": "look"}
    ours.render(options.raytruth, walk, folder / "ours_###.exr", spp=options.spp, denoise=True, frame=f"{first}-{last}", **common)
    # A camera that stands where the walk is at this frame, and so needs no frames before.
    data = json.loads(walk.read_text())
    camera = data["camera"]
    camera["pose"] = camera.pop("track")["poses"][frame]
    del data["animation"]
    still = folder / f"still_{frame:03}.json"
    still.write_text(json.dumps(data))
    converged = folder / f"ours_{frame:03}_{options.reference_spp}.exr"
    # Converged pictures take the most time by far, and stay what they are.
    if not converged.exists():
        ours.render(options.raytruth, still, converged, spp=options.reference_spp, seed=1000, **common)
    return [exr.read(folder / f"ours_{k:03}.exr") for k in (first, last)], exr.read(converged)


def by_cycles(scene, frame, folder, options):
    common = {"size": options.size, "profile": "look"}
    converged = folder / f"cycles_{frame:03}_{options.reference_spp}.exr"
    renders = []
    if not converged.exists():
        renders.append({**common, "out": converged, "spp": options.reference_spp, "seed": 1000, "frame": frame})
    files = []
    for k in pair_of(frame):
        files.append(folder / f"cycles_{k:03}.exr")
        # Noise that stands still would stick to the lens.
        renders.append({**common, "out": files[-1], "spp": options.spp, "denoise": "high", "frame": k, "seed": k})
    peer.run("cycles", scene, folder, renders)
    return [exr.read(f) for f in files], exr.read(converged)


def flow_to(walk, frame, folder, options):
    """Pixels to where each surface was in the frame before, and whether it was seen there."""
    last = pair_of(frame)[1]
    command = [options.raytruth, "render", str(walk), "--passes", "flow", "--pass-format", "exr", "--frame", str(last)]
    command += ["--size", f"{options.size[0]}x{options.size[1]}", "--passes-dir", str(folder / "flow")]
    ours.call(command)
    return exr.read(folder / "flow" / f"flow_backward_{last:05}.exr")


def flicker(pair, flow):
    before, after = (255 * metrics.display(p).astype(np.float64) for p in pair)
    height, width = flow.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    x, y = x + flow[..., 0], y + flow[..., 1]
    there = (flow[..., 2] > 0.5) & (x >= 0) & (y >= 0) & (x <= width - 1) & (y <= height - 1)
    x, y = x[there], y[there]
    left, top = np.minimum(x.astype(int), width - 2), np.minimum(y.astype(int), height - 2)
    u, v = (x - left)[:, None], (y - top)[:, None]
    upper = before[top, left] * (1 - u) + before[top, left + 1] * u
    lower = before[top + 1, left] * (1 - u) + before[top + 1, left + 1] * u
    return np.abs(after[there] - (upper * (1 - v) + lower * v)).mean()
