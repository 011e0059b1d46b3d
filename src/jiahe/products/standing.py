"""How an enterprise stands to a product's conditions, from its own data, read through the door for itself."""

from __future__ import annotations

from dataclasses import dataclass

from jiahe import profiles
from jiahe.gathering.queries.batch import delivered
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.products.admissions import rule
from jiahe.products.models import Product
from jiahe.profiles.enums import Purpose
from jiahe.rules import Facts, Rule, Verdict, categories, evaluate, sentence
from jiahe.rules.model import And

REGISTRATION = "0101"


@dataclass(frozen=True)
class Judged:
    """One condition, what came of it, and the values found where it compares some."""

    sentence: str
    verdict: Verdict
    found: str


@dataclass(frozen=True)
class Standing:
    """All conditions. What the platform does not hold, or may not use, the bank verifies."""

    conditions: tuple[Judged, ...]

    @property
    def met(self) -> int:
        return self._count(Verdict.MET)

    @property
    def failed(self) -> int:
        return self._count(Verdict.NOT_MET)

    @property
    def to_verify(self) -> int:
        return self._count(Verdict.TO_VERIFY)

    def _count(self, verdict: Verdict) -> int:
        return sum(one.verdict is verdict for one in self.conditions)


def stand(*, actor: Actor, product: Product) -> Standing | None:
    """Of the actor's own enterprise. None where the institution publishes no conditions; raises as `profiles.read`."""
    wanted = rule(product.current.admission) if product.current else None
    if wanted is None:
        return None
    asked = sorted(categories(wanted) | {REGISTRATION})
    profile = profiles.read(actor=actor, enterprise=actor.organisation, categories=asked, purpose=Purpose.OWN)
    known = facts(profile, asked)
    return Standing(tuple(_judged(one, known) for one in (wanted.rules if isinstance(wanted, And) else (wanted,))))


def _judged(condition: Rule, known: Facts) -> Judged:
    outcome = evaluate(condition, known, clock.today())
    found = dict.fromkeys(reason.found for reason in outcome.reasons if reason.found)
    return Judged(sentence(condition), outcome.verdict, "、".join(found))


def facts(profile: profiles.Profile, asked: list[str]) -> Facts:
    """What rules may judge of a profile: the categories that were gathered and are wholly open to the reader."""
    head = profile.enterprise
    usable = set(asked) & delivered() - {one.category for one in profile.withheld}
    records = {code: [record.values for record in profile.records.get(code, ())] for code in usable}
    registered = records.get(REGISTRATION) or [{}]
    return Facts(
        records=records,
        region=head.area,
        industry=head.industry,
        size=str(registered[0].get("size") or ""),
        kind=head.kind,
        established_on=head.established_on,
    )
