"""Read the YAML files into the typed catalogue. A file that does not fit the model raises `CatalogueError`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from jiahe.catalogue.model import (
    Authorisation,
    Catalogue,
    Category,
    CodeList,
    CodeValue,
    Department,
    Frequency,
    Item,
    ItemType,
    RecordClass,
    Retention,
    Section,
    Sensitivity,
    Text,
)

MONEY_SCALE = {"元": 2, "万元": 6}
DEFAULT_SCALE = 2


class CatalogueError(ValueError):
    """A catalogue file does not say what the model needs; the sentence names file and place."""


@lru_cache(maxsize=1)
def load() -> Catalogue:
    """The catalogue that ships with the package."""
    root = files("jiahe.catalogue")
    derived, attached = (_department(root / f"{name}.yaml").categories for name in ("derived", "attached"))
    return replace(read(root / "departments", root / "codes"), derived=derived, attached=attached)


def read(departments: Traversable, codes: Traversable) -> Catalogue:
    """Build a catalogue from two folders of YAML files."""
    return Catalogue(
        departments=tuple(_department(f) for f in _yaml_files(departments)),
        code_lists={c.code: c for c in (_code_list(f) for f in _yaml_files(codes))},
    )


def _yaml_files(folder: Traversable) -> list[Traversable]:
    return sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Whatever does not fit within becomes a sentence that begins with the place."""
    try:
        yield
    except KeyError as error:
        raise CatalogueError(f"{place}: {error.args[0]} is missing") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise CatalogueError(f"{place}: {error}") from error


def _parse(file: Traversable) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader, in C where there is one
    except yaml.YAMLError as error:
        raise CatalogueError(f"{file.name}: {error}") from error
    if not isinstance(content, dict):
        raise CatalogueError(f"{file.name}: a mapping is expected")
    return content


def _department(file: Traversable) -> Department:
    content = _parse(file)
    with _at(file.name):
        code = str(content["code"])
        categories = tuple(_category(c, code) for c in content["categories"])
        return Department(code, Text(**content["name"]), categories)


def _category(content: dict[str, Any], department: str) -> Category:
    with _at(f"category {content.get('code', '?')}"):
        default = Sensitivity(content.pop("sensitivity", "business"))
        return Category(
            department=department,
            name=Text(**content.pop("name")),
            section=Section(content.pop("section")),
            frequency=Frequency(content.pop("frequency")),
            authorisation=Authorisation(content.pop("authorisation")),
            retention=Retention(content.pop("retention")),
            key=tuple(content.pop("key")),
            items=tuple(_item(i, default) for i in content.pop("items")),
            record_classes=tuple(_record_class(r) for r in content.pop("record_classes", [])),
            natural_authorisation=_optional_class(content.pop("natural_authorisation", None)),
            note=_optional_text(content.pop("note", None)),
            **content,
        )


def _item(content: dict[str, Any], default: Sensitivity) -> Item:
    with _at(f"item {content.get('code', '?')}"):
        kind = ItemType(content.pop("type"))
        unit = content.pop("unit", None)
        scale = content.pop("scale", None)
        return Item(
            name=Text(content.pop("zh"), content.pop("en")),
            type=kind,
            unit=unit,
            scale=_scale(kind, unit, scale),
            sensitivity=Sensitivity(content.pop("sensitivity", default)),
            aliases=tuple(content.pop("aliases", ())),
            meaning=_optional_text(content.pop("meaning", None)),
            **content,
        )


def _scale(kind: ItemType, unit: str | None, scale: int | None) -> int:
    if kind is not ItemType.DECIMAL:
        return 0
    if unit in MONEY_SCALE:
        return MONEY_SCALE[unit]
    return DEFAULT_SCALE if scale is None else scale


def _record_class(content: dict[str, Any]) -> RecordClass:
    values = tuple(str(v) for v in content["in"])
    return RecordClass(content["item"], values, Authorisation(content["authorisation"]))


def _optional_class(content: str | None) -> Authorisation | None:
    return Authorisation(content) if content else None


def _optional_text(content: dict[str, str] | None) -> Text | None:
    return Text(**content) if content else None


def _code_list(file: Traversable) -> CodeList:
    content = _parse(file)
    with _at(file.name):
        values = tuple(_code_value(str(k), v) for k, v in content["values"].items())
        return CodeList(content["code"], Text(**content["name"]), content["source"], values, content.get("parents"))


def _code_value(code: str, content: dict[str, Any]) -> CodeValue:
    with _at(f"value {code}"):
        name = Text(content["zh"], content["en"])
        parent = content.get("parent")
        return CodeValue(code, name, tuple(content.get("aliases", ())), str(parent) if parent else None)
