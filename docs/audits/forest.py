"""How well a random forest tells the class of problems that it has not seen, from one parameter or from many.

    raytruth generate --task T --dry-run --json --num-samples 5000 --seed S > problems.json
    python forest.py problems.json [--cause ball_material,ball_mass_kg,ball_density_kg_m3] [--together]

Needs numpy and scikit-learn. Of each family: chance (the most frequent class), each parameter alone if it is right 3 points more often than that,
all parameters but those of `--cause`, and all of them; with `--together` all families are one, so that the family is guessed too.
400 trees, leaves of two problems at least, five folds, by a fixed seed.
"""

import argparse
import json
from collections import Counter, defaultdict

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_predict


def columns(problems):
    """Each parameter's columns: a number is one, a name one for each of its values. What a problem does not have is -1."""
    names = sorted({k for p in problems for k, v in p["parameters"].items() if isinstance(v, (int, float, str, bool))})
    out = {}
    for name in names:
        values = [p["parameters"].get(name) for p in problems]
        if any(isinstance(v, str) for v in values):
            levels = sorted({v for v in values if v is not None})
            out[name] = [[float(v == level) for v in values] for level in levels]
        else:
            out[name] = [[-1.0 if v is None else float(v) for v in values]]
    return out


def accuracy(chosen, classes):
    x = np.array([column for group in chosen for column in group]).T
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    forest = RandomForestClassifier(400, min_samples_leaf=2, random_state=0)
    return 100 * (cross_val_predict(forest, x, classes, cv=folds) == classes).mean()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("problems")
    parser.add_argument("--cause", default="", help="parameters that are the cause, or follow from it, with commas between")
    parser.add_argument("--together", action="store_true", help="all families as one")
    args = parser.parse_args()
    cause = set(filter(None, args.cause.split(",")))
    families = defaultdict(list)
    with open(args.problems, encoding="utf-8") as file:
        for problem in json.load(file):
            families["all" if args.together else problem["family"]].append(problem)
    for family, problems in sorted(families.items()):
        classes = np.array([p["class"] for p in problems])
        chance = 100 * max(Counter(classes.tolist()).values()) / len(classes)
        print(f"{family}: {len(problems)} problems, chance {chance:.1f} %")
        of = columns(problems)
        for name, columns_of_one in of.items():
            alone = accuracy([columns_of_one], classes)
            if alone > chance + 3:
                print(f"  {alone:5.1f} % by {name} alone")
        rest = [c for name, c in of.items() if name not in cause]
        if cause:
            print(f"  {accuracy(rest, classes):5.1f} % by all but the cause")
        print(f"  {accuracy(list(of.values()), classes):5.1f} % by everything")


if __name__ == "__main__":
    main()
