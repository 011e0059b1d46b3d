"""What is true of single items, by category and item: a module for each department or for some that belong together."""

from __future__ import annotations

from jiahe.city.themes import courts, credit, customs, estate, labour, registration, tax, utilities
from jiahe.city.themes.columns import Theme

THEMES: dict[str, Theme] = {
    code: theme
    for module in (registration, tax, courts, credit, labour, estate, customs, utilities)
    for code, theme in module.THEMES.items()
}
