"""Which area lies in which, by the codes of GB/T 2260 alone: two digits a province, a city, a county, three a town."""

from __future__ import annotations


def stem(code: str) -> str:
    """What the codes of everything within an area begin with; codes of six digits, of nine, or of twelve with noughts."""
    if code[6:].strip("0"):
        return code[:9]
    return code[:6].removesuffix("00").removesuffix("00")


def covers(region: str, area: str) -> bool:
    """Whether an area lies in a region, or is that region itself."""
    return area.startswith(stem(region))
