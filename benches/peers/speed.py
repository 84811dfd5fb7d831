"""`speed`: seconds for a whole clip, ours and Cycles', three ways, as ratios of what one run measured in turn."""

import statistics

from . import exr, metrics, ours, page, peer, scenes
from .scene import load


def run(options, peers):
    folder = options.output
    scene = load(scenes.source(options.scene, folder, options.raytruth), folder, options.raytruth)
    whole = scene.frames
    taken = min(options.frames or whole, whole)
    frames = sorted({round(i * (whole - 1) / max(taken - 1, 1)) for i in range(taken)})
    about = [
        f"Scene {options.scene}, {whole} frames of {options.size[0]}x{options.size[1]}; medians of {options.repeats}, ours and Cycles "
        "in turn. Ours: the whole process, from the scene file to the encoded .mp4 of all frames. Cycles: the render calls alone, each "
        "frame written as .png; without start, and without the making of the scene in Blender.",
        f"Cycles rendered all {whole} frames."
        if len(frames) == whole
        else f"Extrapolated: Cycles rendered {len(frames)} of {whole} frames, evenly spaced; the first counts once, with what it loads, "
        "the mean of the others for the rest. At small sizes what a frame costs beside its paths weighs more than at the full one.",
        *options.about,
    ]
    paper = page.Page("Speed", about)
    print("\n".join(about), flush=True)

    columns = ["what", "ours", "Cycles", "ours s", "lowest", "highest", "Cycles s", "lowest", "highest", "Cycles / ours"]
    rows = []

    def measure(what, our_words, our_settings, their_words, their_settings):
        us, them = [], []
        for i in range(options.repeats):
            options.note(f"{what} {i + 1} of {options.repeats}")
            clip = folder / "ours.mp4"
            us.append(ours.render(options.raytruth, scene.path, clip, size=options.size, profile="look", **our_settings)["seconds"])
            if "cycles" in peers:
                job = {"out": folder / "cycles_####.png", "size": options.size, "profile": "look", "frames": frames, **their_settings}
                first, *rest = peer.run("cycles", scene, folder, [job])[0]["frame_seconds"]
                them.append(first + statistics.fmean(rest or [first]) * (whole - 1))
        cells = [what, our_words, their_words]
        for times in (us, them):
            cells += [f"{f(times):.1f}" for f in (statistics.median, min, max)] if times else ["", "", ""]
        ratio = f"{statistics.median(them) / statistics.median(us):.2f}" if them else ""
        rows.append([*cells, ratio])
        print(page.plain(columns, rows[-1:]), flush=True)

    n = options.spp
    raw = {"spp": n, "persistent": True}
    measure("(a) raw", f"{n} spp", {"spp": n}, f"{n} spp, persistent data", raw)
    # Blender's own settings: adaptive sampling on, nothing kept between frames.
    usual = {"spp": n, "denoise": "high", "adaptive": True}
    measure("(b) defaults", f"{n} spp, denoiser", {"spp": n, "denoise": True}, f"{n} spp, adaptive, OpenImageDenoise high", usual)
    if "cycles" in peers:
        target, mine, theirs, tried = tuned(scene, folder, options)
        measure(
            f"(c) FLIP {target:.4f}",
            f"{mine} spp, denoiser",
            {"spp": mine, "denoise": True},
            f"{theirs['spp']} spp, OpenImageDenoise {theirs['denoise']}, persistent data",
            {**theirs, "persistent": True},
        )
    paper.table(columns, rows)
    text = page.plain(columns, rows)
    if "cycles" in peers:
        paper.head("What (c) chose from")
        paper.text("FLIP of the middle frame against the renderer's own converged one; each takes its fastest at least as good as the target.")
        heads = ["renderer", "spp", "denoiser", "FLIP", "s a frame"]
        paper.table(heads, tried)
        text += "\n\n" + page.plain(heads, tried)
    paper.write(folder / "speed.html")
    (folder / "speed.txt").write_text("\n".join(about) + "\n\n" + text + "\n")
    print(f"\n{text}\n\n{folder / 'speed.html'}")


def tuned(scene, folder, options):
    """The same FLIP for both: the better of the two that the most samples reach is asked of neither; the worse is the target."""
    frame = scene.frames // 2
    common = {"size": options.size, "profile": "look", "frame": frame}
    options.note("(c) looking for settings")
    ours.render(options.raytruth, scene.path, folder / "ours_converged.exr", spp=options.reference_spp, seed=1000, **common)
    reference = exr.read(folder / "ours_converged.exr")
    mine, tried = [], []
    for n in options.candidates:
        path = folder / f"ours_{n}.exr"
        seconds = ours.render(options.raytruth, scene.path, path, spp=n, denoise=True, **common)["seconds"]
        mine.append((metrics.flip(reference, exr.read(path))[1], n))
        tried.append(["ours", n, "ours", f"{mine[-1][0]:.4f}", f"{seconds:.2f}"])

    settings = [{"spp": n, "denoise": q} for n in options.candidates for q in ("fast", "high")]
    jobs = [{**common, **s, "out": folder / f"cycles_{s['spp']}_{s['denoise']}.exr"} for s in settings]
    converged = {**common, "out": folder / "cycles_converged.exr", "spp": options.reference_spp, "seed": 1000}
    done = peer.run("cycles", scene, folder, [converged, *jobs])[1:]
    reference = exr.read(folder / "cycles_converged.exr")
    theirs = []
    for s, job, result in zip(settings, jobs, done):
        error = metrics.flip(reference, exr.read(job["out"]))[1]
        theirs.append((error, result["seconds"], s))
        tried.append(["Cycles", s["spp"], f"OpenImageDenoise {s['denoise']}", f"{error:.4f}", f"{result['seconds']:.2f}"])
    target = max(min(e for e, _ in mine), min(e for e, _, _ in theirs))
    spp = min(n for e, n in mine if e <= target)
    setting = min((seconds, i) for i, (e, seconds, _) in enumerate(theirs) if e <= target)[1]
    return target, spp, theirs[setting][2], tried
