"""The industry of an enterprise of which no department states it, inferred from its business scope and its name.

A scope is a list of activities, the main one first; what counts is a thing and what is done with it: who makes garments is
of another division than who sells them. So a text becomes pieces of evidence, a word with the deed of its clause, and each
piece has counts by GB/T 4754 division: some from the standard's own words (`industry_words.yaml`), and as many as there are
registrations that do state their division. The evidence adds up as in naive Bayes, which gives the division and how certain it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

Counts = np.ndarray[Any, np.dtype[np.float64]]
MADE, SOLD, RETAILED, NAMED, DONE = "made", "sold", "retailed", "named", "done"
INDUSTRY = tuple(f"{number:02}" for number in range(6, 44))
TRADE = WHOLESALE, RETAIL = "51", "52"
# What an enterprise that makes, sells or does something with a thing tells of the thing's own division and of trade.
# deed → (a division of industry, another division, wholesale, retail)
TOLD: dict[str, tuple[float, float, float, float]] = {
    MADE: (4.0, 1.0, 0.0, 0.0),
    SOLD: (0.4, 1.0, 3.0, 1.2),
    RETAILED: (0.2, 0.6, 0.4, 4.0),
    NAMED: (4.0, 4.0, 0.0, 0.0),
    DONE: (2.0, 4.0, 0.2, 0.1),
}
DEEDS = (
    (MADE, re.compile("制造|加工|生产|织造|制作|铸造|印刷")),
    (SOLD, re.compile("销售|批发|经销|贸易|佣金代理|收购|购销")),
    (RETAILED, re.compile("零售")),
)
TRADES = re.compile("贸易|商贸|经贸|工贸|外贸|进出口|销售|供销|物资|商行|经营部")
SHOPS = re.compile("店$|店[（(]|超市|商场|商店|门市部|加油站|药房|购物")
MAKES = re.compile("厂|制造|制衣|织造|印染|纺织|制品")
# What stands in most scopes and tells nothing: brackets, headings, what needs a permit, foreign trade beside the business.
IDLE = re.compile(
    r"[(（\[【][^)）\]】]*[)）\]】]?|一般(经营)?项目|许可(经营)?项目|[:：]?依法须经批准.*|[*＊&＆]+|(货物|技术)?进出口(业务)?"
    r"|自产产品的?(销售|出口)|(本企业)?(生产|科研)?所需的?.*进口"
)
FORM = re.compile(
    r"[(（].*?[)）]|股份|有限|责任|集团|公司|分公司|浙江省?|嘉兴市?|(南湖|秀洲)区?|(海宁|平湖|桐乡)市?|(嘉善|海盐)县?"
)
CLAUSE, PART = re.compile(r"[；;。\s]+"), re.compile("[、，,.：:]")
FADING, FADING_BY_CLAUSE = 0.85, 0.6  # how much less each further activity, and clause, of a scope tells
LEAST_WEIGHT = 0.05
NAME_WEIGHT = 1.5
UNTOLD = 0.02  # the count of a division that a piece of evidence never told of
REPETITION = 1 / 3  # the pieces of a text repeat each other: so many times as much evidence is this power of it
Evidence = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Inferred:
    """A division, and the probability that it is the right one, in [0, 1]."""

    division: str
    certainty: float


@dataclass
class Model:
    """How often each piece of evidence told of each division."""

    divisions: tuple[str, ...]
    counts: dict[str, Counts] = field(default_factory=dict)
    logs: dict[str, Counts] = field(default_factory=dict, compare=False, repr=False)

    def learn(self, registrations: Iterable[tuple[str, str, str]]) -> None:
        """Add registrations that state their division: (division, scope, name); an unknown division is passed over."""
        place = {division: number for number, division in enumerate(self.divisions)}
        self.logs.clear()
        for division, scope, name in registrations:
            if division in place:
                for piece, weight in evidence(scope, name):
                    self._row(piece)[place[division]] += weight

    def infer(self, scope: str, name: str) -> Inferred | None:
        """The likeliest division; None where nothing in the texts tells of any."""
        known = [(piece, weight) for piece, weight in evidence(scope, name) if piece in self.counts]
        if not known:
            return None
        rows, weights = np.array([self._logs(piece) for piece, _ in known]), np.array([weight for _, weight in known])
        points = weights @ rows / max(1.0, weights.sum()) ** REPETITION
        chance = np.exp(points - points.max())
        best = int(chance.argmax())
        return Inferred(self.divisions[best], round(float(chance[best] / chance.sum()), 4))

    def infer_all(self, texts: Iterable[tuple[str, str]]) -> list[Inferred | None]:
        """The same for many, in their order."""
        return [self.infer(scope, name) for scope, name in texts]

    def stored(self) -> dict[str, Any]:
        """As JSON holds it: of each piece the divisions that it told of."""
        rows = {p: {self.divisions[i]: row[i] for i in np.flatnonzero(row)} for p, row in sorted(self.counts.items())}
        return {"divisions": list(self.divisions), "counts": rows}

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Model:
        model = cls(tuple(stored["divisions"]))
        for piece, row in stored["counts"].items():
            for division, count in row.items():
                model._row(piece)[model.divisions.index(division)] = count
        return model

    def _logs(self, piece: str) -> Counts:
        """The logarithm of how likely each division is when this piece is all that is known."""
        if piece not in self.logs:
            told = self.counts[piece] + UNTOLD
            self.logs[piece] = np.log(told / told.sum())
        return self.logs[piece]

    def _row(self, piece: str) -> Counts:
        return self.counts.setdefault(piece, np.zeros(len(self.divisions)))


def infer(scope: str, name: str) -> Inferred | None:
    """By the standard's words alone."""
    return standard().infer(scope, name)


