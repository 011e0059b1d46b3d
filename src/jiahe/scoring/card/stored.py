"""The card as JSON and back. Reading is strict: a card that is not exactly a card is refused with the place and the fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from math import isfinite
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from jiahe.scoring.card.model import (
    BANDS,
    SCHEMA,
    Bin,
    Calibration,
    Card,
    Characteristic,
    Direction,
    Logistic,
    Origin,
    Scaling,
    Share,
    Steps,
)
from jiahe.scoring.errors import WrongCard

T = TypeVar("T")


def dumps(card: Card) -> str:
    """The file that is published: the same card, the same bytes."""
    return json.dumps(card.document(), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def loads(text: str) -> Card:
    """The card, or WrongCard: nothing is guessed, left out or ignored."""
    try:
        document = json.loads(text)
    except ValueError as broken:
        raise WrongCard(where="JSON", what=_("不是完整的 JSON（{fault}）").format(fault=broken)) from broken
    return _card(Node(document, "card"))


class Node:
    """A value in the document and the way to it."""

    def __init__(self, value: Any, where: str) -> None:
        self.value = value
        self.where = where

    def wrong(self, what: str) -> WrongCard:
        return WrongCard(where=self.where, what=what)

    def fields(self, *names: str) -> list[Node]:
        """The values of exactly these keys."""
        if not isinstance(self.value, dict):
            raise self.wrong(_("应为对象"))
        if missing := [name for name in names if name not in self.value]:
            raise self.wrong(_("缺少 {names}").format(names="、".join(missing)))
        if unknown := sorted(set(self.value) - set(names)):
            raise self.wrong(_("有未知的 {names}").format(names="、".join(unknown)))
        return [Node(self.value[name], f"{self.where}.{name}") for name in names]

    def each(self, read: Callable[[Node], T]) -> tuple[T, ...]:
        if not isinstance(self.value, list):
            raise self.wrong(_("应为数组"))
        return tuple(read(Node(value, f"{self.where}[{number}]")) for number, value in enumerate(self.value))

    def whole(self) -> int:
        if type(self.value) is not int:
            raise self.wrong(_("应为整数"))
        return self.value

    def number(self) -> float:
        if type(self.value) not in (int, float) or not isfinite(self.value):
            raise self.wrong(_("应为数"))
        return float(self.value)

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value:
            raise self.wrong(_("应为文字"))
        return self.value

    def maybe(self, read: Callable[[Node], T]) -> T | None:
        return None if self.value is None else read(self)


def _card(node: Node) -> Card:
    schema, base, scaling, characteristics, calibration, bands, distribution, origin = node.fields(
        "schema", "base", "scaling", "characteristics", "calibration", "bands", "distribution", "origin"
    )
    if schema.value != SCHEMA:
        raise schema.wrong(_("本版本只认 {schema}").format(schema=SCHEMA))
    return Card(
        base=base.whole(),
        scaling=_scaling(scaling),
        characteristics=_characteristics(characteristics),
        calibration=_calibration(calibration),
        bands=_bands(bands),
        distribution=_distribution(distribution),
        origin=_origin(origin),
    )


def _scaling(node: Node) -> Scaling:
    points, odds, pdo = node.fields("points", "odds", "pdo")
    found = Scaling(points.whole(), odds.number(), pdo.number())
    if found.odds <= 0 or found.pdo <= 0:
        raise node.wrong(_("odds 和 pdo 应大于 0"))
    return found


def _characteristics(node: Node) -> tuple[Characteristic, ...]:
    found = node.each(_characteristic)
    if not found:
        raise node.wrong(_("至少要有一项特征"))
    codes = [one.code for one in found]
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise node.wrong(_("特征 {names} 重复").format(names="、".join(twice)))
    return found


def _characteristic(node: Node) -> Characteristic:
    code, direction, weight, average, bins, missing = node.fields(
        "code", "direction", "weight", "average", "bins", "missing"
    )
    found = Characteristic(
        code=code.text(),
        direction=direction.maybe(_direction),
        weight=weight.number(),
        average=average.number(),
        bins=bins.each(_bin),
        missing=_bin(missing),
    )
    _ordered(bins, found)
    return found


def _direction(node: Node) -> Direction:
    if node.value not in list(Direction):
        raise node.wrong(_("应为 {names} 之一").format(names="、".join(Direction)))
    return Direction(node.value)


def _bin(node: Node) -> Bin:
    below, points, woe, records, defaults = node.fields("below", "points", "woe", "records", "defaults")
    found = Bin(below.maybe(Node.number), points.whole(), woe.number(), records.whole(), defaults.whole())
    if not 0 <= found.defaults <= found.records:
        raise node.wrong(_("违约数应在 0 和记录数之间"))
    return found


def _ordered(node: Node, characteristic: Characteristic) -> None:
    """Bounds grow and only the last bin has none; points move as declared."""
    *bounded, last = [one.below for one in characteristic.bins] or [0.0]
    bounds = [below for below in bounded if below is not None]
    if last is not None or len(bounds) != len(bounded) or any(low >= high for low, high in pairwise(bounds)):
        raise node.wrong(_("分箱上界应逐个增大，仅最后一箱没有上界"))
    steps = [high.points - low.points for low, high in pairwise(characteristic.bins)]
    if characteristic.direction is Direction.FALLING:
        steps = [-step for step in steps]
    if characteristic.direction and any(step < 0 for step in steps):
        raise node.wrong(_("分值没有按声明的方向单调变化"))


def _calibration(node: Node) -> Calibration:
    if isinstance(node.value, dict) and "slope" in node.value:
        slope, intercept = node.fields("slope", "intercept")
        if slope.number() >= 0:
            raise slope.wrong(_("应小于 0：分数越高，违约概率越低"))
        return Logistic(slope.number(), intercept.number())
    scores, probabilities = node.fields("scores", "probabilities")
    found = Steps(scores.each(Node.whole), probabilities.each(Node.number))
    if any(low >= high for low, high in pairwise(found.scores)):
        raise scores.wrong(_("分数应逐个增大"))
    if len(found.probabilities) != len(found.scores) + 1 or not all(0 <= one <= 1 for one in found.probabilities):
        raise probabilities.wrong(_("应比分数多一个，并都在 0 和 1 之间"))
    if any(low < high for low, high in pairwise(found.probabilities)):
        raise probabilities.wrong(_("分数越高，违约概率应越低"))
    return found


def _bands(node: Node) -> tuple[int, ...]:
    found = node.each(Node.whole)
    if len(found) != BANDS - 1 or any(high <= low for high, low in pairwise(found)):
        raise node.wrong(_("应为四个逐个减小的分数"))
    return found


def _distribution(node: Node) -> tuple[Share, ...]:
    found = node.each(_share)
    *bounded, last = [share.upto for share in found] or [0]
    bounds = [upto for upto in bounded if upto is not None]
    if last is not None or len(bounds) != len(bounded) or any(low >= high for low, high in pairwise(bounds)):
        raise node.wrong(_("上界应逐个增大，仅最后一段没有上界"))
    return found


def _share(node: Node) -> Share:
    upto, records, defaults = node.fields("upto", "records", "defaults")
    found = Share(upto.maybe(Node.whole), records.whole(), defaults.whole())
    if not 0 <= found.defaults <= found.records:
        raise node.wrong(_("违约数应在 0 和记录数之间"))
    return found


def _origin(node: Node) -> Origin:
    data, rows, defaults, target, seed, lock, threads, since, until = node.fields(
        "data_sha256",
        "rows",
        "defaults",
        "target",
        "seed",
        "lock_sha256",
        "threads",
        "observed_from",
        "observed_to",
    )
    return Origin(
        data_sha256=data.text(),
        rows=rows.whole(),
        defaults=defaults.whole(),
        target=target.text(),
        seed=seed.whole(),
        lock_sha256=lock.text(),
        threads=threads.whole(),
        observed_from=since.maybe(Node.text),
        observed_to=until.maybe(Node.text),
    )
