"""The inbox: department/category folders whose names are codes; files stay where they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jiahe.catalogue import Catalogue
from jiahe.gathering.delivery import Delivery
from jiahe.gathering.errors import NoSuchFile
from jiahe.gathering.models import LoadMode
from jiahe.gathering.readers.formats import READERS

SUFFIXES = {*READERS, ".zip"}


def deliveries(folder: Path, catalogue: Catalogue, *, mode: LoadMode, history: bool) -> Iterator[Delivery]:
    """One delivery for each category folder with files, in the order of the codes; files in the order of their names."""
    if not folder.is_dir():
        raise NoSuchFile(file=folder)
    for category in catalogue.categories.values():
        place = folder / category.department / category.code
        files = sorted(f for f in place.glob("*") if f.suffix.lower() in SUFFIXES) if place.is_dir() else []
        if files:
            yield Delivery(category, files, source=category.department, mode=mode, history=history)


def strangers(folder: Path, catalogue: Catalogue) -> list[str]:
    """Category folders that the catalogue does not know."""
    known = {(c.department, c.code) for c in catalogue.categories.values()}
    found = [p for p in folder.glob("[0-9][0-9]/[0-9][0-9][0-9][0-9]") if p.is_dir()]
    return sorted(f"{p.parent.name}/{p.name}" for p in found if (p.parent.name, p.name) not in known)
