"""Jobs for the other renderers. Each runs in a process of its own: they bring libraries that do not bear each other, and none of
them may take ours down."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

MODULES = {"cycles": "bpy", "mitsuba": "mitsuba"}


def missing(name):
    """Why a peer can not be used, or None."""
    probe = subprocess.run([sys.executable, "-c", f"import {MODULES[name]}"], capture_output=True, text=True)
    if probe.returncode == 0:
        return None
    last = (probe.stderr.strip().splitlines() or ["it crashed"])[-1]
    return f"`import {MODULES[name]}` fails ({last}); see benches/peers/README.md"


def run(name, scene, folder, renders):
    """Has a peer do `renders` of a scene; gives back what it says of each, in order, and its version."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    stored = folder / "scene.pickle"
    stored.write_bytes(pickle.dumps(scene))
    job = folder / f"{name}.json"
    renders = [{"frame": 0, "profile": "proof", **r, "out": str(r["out"]), "folder": str(folder)} for r in renders]
    job.write_text(json.dumps({"scene": str(stored), "renders": renders}))
    result = job.with_suffix(".result.json")
    result.unlink(missing_ok=True)
    log = job.with_suffix(".log")
    with log.open("w") as file:
        command = [sys.executable, "-m", f"peers.{name}_scene", str(job)]
        code = subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, env={**os.environ}).returncode
    # bpy may crash while it closes down, after all is done.
    if not result.exists():
        raise RuntimeError(f"{name} failed with {code}:\n" + "\n".join(log.read_text().splitlines()[-15:]))
    return json.loads(result.read_text())


def serve(path, work, about):
    """The other end of `run`: `work` yields a dictionary for each render."""
    job = json.loads(Path(path).read_text())
    job["scene"] = pickle.loads(Path(job["scene"]).read_bytes())
    answer = {**about, "renders": list(work(job))}
    Path(path).with_suffix(".result.json").write_text(json.dumps(answer))
