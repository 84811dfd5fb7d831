"""Recomputes the answers of abstraction_topology from `certificate.world` alone, with Regina and SnapPy.

    pip install regina snappy
    raytruth generate --task abstraction_topology --dry-run --json --num-samples 48 --difficulty mixed > problems.json
    python crates/tasks/topology/scripts/against_regina.py problems.json

The curves of all four links are projected along z, where the picture is taken from, and along two other directions, in whole numbers; SnapPy
projects knots as well. Their Jones polynomials and linking numbers must be those that the certificate claims; and between A and B, as between C and
D, must lie what the rule says, where an invariant tells it: nothing (relax), the mirror image, a trefoil of the same hand in both, or a linking
number with the ring. Prints what differs and exits with 1 if anything does.
"""

import argparse
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "knots" / "scripts"))
from against_regina import gauss_link, snappy_link  # noqa: E402

# Linear maps of positive determinant: the link stays the link, and is seen from elsewhere.
VIEWS = [((1, 0, 0), (0, 1, 0), (0, 0, 1)), ((9, 1, 4), (0, 9, 3), (-4, 2, 9)), ((7, 0, -3), (2, 8, 5), (1, -6, 7))]


def whole(curves):
    return [[tuple(round(1e6 * c) for c in point) for point in strand] for strand in curves]


def seen(link, view):
    return [[tuple(sum(m * c for m, c in zip(row, p)) for row in view) for p in part] for part in link]


def terms(p):
    """Of the root of t to Kauffman's A: t = A^-4."""
    if p.isZero():
        return {}
    exponents = range(p.minExp(), p.maxExp() + 1)
    return {-2 * e: int(p[e].stringValue()) for e in exponents if int(p[e].stringValue())}


def judged(link):
    """What it is in every view: polynomials and total linking numbers."""
    made = [gauss_link(seen(link, view)) for view in VIEWS] + ([snappy_link(link)] if len(link) == 1 else [])
    found = []
    for judge in made:
        judge.simplify()
        found.append((terms(judge.jones()), judge.linking()))
    return found


def times(p, q):
    out = {}
    for a, c in p.items():
        for b, d in q.items():
            out[a + b] = out.get(a + b, 0) + c * d
    return {e: c for e, c in out.items() if c}


def mirrored(p):
    return {-e: c for e, c in p.items()}


RIGHT = {-4: 1, -12: 1, -16: -1}


def explains(rule, before, after):
    """The ways in which the rule takes one to the other; all that there are if no invariant tells."""
    (p, linked), (q, links) = before, after
    if rule == "relax":
        return {"same"} if p == q else set()
    if rule == "mirror":
        return {"mirrored"} if mirrored(p) == q else set()
    if rule == "connect_trefoil":
        return {name for name, t in (("right", RIGHT), ("left", mirrored(RIGHT))) if times(p, t) == q}
    if rule == "link_ring":
        return {links - linked} & {-1, 1}
    return {"any"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("problems")
    options = parser.parse_args()
    text = pathlib.Path(options.problems).read_text()
    problems = json.loads(text) if text.lstrip().startswith("[") else [json.loads(line) for line in text.splitlines() if line.strip()]
    if isinstance(problems, dict):
        problems = problems["problems"]
    wrong, rules = 0, {}
    for k, problem in enumerate(problems):
        told = problem["certificate"]
        rule, found = told["rule"], {}
        rules[rule] = rules.get(rule, 0) + 1
        for panel, claimed in told["links"].items():
            views = judged(whole(told["world"][panel]))
            claim = ({e: c for e, c in claimed["jones_in_a"]}, sum(claimed["linking"]))
            found[panel] = views[0]
            if any(view != claim for view in views[: len(VIEWS)]) or any(view[0] != claim[0] for view in views[len(VIEWS):]):
                wrong += 1
                print(f"problem {k}, {panel}: {claim} is claimed, {views} found")
        if not explains(rule, found["a"], found["b"]) & explains(rule, found["c"], found["d"]):
            wrong += 1
            print(f"problem {k}: {rule} does not take a to b and c to d in the same way")
        if found["b"][0] == found["d"][0]:
            wrong += 1
            print(f"problem {k}: b is the answer")
    print(f"{len(problems)} problems {rules}, {wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
