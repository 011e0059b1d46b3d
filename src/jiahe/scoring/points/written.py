"""An indicator system as it is written down (JSON or YAML): read into one, with every fault named, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from jiahe.catalogue import Text
from jiahe.scoring.points.errors import WrongSystem
from jiahe.scoring.points.system import Band, Dimension, Indicator, System

MOST_DIMENSIONS = 12
MOST_INDICATORS = 20
MOST_BANDS = 12
MOST_POINTS = 1_000
LONGEST_NAME = 20
MOST_VALUE = 10**15


def read(body: Any, known: Mapping[str, str]) -> System:
    """The system that is written in `body`, over the features in `known` (code and name); `WrongSystem` names every fault in it."""
    listed = body.get("dimensions") if isinstance(body, dict) else None
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_DIMENSIONS:
        raise WrongSystem([_("应有 1 至 {most} 个维度。").format(most=MOST_DIMENSIONS)])
    if faults := [*_repeated(listed, known), *(fault for one in listed for fault in _dimension_faults(one, known))]:
        raise WrongSystem(faults)
    return System(tuple(_dimension(one) for one in listed))


def stored(body: dict[str, Any]) -> System:
    """One that `written` wrote, whatever has become of its features since."""
    return System(tuple(_dimension(one) for one in body["dimensions"]))


def written(system: System) -> dict[str, Any]:
    """What `read` makes the same system of."""
    return {"dimensions": [_as_body(one) for one in system.dimensions]}


def _as_body(dimension: Dimension) -> dict[str, Any]:
    return {
        "code": dimension.code,
        "name": {"zh": dimension.name.zh, "en": dimension.name.en},
        "most": dimension.most,
        "indicators": [
            {
                "feature": one.feature,
                "missing": one.missing,
                "bands": [{"least": band.least, "points": band.points} for band in one.bands],
            }
            for one in dimension.indicators
        ],
    }


def _dimension(body: dict[str, Any]) -> Dimension:
    name = Text(body["name"]["zh"].strip(), body["name"]["en"].strip())
    return Dimension(body["code"], name, body["most"], tuple(_indicator(one) for one in body["indicators"]))


def _indicator(body: dict[str, Any]) -> Indicator:
    bands = tuple(Band(one["least"], one["points"]) for one in body["bands"])
    return Indicator(body["feature"], bands, body["missing"])


def _repeated(listed: list[Any], known: Mapping[str, str]) -> Iterator[str]:
    codes = [one.get("code") for one in listed if isinstance(one, dict)]
    if len(set(map(str, codes))) < len(listed):
        yield _("维度的代码不能重复。")
    features = [i.get("feature") for one in listed for i in _indicators_of(one) if isinstance(i, dict)]
    for twice in sorted({str(one) for one in features if features.count(one) > 1}):
        yield _("指标“{feature}”出现了两次：每个指标只用一次。").format(feature=known.get(twice, twice))


def _indicators_of(body: Any) -> list[Any]:
    listed = body.get("indicators") if isinstance(body, dict) else None
    return listed if isinstance(listed, list) else []


def _dimension_faults(body: Any, known: Mapping[str, str]) -> Iterator[str]:
    if not isinstance(body, dict) or not isinstance(body.get("code"), str) or not body["code"].isidentifier():
        yield _("每个维度应有由字母、数字和下划线组成的代码。")
        return
    name, most = body.get("name"), _number(body.get("most"))
    texts = [name.get("zh"), name.get("en")] if isinstance(name, dict) else []
    if not texts or any(not isinstance(one, str) or not 1 <= len(one.strip()) <= 2 * LONGEST_NAME for one in texts):
        yield _("维度“{code}”应有中文和英文名称，各不超过 {most} 个字。").format(
            code=body["code"], most=2 * LONGEST_NAME
        )
        return
    said = str(texts[0]).strip()
    if not 1 <= most <= MOST_POINTS:
        yield _("维度“{name}”的满分应为 1 至 {most} 的整数。").format(name=said, most=MOST_POINTS)
        return
    indicators = _indicators_of(body)
    if not 1 <= len(indicators) <= MOST_INDICATORS:
        yield _("维度“{name}”应有 1 至 {most} 个指标。").format(name=said, most=MOST_INDICATORS)
        return
    faults = [fault for one in indicators for fault in _indicator_faults(one, said, most, known)]
    yield from faults
    if not faults and (reach := sum(_indicator(one).best for one in indicators)) < most:
        yield _("维度“{name}”的指标最多合计 {reach} 分，达不到满分 {most} 分。").format(
            name=said, reach=reach, most=most
        )


def _indicator_faults(body: Any, dimension: str, most: int, known: Mapping[str, str]) -> Iterator[str]:
    feature = str(body.get("feature")) if isinstance(body, dict) else ""
    if feature not in known:
        yield _("维度“{name}”中的指标“{feature}”不存在：请从列表中选择。").format(name=dimension, feature=feature[:40])
        return
    name = known[feature]
    where = {"feature": name, "most": most}
    if not _whole(body.get("missing"), 0, most):
        yield _("指标“{feature}”无数据时的分值应为 0 至 {most} 的整数。").format(**where)
    bands = body.get("bands")
    if not isinstance(bands, list) or not 2 <= len(bands) <= MOST_BANDS or not all(isinstance(b, dict) for b in bands):
        yield _("指标“{feature}”应有 2 至 {bands} 档。").format(**where, bands=MOST_BANDS)
        return
    if not all(_whole(band.get("points"), 0, most) for band in bands):
        yield _("指标“{feature}”各档的分值应为 0 至 {most} 的整数。").format(**where)
    yield from _bound_faults([band.get("least") for band in bands], name)


def _bound_faults(bounds: list[Any], feature: str) -> Iterator[str]:
    if bounds[0] is not None:
        yield _("指标“{feature}”的第一档不设下限。").format(feature=feature)
    if not all(_whole(one, -MOST_VALUE, MOST_VALUE) for one in bounds[1:]):
        yield _("指标“{feature}”从第二档起都应填写下限：金额精确到分，比例精确到 0.01 %，其余为整数。").format(
            feature=feature
        )
        return
    for place, (low, high) in enumerate(pairwise(bounds[1:]), start=3):
        if low >= high:
            yield _("指标“{feature}”第 {place} 档的下限应大于上一档。").format(feature=feature, place=place)


def _number(value: Any) -> int:
    """0 for what is no whole number."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
