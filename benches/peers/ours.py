"""Renders with our own program."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def program(given=None):
    """The `raytruth` to measure: the one that was named, else what was built here, else what is on the path."""
    built = Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target")) / "release" / "raytruth"
    found = given or (str(built) if built.exists() else shutil.which("raytruth"))
    if not found:
        raise SystemExit("peers: no raytruth program; build it with `cargo build --release` or name it with --raytruth")
    return str(Path(found).resolve())


def call(command):
    """Runs our program; what it has to say where it fails is the message."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"peers: {' '.join(command)}\n{done.stderr.strip()}")
    return done


def render(raytruth, scene, out, *, size, spp, profile="proof", denoise=False, multiscatter=True, seed=0, frame=0):
    """One frame as linear radiance, or a clip where `out` is an .mp4. Seconds are those of the whole process: start, shaders,
    hierarchy, paths and file."""
    command = [raytruth, "render", str(scene), "-o", str(out), "--profile", profile, "--samples", str(spp)]
    command += ["--size", f"{size[0]}x{size[1]}", "--seed", str(seed)]
    if not str(out).endswith(".mp4"):
        command += ["--frame", str(frame)]
    if not denoise:
        command.append("--no-denoise")
    if not multiscatter:
        command.append("--no-multiscatter")
    start = time.perf_counter()
    done = call(command)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "said": done.stdout + done.stderr}


def adapter(raytruth):
    """What it renders on, with the driver's version, in its own words."""
    with tempfile.TemporaryDirectory() as folder:
        scene = REPOSITORY / "crates" / "bench" / "scenes" / "cornell.json"
        said = render(raytruth, scene, Path(folder) / "x.png", size=[16, 16], spp=1)["said"]
    found = re.search(r"renders on (.*)", said)
    return found.group(1) if found else "an adapter that it does not name"


def version(raytruth):
    return subprocess.run([raytruth, "--version"], capture_output=True, text=True).stdout.strip()
