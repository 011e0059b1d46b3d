"""Write the parts of docs/ that the code knows: the operator's table of settings."""

from __future__ import annotations

import re
from pathlib import Path

from jiahe.kit.configuration import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
OPERATOR = ROOT / "docs/operator/README.md"
PLACE = re.compile(r"(<!-- settings:.*?-->\n).*?(<!-- /settings -->)", re.DOTALL)


def settings_table() -> str:
    rows = (f"| `{s.name}` | `{s.key}` | {f'`{s.default}`' if s.default else '—'} | {s.meaning} |" for s in SETTINGS)
    return "\n".join(["| 变量 | jiahe.toml | 默认 | 含义 |", "| --- | --- | --- | --- |", *rows, ""])


def with_settings(text: str) -> str:
    return PLACE.sub(lambda found: f"{found[1]}{settings_table()}{found[2]}", text)


def main() -> None:
    OPERATOR.write_text(with_settings(OPERATOR.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
