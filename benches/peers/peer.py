"""Jobs for the other renderers. Each runs in a process of its own: they bring libraries that do not bear each other, and none of
them may take ours down."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

PROBES = {
    "cycles": "import bpy; print('Blender', bpy.app.version_string, 'Cycles on the CPU')",
    "mitsuba": "from peers.mitsuba_scene import start; mi = start(); print('Mitsuba', mi.__version__, mi.variant())",
}


def probe(name):
    """(version, None), or (None, why it can not be used)."""
    done = subprocess.run([sys.executable, "-c", PROBES[name]], capture_output=True, text=True)
    if done.returncode == 0:
        return done.stdout.strip().splitlines()[-1], None
    last = (done.stderr.strip().splitlines() or ["it crashed"])[-1]
    return None, f"{last}; see benches/peers/README.md"


def run(name, scene, folder, renders):
    """Has a peer do `renders` of a scene; gives back what it says of each, in order."""
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
        raise SystemExit(f"peers: {name} failed with {code}:\n" + "\n".join(log.read_text().splitlines()[-15:]))
    return json.loads(result.read_text())


def serve(path, work):
    """The other end of `run`: `work` yields a dictionary for each render."""
    job = json.loads(Path(path).read_text())
    job["scene"] = pickle.loads(Path(job["scene"]).read_bytes())
    Path(path).with_suffix(".result.json").write_text(json.dumps(list(work(job))))
