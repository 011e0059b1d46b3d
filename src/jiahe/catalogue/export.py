"""The whole catalogue for other programs: as one JSON tree, or as a table with one row for each item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from jiahe.catalogue.model import Catalogue, Category, Item


def tree(catalogue: Catalogue) -> dict[str, Any]:
    """Departments with their categories and items, and the code lists; every value is plain JSON."""
    return {
        "departments": [asdict(d) for d in catalogue.departments],
        "code_lists": [asdict(c) for c in catalogue.code_lists.values()],
    }


def rows(catalogue: Catalogue) -> Iterator[dict[str, object]]:
    """One row for each item, with the facts of its category in front."""
    for category in catalogue.categories.values():
        facts = overview(category, catalogue)
        yield from (facts | _item(item, category) for item in category.items)


def overview(category: Category, catalogue: Catalogue) -> dict[str, object]:
    """What a category is, without its items."""
    return {
        "category": category.code,
        "name_zh": category.name.zh,
        "name_en": category.name.en,
        "department": category.department,
        "department_zh": catalogue.department_names[category.department].zh,
        "section": category.section.value,
        "frequency": category.frequency.value,
        "authorisation": category.authorisation.value,
        "negative": category.negative,
        "retention": category.retention.value,
        "items": len(category.items),
    }


def _item(item: Item, category: Category) -> dict[str, object]:
    return {
        "item": item.code,
        "item_zh": item.name.zh,
        "item_en": item.name.en,
        "type": item.type.value,
        "unit": item.unit or "",
        "codes": item.codes or "",
        "required": item.required,
        "in_key": item.code in category.key,
        "sensitivity": item.sensitivity.value,
        "aliases": ";".join(item.aliases),
        "meaning_zh": item.meaning.zh if item.meaning else "",
        "meaning_en": item.meaning.en if item.meaning else "",
    }
