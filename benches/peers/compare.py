"""`compare`: converged pictures without limits on paths, all three renderers; who agrees with whom."""

import numpy as np

from . import exr, metrics, mitsuba_scene, ours, page, peer, scenes
from .scene import load

MEAN_LIMIT, FLIP_LIMIT = 0.01, 0.03
NAMES = {"mitsuba": "Mitsuba", "cycles": "Cycles"}


def run(options, peers):
    columns = ["scene", "renderer", "mean R", "G", "B", "of ours R", "G", "B", "FLIP", "noise's FLIP", "relMSE", "judged"]
    columns += ["s, converged", f"relMSE at {options.spp}", f"s at {options.spp}"]
    about = [
        f"{options.size[0]}x{options.size[1]}, profile proof (unbounded paths, no clamp, box filter), {options.reference_spp} samples a "
        f"pixel converged. Means are of linear radiance. FLIP and relMSE are against ours. The noise's FLIP is that of two halves of "
        f"our converged picture against each other, each with half of the samples: what no two pictures of this length get below by "
        f"much. A renderer is judged where it has the same models: {MEAN_LIMIT:.0%} in each channel's mean and {FLIP_LIMIT} in FLIP.",
        f"relMSE at {options.spp} samples is against the renderer's own converged picture: its noise. Seconds are wall clock, the "
        f"median of {options.repeats}: ours of the whole process with start, shaders and file; the peers' of the render call alone.",
        *options.about,
    ]
    paper = page.Page("Three renderers, one scene", about)
    rows, details = [], []
    for name in options.scenes:
        folder = options.output / name.replace("/", "_").removesuffix(".json")
        folder.mkdir(parents=True, exist_ok=True)
        scene = load(scenes.source(name, folder, options.raytruth), folder, options.raytruth)
        made, pictures = one(scene, folder, options, peers, name not in scenes.UNJUDGED)
        rows += [[name, *row] for row in made]
        details.append((name, pictures))
        print(page.plain(columns, [[name, *row] for row in made]), flush=True)
    paper.table(columns, rows)
    for name, pictures in details:
        paper.head(name)
        paper.pictures(pictures)
    paper.write(options.output / "compare.html")
    (options.output / "compare.txt").write_text("\n".join(about) + "\n\n" + page.plain(columns, rows) + "\n")
    print(f"\n{options.output / 'compare.html'}")


def one(scene, folder, options, peers, judge):
    """The rows and pictures of a scene; `judge`: whether anybody is to agree."""
    size, spp = options.size, options.reference_spp
    materials = [t.material for t in scene.things]
    equal = not scene.shutter and all(mitsuba_scene.has_equal(m) for m in materials)
    rough = any(m["roughness"] >= 0.03 and (m["metallic"] == 1 or m["transmission"] == 1) for m in materials)

    def traced(multiscatter):
        """Two halves of a converged picture, and a short one."""
        kind = "compensated" if multiscatter else "single"
        mine = {"size": size, "multiscatter": multiscatter, "frame": scene.compared}
        halves, seconds = [], 0.0
        for seed in (0, 1):
            out = folder / f"ours_{kind}_{seed}.exr"
            options.note(f"{scene.path.parent.name}: ours, {kind}, half {seed + 1} of 2")
            done = ours.render(options.raytruth, scene.path, out, spp=spp // 2, seed=seed, **mine)
            seconds += done["seconds"]
            halves.append(exr.read(out))
        out = folder / f"ours_{kind}_short.exr"
        times = [
            ours.render(options.raytruth, scene.path, out, spp=options.spp, seed=2, **mine)["seconds"]
            for _ in range(options.repeats)
        ]
        return {
            "picture": (halves[0] + halves[1]) / 2,
            "noise": metrics.flip(halves[0], halves[1])[1],
            "seconds": seconds,
            "short": exr.read(out),
            "short_seconds": float(np.median(times)),
        }

    # Mitsuba scatters once between facets, Cycles compensates: each is met with its own.
    own = {True: traced(True)}
    own[False] = traced(False) if rough and "mitsuba" in peers else own[True]
    rows = [row("ours" if not rough else "ours, compensated", own[True], None, None)]
    pictures = [(rows[0][0], own[True]["picture"])]
    if own[False] is not own[True]:
        rows.append(row("ours, single scattering", own[False], None, None))
        pictures.append((rows[-1][0], own[False]["picture"]))
    for name in peers:
        options.note(f"{scene.path.parent.name}: {NAMES[name]}")
        multiscatter = name == "cycles"
        common = {"size": size, "multiscatter": multiscatter, "frame": scene.compared}
        short = [{**common, "out": folder / f"{name}_short.exr", "spp": options.spp, "seed": 1}] * options.repeats
        out = folder / f"{name}.exr"
        done = peer.run(name, scene, folder, [{**common, "out": out, "spp": spp}, *short])
        made = {
            "picture": exr.read(out),
            "seconds": done[0]["seconds"],
            "short": exr.read(folder / f"{name}_short.exr"),
            "short_seconds": float(np.median([d["seconds"] for d in done[1:]])),
        }
        # Cycles judges where Mitsuba has no equal model.
        judged = judge and (equal if name == "mitsuba" else not equal)
        rows.append(row(NAMES[name], made, own[multiscatter], judged))
        error, _ = metrics.flip(own[multiscatter]["picture"], made["picture"])
        pictures += [(NAMES[name], made["picture"]), (f"FLIP, ours against {NAMES[name]}", error)]
    return rows, pictures


def row(name, made, own, judged):
    mean = metrics.mean(made["picture"])
    cells = [name, *(f"{v:.4f}" for v in mean)]
    if own is None:
        cells += ["", "", "", "", f"{made['noise']:.4f}", "", ""]
    else:
        ratio = mean / np.maximum(metrics.mean(own["picture"]), 1e-12)
        flip = metrics.flip(own["picture"], made["picture"])[1]
        near = [abs(r - 1) <= MEAN_LIMIT for r in ratio]
        cells += [(f"{r:.4f}", ok) if judged else f"{r:.4f}" for r, ok in zip(ratio, near)]
        cells.append((f"{flip:.4f}", flip < FLIP_LIMIT) if judged else f"{flip:.4f}")
        cells += ["", f"{metrics.rel_mse(own['picture'], made['picture']):.5f}"]
        good = all(near) and flip < FLIP_LIMIT
        cells.append(("agrees" if good else "differs", good) if judged else "for reference")
    noise = metrics.rel_mse(made["picture"], made["short"])
    return cells + [f"{made['seconds']:.1f}", f"{noise:.4f}", f"{made['short_seconds']:.2f}"]