@lru_cache(maxsize=1)
def standard() -> Model:
    """The model before any registration was learnt from."""
    model = Model(tuple(_words()))
    place = {division: number for number, division in enumerate(model.divisions)}
    for division, words in _words().items():
        for word in words:
            for deed, (industry, other, wholesale, retail) in TOLD.items():
                row = model._row(f"{deed} {word}")
                row[place[division]] += (
                    industry if division in INDUSTRY else other * (deed != MADE or division not in TRADE)
                )
                row[place[WHOLESALE]] += wholesale
                row[place[RETAIL]] += retail
    return model


def evidence(scope: str, name: str) -> Evidence:
    """The pieces of a scope, the first with the most weight, and those of the name."""
    short = FORM.sub("", name)
    pieces = [(f"{NAMED} {word}", NAME_WEIGHT) for word in _words_in(short)]
    weight = 1.0
    for clause in CLAUSE.split(IDLE.sub("；", scope)):
        deed = _deed(clause, short)
        for part in PART.split(clause):
            if words := list(_words_in(part)):
                pieces += [(f"{deed} {word}", weight) for word in words]
                weight = max(LEAST_WEIGHT, weight * FADING)
        weight = max(LEAST_WEIGHT, weight * FADING_BY_CLAUSE) if weight < 1 else weight
    return tuple(pieces)


def _deed(clause: str, name: str) -> str:
    """What a clause does with its things; one that does not say does what the name says."""
    for deed, pattern in DEEDS:
        if pattern.search(clause):
            return deed
    return next((deed for deed, says in ((RETAILED, SHOPS), (SOLD, TRADES), (MADE, MAKES)) if says.search(name)), DONE)


def _words_in(text: str) -> Iterator[str]:
    """The known words of a text from left to right, the longest where several begin."""
    known, place = _vocabulary(), 0
    while place < len(text):
        word = next((word for word in known.get(text[place], ()) if text.startswith(word, place)), "")
        if word:
            yield word
        place += len(word) or 1


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, list[str]]:
    """The words by their first sign, the longest first."""
    known: dict[str, list[str]] = {}
    for word in sorted({word for words in _words().values() for word in words}, key=lambda word: (-len(word), word)):
        known.setdefault(word[0], []).append(word)
    return known


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    text = (files("jiahe.scoring") / "industry_words.yaml").read_text(encoding="utf-8")
    return {division: words.split() for division, words in yaml.safe_load(text).items()}
