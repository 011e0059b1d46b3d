"""Products side by side: the same lines of each, and whether they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiahe.products.models import ProductVersion
from jiahe.products.sheet import Part, sheet

# After the part about the version come those of its variants, then fees and conditions.
VARIANTS = slice(1, -2)


@dataclass(frozen=True)
class Row:
    """A text for each product, empty where its institution did not publish it."""

    label: str
    texts: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.texts)) > 1


def rows(versions: Sequence[ProductVersion]) -> list[Row]:
    """Every line that one of them has, in the order of the first that has it; their names stand above."""
    flats = [_flat(sheet(one)) for one in versions]
    labels = list(dict.fromkeys(label for flat in flats for label in flat))
    every = [Row(label, tuple(flat.get(label, "") for flat in flats)) for label in labels[1:]]
    return [row for row in every if any(row.texts)]


def of_variants(parts: Sequence[Part]) -> list[Row]:
    """The lines of a product's variants, a text for each; those that none of them publishes at the end."""
    variants = parts[VARIANTS]
    every = [
        Row(line.label, tuple(part.lines[place].text for part in variants))
        for place, line in enumerate(variants[0].lines)
    ]
    return sorted(every, key=lambda row: not any(row.texts))


def _flat(parts: Sequence[Part]) -> dict[str, str]:
    """The text of each line; of several variants, a line for each with its name."""
    variants = parts[VARIANTS]
    first, *last = parts[0], *parts[-2:]
    found = {line.label: line.text for line in first.lines}
    for place, line in enumerate(variants[0].lines):
        said = [(part.title, part.lines[place].text) for part in variants]
        found[line.label] = _together(said)
    return found | {line.label: line.text for part in last for line in part.lines}


def _together(said: Sequence[tuple[str, str]]) -> str:
    texts = {text for _title, text in said}
    if len(texts) == 1:
        return texts.pop()
    return "\n".join(f"{title}：{text or '—'}" for title, text in said)
