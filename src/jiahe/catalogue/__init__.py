"""The catalogue: 27 departments, 104 categories and their items. Everything downstream is generated from it."""

from jiahe.catalogue.loader import CatalogueError, load
from jiahe.catalogue.model import (
    Authorisation,
    Catalogue,
    Category,
    CodeList,
    Department,
    Frequency,
    Item,
    ItemType,
    Retention,
    Section,
    Sensitivity,
    Text,
)

__all__ = [
    "Authorisation",
    "Catalogue",
    "CatalogueError",
    "Category",
    "CodeList",
    "Department",
    "Frequency",
    "Item",
    "ItemType",
    "Retention",
    "Section",
    "Sensitivity",
    "Text",
    "load",
]
