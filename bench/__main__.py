"""`python -m bench NAME [--records N] [--json] [--place DIR]`: one object for each bench, on a line of its own with --json."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from bench import city, claim, creditfile, door, features, gather, machine, marketplace, rules, score

BENCHES = {
    "city": city.run,
    "gather": gather.run,
    "creditfile": creditfile.run,
    "door": door.run,
    "claim": claim.run,
    "features": features.run,
    "rules": rules.run,
    "marketplace": marketplace.run,
    "score": score.run,
}
RECORDS = 2_000_000


def main() -> None:
    asked = _arguments()
    place = asked.place or Path(tempfile.mkdtemp(prefix="jiahe-bench-"))
    place.mkdir(parents=True, exist_ok=True)
    names = list(BENCHES) if asked.name == "all" else [asked.name]
    try:
        for name in names:
            figures = BENCHES[name](asked.records, place, _say) | {"machine": machine.facts()}
            print(json.dumps(figures, ensure_ascii=False, indent=None if asked.json else 2), flush=True)
    finally:
        if asked.place is None:
            shutil.rmtree(place, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="jiahe bench")
    parser.add_argument("name", choices=[*BENCHES, "all"])
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--place", type=Path, help="where to work, and what is kept there; a temporary folder otherwise"
    )
    return parser.parse_args()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
