"""Holds this crate against Regina and SnapPy: random polygons of at most 30 edges, their Jones and Alexander polynomials and linking numbers.

    pip install regina snappy
    cargo build --release -p raytruth-knots --example invariants
    python crates/knots/scripts/against_regina.py [--count 500] [--program target/release/examples/invariants]

Each polygon is projected by SnapPy, in exact rational arithmetic, and by the crate, from another direction. Prints what differs and exits with 1
if anything does. Regina's Jones polynomial is in the root of t, as ours.
"""

import argparse
import random
import subprocess
import sys

import regina
import spherogram
from snappy.exterior_to_link.link_projection import project_to_diagram
from snappy.exterior_to_link.rational_linear_algebra import QQ, Vector3


def polygons(count, seed):
    """Knots and links of two parts, of 6 to 30 edges in all, with coordinates on a grid of a millionth."""
    dice = random.Random(seed)
    for k in range(count):
        parts = 1 if k % 3 else 2
        edges = dice.randint(6, 30)
        sizes = [edges] if parts == 1 else [edges // 2, edges - edges // 2]
        yield [[[dice.randint(0, 10**6) for _ in range(3)] for _ in range(size)] for size in sizes]


def text(low, coefficients):
    return f"{low}:" + ",".join(map(str, coefficients))


def laurent(p):
    if p.isZero():
        return "0:"
    low, high = p.minExp(), p.maxExp()
    return text(low, [p[k].stringValue() for k in range(low, high + 1)])


def theirs(link, linking):
    """What Regina says of the diagram that SnapPy makes, which keeps the polygons but not the directions of components: one of two is turned
    where the linking number has the other sign."""
    parts = [[Vector3([QQ(c) for c in vertex]) for vertex in part] for part in link]
    diagram = project_to_diagram(parts)
    pd = diagram.PD_code(min_strand_index=1)
    judge = regina.Link.fromPD(pd) if pd else regina.Link(1)
    # SnapPy drops circles that meet no crossing.
    for _ in range(len(link) - judge.countComponents()):
        judge.insertLink(regina.Link(1))
    if len(link) == 2 and judge.linking() == -linking != 0:
        judge.reverse(judge.component(0))
    out = {"jones": laurent(judge.jones()), "linking": str(judge.linking())}
    if len(link) == 1:
        p = judge.alexander()
        out["alexander"] = text(0, [p[k].stringValue() for k in range(p.degree() + 1)])
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--program", default="target/release/examples/invariants")
    options = parser.parse_args()
    links = list(polygons(options.count, options.seed))
    lines = "\n".join(" | ".join(" ".join(str(c) for v in part for c in v) for part in link) for link in links)
    ours = subprocess.run([options.program], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(ours) == len(links), "one line a link"
    wrong = 0
    for k, (link, line) in enumerate(zip(links, ours)):
        found = dict(field.split("=") for field in line.split())
        for name, value in theirs(link, int(found["linking"])).items():
            if found.get(name) != value:
                wrong += 1
                print(f"link {k}: {name} is {found.get(name)} here and {value} there")
    print(f"{len(links)} links, {wrong} differences (spherogram {spherogram.__version__}, regina {regina.versionString()})")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
