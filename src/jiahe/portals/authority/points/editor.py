"""An indicator system as a form of plain fields: shown from what is written, and read back from what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import count
from typing import Any

from django.http import QueryDict

from jiahe.scoring.points import words
from jiahe.scoring.points.measures import as_kept, named

SPARE_BANDS = 2


@dataclass(frozen=True)
class BandRow:
    """`prefix` begins the names of its fields."""

    prefix: str
    least: str
    points: str
    first: bool


@dataclass(frozen=True)
class IndicatorRow:
    prefix: str
    feature: str
    missing: str
    unit: str
    bands: tuple[BandRow, ...]


@dataclass(frozen=True)
class DimensionRow:
    prefix: str
    code: str
    zh: str
    en: str
    most: str
    indicators: tuple[IndicatorRow, ...]


def rows(body: dict[str, Any]) -> list[DimensionRow]:
    """What is written, with an empty indicator in each dimension and an empty dimension to add."""
    listed = [*body["dimensions"], {"name": {}, "indicators": []}]
    return [_dimension(place, one) for place, one in enumerate(listed)]


def _dimension(place: int, body: dict[str, Any]) -> DimensionRow:
    prefix, names = f"d{place}", body["name"]
    indicators = [*body["indicators"], {"bands": []}]
    return DimensionRow(
        prefix=prefix,
        code=body.get("code", ""),
        zh=names.get("zh", ""),
        en=names.get("en", ""),
        most=_said(body.get("most")),
        indicators=tuple(_indicator(f"{prefix}.i{n}", one) for n, one in enumerate(indicators)),
    )


def _indicator(prefix: str, body: dict[str, Any]) -> IndicatorRow:
    feature = body.get("feature", "")
    bands = [*body["bands"], *[{}] * (SPARE_BANDS if body["bands"] else SPARE_BANDS + 1)]
    return IndicatorRow(
        prefix=prefix,
        feature=named().get(feature, feature),
        missing=_said(body.get("missing")),
        unit=words.unit(feature),
        bands=tuple(_band(f"{prefix}.b{n}", one, feature, first=n == 0) for n, one in enumerate(bands)),
    )


def _band(prefix: str, body: dict[str, Any], feature: str, *, first: bool) -> BandRow:
    least = body.get("least")
    said = words.number(feature, least) if isinstance(least, int) else _said(least)
    return BandRow(prefix, said, _said(body.get("points")), first)


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def typed(data: QueryDict) -> dict[str, Any]:
    """What was typed, as it is written; what is no number stays as it was typed, and `read` will say so.

    A dimension without a name, an indicator without a feature and an empty band are left out.
    """
    codes = {name: code for code, name in named().items()}
    found = [_typed_dimension(data, prefix, codes) for prefix in _present(data, "d", "zh")]
    return {"dimensions": [one for one in found if one["name"]["zh"] or one["name"]["en"]]}


def _present(data: QueryDict, stem: str, field: str) -> Iterator[str]:
    for place in count():
        prefix = f"{stem}{place}"
        if f"{prefix}.{field}" not in data:
            return
        yield prefix


def _typed_dimension(data: QueryDict, prefix: str, codes: dict[str, str]) -> dict[str, Any]:
    indicators = [_typed_indicator(data, one, codes) for one in _present(data, f"{prefix}.i", "feature")]
    return {
        "code": _text(data, f"{prefix}.code") or f"dimension_{prefix[1:]}",
        "name": {"zh": _text(data, f"{prefix}.zh"), "en": _text(data, f"{prefix}.en")},
        "most": _whole(_text(data, f"{prefix}.most")),
        "indicators": [one for one in indicators if one["feature"]],
    }


def _typed_indicator(data: QueryDict, prefix: str, codes: dict[str, str]) -> dict[str, Any]:
    said = _text(data, f"{prefix}.feature")
    feature = codes.get(said, said)
    bands = []
    for place, one in enumerate(_present(data, f"{prefix}.b", "points")):
        least, points = _text(data, f"{one}.least"), _text(data, f"{one}.points")
        if least or points:
            bands.append({"least": _bound(feature, least) if place else None, "points": _whole(points)})
    missing = _text(data, f"{prefix}.missing") or "0"
    return {"feature": feature, "missing": _whole(missing), "bands": bands}


def _bound(feature: str, said: str) -> int | str | None:
    if not said:
        return None
    try:
        kept = as_kept(feature, Decimal(said.replace(",", "")))
    except (InvalidOperation, OverflowError, ValueError):
        return said
    return said if kept is None else kept


def _whole(said: str) -> int | str:
    digits = said.removeprefix("-")
    return int(said) if digits.isascii() and digits.isdecimal() else said


def _text(data: QueryDict, name: str) -> str:
    return data.get(name, "").strip()[:60]
