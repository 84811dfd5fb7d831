"""Holds this crate against Regina and SnapPy: random polygons of at most 30 edges, knots and links of up to three parts, their Jones and
Alexander polynomials and linking numbers.

    pip install regina snappy
    cargo build --release -p raytruth-knots --example invariants
    python crates/knots/scripts/against_regina.py [--count 50] [--seed 1] [--program target/release/examples/invariants]

Coordinates are whole numbers, so each polygon is projected exactly three times over: by SnapPy, in rational arithmetic, from a direction of its
choice; by this script, along z, in whole numbers; and by the crate, in f64, from a third direction. SnapPy's diagrams forget which way components
run, so they judge knots, where that does not matter; the script's Gauss codes keep the directions and judge links. Both sides of a knot must
agree with each other as well. Prints what differs and exits with 1 if anything does. Regina's Jones polynomial is in the root of t, as ours.

SnapPy does not give back its memory: run it 50 links at a time, with another seed each time.
"""

import argparse
import random
import subprocess
import sys
from fractions import Fraction

import regina
import spherogram
from snappy.exterior_to_link.link_projection import project_to_diagram
from snappy.exterior_to_link.rational_linear_algebra import QQ, Vector3


def polygons(count, seed):
    """Knots and links of two or three parts, of 6 to 30 edges in all, with coordinates on a grid of a millionth."""
    dice = random.Random(seed)
    for k in range(count):
        parts = (1, 2, 1, 3)[k % 4]
        edges = dice.randint(max(6, 4 * parts), 30)
        sizes = [edges // parts + (i < edges % parts) for i in range(parts)]
        yield [[tuple(dice.randint(0, 10**6) for _ in range(3)) for _ in range(size)] for size in sizes]


def text(low, coefficients):
    return f"{low}:" + ",".join(map(str, coefficients))


def laurent(p):
    if p.isZero():
        return "0:"
    low, high = p.minExp(), p.maxExp()
    return text(low, [p[k].stringValue() for k in range(low, high + 1)])


def gauss_link(link):
    """Regina's link from the signed Gauss code seen along z, all in whole numbers: components run as the polygons do."""
    edges = [(c, k, part[k], part[(k + 1) % len(part)]) for c, part in enumerate(link) for k in range(len(part))]
    turn = lambda a, b, p: (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
    met = {(c, k): [] for c, k, _, _ in edges}
    signs = []
    for i, (c, k, a, b) in enumerate(edges):
        for d, m, p, q in edges[i + 1:]:
            if c == d and (m - k in (1, len(link[c]) - 1)):
                continue
            sides = turn(p, q, a), turn(p, q, b), turn(a, b, p), turn(a, b, q)
            assert all(sides), "a vertex lies on an edge: take another seed"
            if sides[0] * sides[1] > 0 or sides[2] * sides[3] > 0:
                continue
            s, t = Fraction(sides[0], sides[0] - sides[1]), Fraction(sides[2], sides[2] - sides[3])
            heights = a[2] + s * (b[2] - a[2]), p[2] + t * (q[2] - p[2])
            assert heights[0] != heights[1], "two edges meet: take another seed"
            over = heights[0] > heights[1]
            cross = (b[0] - a[0]) * (q[1] - p[1]) - (b[1] - a[1]) * (q[0] - p[0])
            signs.append(1 if (cross > 0) == over else -1)
            met[c, k].append((s, len(signs) * (1 if over else -1)))
            met[d, m].append((t, len(signs) * (-1 if over else 1)))
    code = [[number for k in range(len(part)) for _, number in sorted(met[c, k])] for c, part in enumerate(link)]
    made = regina.Link.fromData(signs, [part for part in code if part]) if signs else regina.Link(len(link))
    for _ in range(len(link) - made.countComponents()):
        made.insertLink(regina.Link(1))
    return made


def snappy_link(link):
    """Regina's link from SnapPy's projection; components may run the other way."""
    pd = project_to_diagram([[Vector3([QQ(c) for c in vertex]) for vertex in part] for part in link]).PD_code(min_strand_index=1)
    made = regina.Link.fromPD(pd) if pd else regina.Link(1)
    # SnapPy drops circles that meet no crossing.
    for _ in range(len(link) - made.countComponents()):
        made.insertLink(regina.Link(1))
    return made


def judged(judge, parts):
    judge.simplify()
    out = {"jones": laurent(judge.jones()), "linking": str(judge.linking())}
    if parts == 1:
        p = judge.alexander()
        out["alexander"] = text(0, [p[k].stringValue() for k in range(p.degree() + 1)])
    return out


def theirs(link):
    found = [judged(gauss_link(link), len(link))]
    if len(link) == 1:
        found.append(judged(snappy_link(link), 1))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--program", default="target/release/examples/invariants")
    options = parser.parse_args()
    links = list(polygons(options.count, options.seed))
    lines = "\n".join(" | ".join(" ".join(str(c) for v in part for c in v) for part in link) for link in links)
    ours = subprocess.run([options.program], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(ours) == len(links), "one line a link"
    wrong, knotted = 0, 0
    for k, (link, line) in enumerate(zip(links, ours)):
        found = dict(field.split("=") for field in line.split())
        knotted += found["jones"] != "0:1"
        for judge in theirs(link):
            for name, value in judge.items():
                if found.get(name) != value:
                    wrong += 1
                    print(f"link {k}: {name} is {found.get(name)} here and {value} there")
    kinds = ", ".join(f"{sum(len(link) == parts for link in links)} of {parts}" for parts in (1, 2, 3))
    print(
        f"{len(links)} links ({kinds} parts; {knotted} not the unknot), {wrong} differences"
        f" (spherogram {spherogram.__version__}, regina {regina.versionString()})"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
