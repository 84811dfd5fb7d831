"""How well names of links alone tell the rule, the answer, and where it changes.

    raytruth generate --task abstraction_topology --dry-run --json --num-samples 5000 --seed S > problems.json
    python links.py problems.json...

Needs numpy and scikit-learn. The rule: by each parameter alone, and by all but the rule itself. The answer: D's Jones polynomial, by the third link
alone, by the rule alone, and by both. The place: in which eighth of a turn about C's middle lies what D has and C has not, where one crossing
changes or a ring is linked. Always against chance, the most frequent one. 400 trees, leaves of two problems at least, five folds.
"""

import json
import sys
from collections import Counter

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import KFold, cross_val_predict

SHOWN = ["first", "third", "hand", "strands"]
# What lies farther from every vertex of C than this has changed: strands' radius.
OFF = 0.06


def columns(problems, names):
    values = [[str(p["parameters"][name]) if name != "class" else p["class"] for p in problems] for name in names]
    return np.array([[v == level for v in of] for of in values for level in sorted(set(of))], dtype=float).T


def accuracy(problems, names, wanted):
    forest = RandomForestClassifier(400, min_samples_leaf=2, random_state=0)
    folds = KFold(5, shuffle=True, random_state=0)
    return 100 * (cross_val_predict(forest, columns(problems, names), wanted, cv=folds) == wanted).mean()


def chance(wanted):
    return 100 * max(Counter(wanted.tolist()).values()) / len(wanted)


def place(world):
    """The eighth of a turn about C's middle in which D differs, 0 to 7."""
    c, d = (np.concatenate([np.array(strand) for strand in world[name]]) for name in "cd")
    off = np.linalg.norm(d[:, None] - c[None], axis=2).min(1) > OFF
    middle = 0.5 * (c[:, :2].min(0) + c[:, :2].max(0))
    x, y = (d[off] if off.any() else d)[:, :2].mean(0) - middle
    return int((np.arctan2(y, x) / (2 * np.pi) * 8) % 8)


def main():
    problems = []
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8") as file:
            problems += json.load(file)
    rules = np.array([p["class"] for p in problems])
    print(f"{len(problems)} problems; the rule: chance {chance(rules):.1f} %")
    for name in SHOWN:
        print(f"  {accuracy(problems, [name], rules):5.1f} % by {name} alone")
    print(f"  {accuracy(problems, SHOWN, rules):5.1f} % by all of them")
    answers = np.array([json.dumps(p["certificate"]["links"]["d"]["jones_in_a"]) for p in problems])
    print(f"the answer, one of {len(set(answers))}: chance {chance(answers):.1f} %")
    for names in (["third"], ["class"], ["third", "class"]):
        print(f"  {accuracy(problems, names, answers):5.1f} % by {' and '.join(names)}")
    for rule in ("crossing_change", "link_ring"):
        some = [p for p in problems if p["class"] == rule]
        eighths = np.array([place(p["certificate"]["world"]) for p in some])
        by = accuracy(some, SHOWN, eighths)
        print(f"the place of {rule}, {len(some)} problems: chance {chance(eighths):.1f} %, {by:.1f} % by all of them")


if __name__ == "__main__":
    main()
