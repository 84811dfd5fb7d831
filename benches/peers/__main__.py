"""`python -m peers compare | denoise | walks | speed | blender`. See README.md."""

import argparse
import os
import platform
import sys
import time
from pathlib import Path

from . import ours, peer, scenes


def size(text):
    width, height = (int(n) for n in text.lower().split("x"))
    return [width, height]


def numbers(text):
    return [int(n) for n in text.split(",")]


def arguments():
    parser = argparse.ArgumentParser(prog="peers", description="Compares this renderer with Blender Cycles and Mitsuba 3.")
    verbs = parser.add_subparsers(dest="verb")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--raytruth", help="the program to measure [default: target/release/raytruth, else on the path]")
    common.add_argument("--output", type=Path, help="folder for pictures and page [default: target/peers/VERB]")
    common.add_argument("--peers", default="mitsuba,cycles", help="which of them [default: mitsuba,cycles]")

    each = argparse.ArgumentParser(add_help=False)
    each.add_argument("--scenes", help="names, or .json files [default: all]")
    each.add_argument("--size", type=size, default=[400, 250], help="[default: 400x250]")

    c = verbs.add_parser("compare", parents=[common, each], help="converged pictures against each other")
    c.add_argument("--spp", type=int, default=64, help="samples of the short picture [default: 64]")
    c.add_argument("--reference-spp", type=int, default=4096, help="samples of the converged one [default: 4096]")
    c.add_argument("--repeats", type=int, default=1, help="short pictures; the median time counts [default: 1]")

    d = verbs.add_parser("denoise", parents=[common, each], help="few samples with and without denoiser against many")
    d.add_argument("--spp", type=numbers, default=[8, 16, 32, 50], help="[default: 8,16,32,50]")
    d.add_argument("--reference-spp", type=int, default=4096, help="[default: 4096]")

    w = verbs.add_parser("walks", parents=[common], help="frames of cameras that walk, against many samples, and their flicker")
    w.add_argument("--scenes", default="corridor,living_room,gallery", help="of assets/scenes, or .json files [default: those three]")
    w.add_argument("--size", type=size, default=[800, 500], help="[default: 800x500]")
    w.add_argument("--frames", type=numbers, default=[0, 60], help="[default: 0,60]")
    w.add_argument("--spp", type=int, default=50, help="[default: 50]")
    w.add_argument("--reference-spp", type=int, default=512, help="[default: 512]")

    s = verbs.add_parser("speed", parents=[common], help="the whole causality clip, as ratios in one run")
    s.add_argument("--scene", default="causality", help="[default: causality]")
    s.add_argument("--size", type=size, default=[800, 500], help="[default: 800x500]")
    s.add_argument("--spp", type=int, default=50, help="samples of (a) and (b) [default: 50]")
    s.add_argument("--frames", type=int, default=0, help="of the clip; fewer are extrapolated, and that is said [default: all]")
    s.add_argument("--repeats", type=int, default=5, help="medians are over these [default: 5]")
    s.add_argument("--candidates", type=numbers, default=[8, 16, 32, 50], help="samples to choose from in (c) [default: 8,16,32,50]")
    s.add_argument("--reference-spp", type=int, default=2048, help="for the FLIP of (c) [default: 2048]")
    b = verbs.add_parser("blender", parents=[common], help="what `raytruth export` writes, in Blender's importer and back; fails where it differs")
    b.add_argument("--scenes", default="causality,still_life", help="names, or .json files [default: causality,still_life]")
    b.add_argument("--size", type=size, default=[400, 250], help="[default: 400x250]")
    b.add_argument("--spp", type=int, default=256, help="samples of Cycles [default: 256]")
    b.add_argument("--reference-spp", type=int, default=512, help="samples of ours [default: 512]")
    parser.set_defaults(verb="compare")
    given = sys.argv[1:]
    if not given or given[0].startswith("-") and given[0] not in ("-h", "--help"):
        given = ["compare", *given]
    return parser.parse_args(given)


def hardware():
    try:
        model = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.processor() or platform.machine()
    return f"{os.cpu_count()} cores, {model}, {platform.system()}"


def main():
    options = arguments()
    options.raytruth = ours.program(options.raytruth)
    options.output = (options.output or ours.REPOSITORY / "target" / "peers" / options.verb).resolve()
    options.output.mkdir(parents=True, exist_ok=True)
    if hasattr(options, "scenes"):
        every = scenes.ALL + scenes.MOVING if options.verb == "compare" else scenes.ALL
        options.scenes = options.scenes.split(",") if options.scenes else every
    start = time.perf_counter()
    options.note = lambda text: print(f"[{time.perf_counter() - start:6.0f} s] {text}", file=sys.stderr, flush=True)
    wanted = [p for p in options.peers.split(",") if p]
    # Mitsuba has neither a clip nor a denoiser to compare.
    if options.verb != "compare":
        wanted = [p for p in wanted if p == "cycles"]
    peers, versions = [], []
    for name in wanted:
        if name not in peer.PROBES:
            raise SystemExit(f"peers: no renderer '{name}'; there is {', '.join(peer.PROBES)}")
        version, why = peer.probe(name)
        if why:
            print(f"peers: without {name}: {why}", file=sys.stderr)
        else:
            peers.append(name)
            versions.append(version)
    options.about = [f"{hardware()}. {ours.version(options.raytruth)} on {ours.adapter(options.raytruth)}."]
    if set(wanted) - set(peers):
        options.about.append(f"Not there, so left out: {', '.join(sorted(set(wanted) - set(peers)))}.")
    options.about += [f"{version}." for version in versions]
    from . import blender, compare, denoise, speed, walks

    {"blender": blender, "compare": compare, "denoise": denoise, "speed": speed, "walks": walks}[options.verb].run(options, peers)


main()
