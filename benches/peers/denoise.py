"""`denoise`: few samples against the renderer's own converged picture, with and without its denoiser."""

from . import exr, metrics, ours, page, peer, scenes
from .scene import load

GOAL_OURS, GOAL_CYCLES = 16, 50


def run(options, peers):
    columns = ["scene", "renderer", *(f"FLIP at {n}" for n in options.spp), *(f"s at {n}" for n in options.spp)]
    about = [
        f"{options.size[0]}x{options.size[1]}, profile look and Cycles' defaults (12 bounces, indirect light clamped at 10, "
        f"Blackman-Harris filter of 1.5 pixels, no adaptive sampling). FLIP of the displayed picture against the renderer's own "
        f"picture of {options.reference_spp} samples without denoiser. Cycles denoises with OpenImageDenoise, high quality, accurate "
        f"prefilter. Seconds: ours of the whole process, Cycles' of the render call.",
        f"The goal: ours at {GOAL_OURS} samples no worse than Cycles at {GOAL_CYCLES}.",
        *options.about,
    ]
    paper = page.Page("Denoisers", about)
    rows, goals, details = [], [], []
    for name in options.scenes:
        folder = options.output / name.replace("/", "_").removesuffix(".json")
        folder.mkdir(parents=True, exist_ok=True)
        scene = load(scenes.source(name, folder, options.raytruth), folder, options.raytruth)
        options.note(f"{name}: ours")
        found = {"ours, raw": by_us(scene, folder, options, False), "ours, denoised": by_us(scene, folder, options, True)}
        if "cycles" in peers:
            options.note(f"{name}: Cycles")
            found |= by_cycles(scene, folder, options)
        made = []
        for renderer, result in found.items():
            cells = [f"{result[n]['flip']:.4f}" for n in options.spp]
            made.append([name, renderer, *cells, *(f"{result[n]['seconds']:.1f}" for n in options.spp)])
        rows += made
        print(page.plain(columns, made), flush=True)
        if "cycles" in peers and GOAL_OURS in options.spp and GOAL_CYCLES in options.spp:
            a, b = found["ours, denoised"][GOAL_OURS]["flip"], found["Cycles, OpenImageDenoise"][GOAL_CYCLES]["flip"]
            goals.append([name, f"{a:.4f}", f"{b:.4f}", (f"{a / b:.2f}", a <= b)])
        few = GOAL_OURS if GOAL_OURS in options.spp else options.spp[0]
        details.append((name, [(f"{r}, {few} samples", x[few]["picture"]) for r, x in found.items()], found, few))
    paper.table(columns, rows)
    text = page.plain(columns, rows)
    if goals:
        columns = ["scene", f"ours at {GOAL_OURS}", f"Cycles at {GOAL_CYCLES}", "ratio"]
        paper.table(columns, goals)
        text += "\n\n" + page.plain(columns, goals)
        print(page.plain(columns, goals))
    for name, pictures, found, few in details:
        paper.head(name)
        paper.pictures(pictures)
        paper.pictures([(f"FLIP, {r}, {few} samples", x[few]["map"]) for r, x in found.items()])
    paper.write(options.output / "denoise.html")
    (options.output / "denoise.txt").write_text("\n".join(about) + "\n\n" + text + "\n")
    print(f"\n{options.output / 'denoise.html'}")


def against(reference, path, seconds):
    picture = exr.read(path)
    error, average = metrics.flip(reference, picture)
    return {"picture": picture, "map": error, "flip": average, "seconds": seconds}


def by_us(scene, folder, options, denoise):
    common = {"size": options.size, "profile": "look"}
    converged = folder / "ours_look.exr"
    if not denoise:
        ours.render(options.raytruth, scene.path, converged, spp=options.reference_spp, seed=1000, **common)
    reference = exr.read(converged)
    out = {}
    for n in options.spp:
        path = folder / f"ours_{n}{'_denoised' if denoise else ''}.exr"
        done = ours.render(options.raytruth, scene.path, path, spp=n, denoise=denoise, **common)
        out[n] = against(reference, path, done["seconds"])
    return out


def by_cycles(scene, folder, options):
    common = {"size": options.size, "profile": "look"}
    converged = folder / "cycles_look.exr"
    renders = [{**common, "out": converged, "spp": options.reference_spp, "seed": 1000}]
    few = [(n, quality) for quality in (None, "high") for n in options.spp]
    renders += [{**common, "out": folder / f"cycles_{n}_{q or 'raw'}.exr", "spp": n, "denoise": q} for n, q in few]
    done = peer.run("cycles", scene, folder, renders)[1:]
    reference = exr.read(converged)
    out = {"Cycles, raw": {}, "Cycles, OpenImageDenoise": {}}
    for (n, quality), result in zip(few, done):
        path = folder / f"cycles_{n}_{quality or 'raw'}.exr"
        out["Cycles, OpenImageDenoise" if quality else "Cycles, raw"][n] = against(reference, path, result["seconds"])
    return out
