"""How often policies that look at nothing, and a random forest, are right about the place in problems of `transformation_permanence`.

    raytruth generate --task transformation_permanence --dry-run --json --num-samples 5000 --seed S > problems.json
    python places.py problems.json

Needs numpy and scikit-learn. Of each family: chance (one by the number of places), and how often a rule is right which always says the middle,
where the ball was last seen, where it was at first, or the leftmost place, in percent. Of each number of places: the forest of forest.py on all parameters that are neither moves nor
start nor walls.
"""

import json
import sys
from collections import defaultdict

import numpy as np

from forest import accuracy, columns

CAUSE = {"moves", "start", "walls"}
POLICIES = {
    "middle": lambda problem, n: n // 2,
    "last seen": lambda problem, n: problem["certificate"]["last_seen"],
    "at first": lambda problem, n: problem["parameters"].get("start"),
    "leftmost": lambda problem, n: 0,
}


def places(problem):
    return len(problem["certificate"]["world"]["slots_m"])


def main():
    families = defaultdict(list)
    with open(sys.argv[1], encoding="utf-8") as file:
        for problem in json.load(file):
            families[problem["family"]].append(problem)
    for family, problems in sorted(families.items()):
        chance = 100 * np.mean([1 / places(p) for p in problems])
        print(f"{family}: {len(problems)} problems, chance {chance:.1f} %")
        for name, policy in POLICIES.items():
            right = [policy(p, places(p)) == p["certificate"]["place"] for p in problems]
            print(f"  {100 * np.mean(right):5.1f} % {name}")
        for n in sorted({places(p) for p in problems}):
            some = [p for p in problems if places(p) == n]
            chosen = [c for name, c in columns(some).items() if name not in CAUSE]
            answers = np.array([p["certificate"]["place"] for p in some])
            print(f"  {accuracy(chosen, answers):5.1f} % by a forest, {len(some)} of {n} places, chance {100 / n:.1f} %")


if __name__ == "__main__":
    main()
