"""`blender`: what `raytruth export` writes, in Blender's own importer and Cycles against the original, and back in our own renderer."""

import sys

import numpy as np

from . import exr, metrics, ours, page, peer, scenes
from .compare import NAMES

MEAN_LIMIT, FLIP_LIMIT, BACK_LIMIT = 0.05, 0.08, 0.03
TARGETS = ["blender", "web"]
STILL_LIFE = ours.REPOSITORY / "assets" / "scenes" / "still_life.json"


def run(options, peers):
    if "cycles" not in peers:
        raise SystemExit("peers: `blender` needs bpy; see benches/peers/README.md")
    columns = ["scene", "of ours R", "G", "B", "FLIP", "noise's FLIP", "back, blender", "back, web", "s, ours", "s, Cycles", "judged"]
    about = [
        f"{options.size[0]}x{options.size[1]}, frame 0, unbounded paths, no clamp, box filter; ours {options.reference_spp} samples a pixel, "
        f"Cycles {options.spp}. The file is `raytruth export --for blender`, read by Blender's glTF importer with its default settings. "
        f"Means are of linear radiance. Wanted are {MEAN_LIMIT:.0%} in each channel's mean and a FLIP below {FLIP_LIMIT}; below {BACK_LIMIT} "
        "for what our own renderer makes of the files for Blender and for the web (back). The noise's FLIP is that of two halves of our "
        "samples.",
        *options.about,
    ]
    paper = page.Page("Into Blender, and back", about)
    rows, details = [], []
    for name in options.scenes:
        folder = options.output / str(name).replace("/", "_").removesuffix(".json")
        folder.mkdir(parents=True, exist_ok=True)
        source = STILL_LIFE if name == "still_life" else scenes.source(name, folder, options.raytruth)
        row, pictures = one(name, source, folder, options)
        rows.append(row)
        details.append((name, pictures))
        print(page.plain(columns, [row]), flush=True)
    paper.table(columns, rows)
    for name, pictures in details:
        paper.head(str(name))
        paper.pictures(pictures)
    paper.write(options.output / "blender.html")
    (options.output / "blender.txt").write_text("\n".join(about) + "\n\n" + page.plain(columns, rows) + "\n")
    print(f"\n{options.output / 'blender.html'}")
    if any(isinstance(cell, tuple) and not cell[1] for row in rows for cell in row):
        sys.exit(1)


def one(name, source, folder, options):
    """The row and the pictures of a scene."""
    glbs = {target: folder / f"{target}.glb" for target in TARGETS}
    for target, glb in glbs.items():
        ours.call([options.raytruth, "export", str(source), "--for", target, "-o", str(glb)])

    def traced(scene, out, spp, seed):
        options.note(f"{name}: ours, {out}")
        done = ours.render(options.raytruth, scene, folder / f"{out}.exr", size=options.size, spp=spp, seed=seed)
        return exr.read(folder / f"{out}.exr"), done["seconds"]

    half = options.reference_spp // 2
    (first, a), (second, b) = (traced(source, f"ours_{seed}", half, seed) for seed in (0, 1))
    picture = (first + second) / 2
    backs = {target: traced(glb, f"back_{target}", half, 0)[0] for target, glb in glbs.items()}

    options.note(f"{name}: {NAMES['cycles']}, from the file")
    out = folder / "cycles.exr"
    done = peer.run("glb", None, folder, [{"glb": str(glbs["blender"]), "out": out, "size": options.size, "spp": options.spp}])
    made = exr.read(out)

    ratios = metrics.mean(made) / np.maximum(metrics.mean(picture), 1e-12)
    error, flip = metrics.flip(picture, made)
    back = {target: metrics.flip(first, backs[target])[1] for target in TARGETS}
    good = all(abs(r - 1) <= MEAN_LIMIT for r in ratios) and flip < FLIP_LIMIT and max(back.values()) < BACK_LIMIT
    row = [str(name), *((f"{r:.4f}", bool(abs(r - 1) <= MEAN_LIMIT)) for r in ratios), (f"{flip:.4f}", flip < FLIP_LIMIT)]
    row += [f"{metrics.flip(first, second)[1]:.4f}", *((f"{back[t]:.4f}", back[t] < BACK_LIMIT) for t in TARGETS)]
    row += [f"{a + b:.1f}", f"{done[0]['seconds']:.1f}", ("agrees" if good else "differs", good)]
    pictures = [("ours", picture), ("Cycles, from the file", made), ("FLIP", error)]
    pictures += [(f"back, {target}", backs[target]) for target in TARGETS]
    for caption, shown in pictures[:2]:
        (folder / f"{caption.split(',')[0].lower()}.png").write_bytes(page.png(metrics.display(shown)))
    return row, pictures
