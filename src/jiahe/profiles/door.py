"""The one door to an enterprise's data: who asks, for what purpose, may they; the log; the data."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from jiahe.audit.models import AccessLog
from jiahe.catalogue import Authorisation, Category, load
from jiahe.creditfile.models import Enterprise
from jiahe.creditfile.queries.file import read_file, read_file_as_of
from jiahe.creditfile.records import Record, with_persons_masked
from jiahe.gathering.connectors import on_demand
from jiahe.gathering.connectors.on_demand import Asked
from jiahe.kit import clock, uscc
from jiahe.kit.actor import Actor
from jiahe.profiles.errors import NoSuchEnterprise, NotAllowed

DATA_OFFICER = "data_officer"
DATA_QUALITY = "data_quality"


@dataclass(frozen=True)
class EnterpriseHead:
    """Who the enterprise is, from the registry."""

    serial: int
    uscc: str
    name: str
    state: str
    kind: str
    area: str
    industry: str
    established_on: date | None
    generated: bool
    former_names: tuple[str, ...]


@dataclass(frozen=True)
class Withheld:
    """A category that was asked for and is not shown, and why: `written_consent`, `source_down`."""

    category: str
    reason: str


@dataclass(frozen=True)
class Profile:
    """What one reader sees of one enterprise for one purpose at one moment.

    `as_last_known_at` has the categories whose source was asked for this reading: None for one that answered, and
    for one that is down the moment of what is shown instead.
    """

    enterprise: EnterpriseHead
    records: dict[str, list[Record]]
    withheld: tuple[Withheld, ...]
    data_until: date | None
    read_at: datetime
    as_last_known_at: dict[str, datetime | None]


def read(
    *,
    actor: Actor,
    enterprise: str,
    categories: Collection[str] | None,
    purpose: str,
    as_of: date | None = None,
) -> Profile:
    """Read an enterprise's categories (all where None), and log it in the same transaction.

    Raises `NotAllowed` for a reader without the right, `NoSuchEnterprise` for an unknown code.
    """
    if (actor.role, purpose) != (DATA_OFFICER, DATA_QUALITY):
        raise NotAllowed
    found = _enterprise(enterprise)
    known = load().categories
    asked = [known[code] for code in (categories if categories is not None else known) if code in known]
    open_ones = [c for c in asked if _open_to_officer(c)]
    answers = on_demand.ask(found, open_ones) if as_of is None else {}
    withheld = tuple(_withheld(asked, answers))
    with transaction.atomic():
        stored = read_file(found, open_ones) if as_of is None else read_file_as_of(found, open_ones, as_of)
        shown = {code: _as_officer_sees(known[code], rows) for code, rows in _with_answers(stored, answers).items()}
        at = clock.now()
        _log(actor, found, purpose, open_ones, withheld, shown)
    last_known = {code: said.as_last_known_at for code, said in answers.items() if said.known}
    return Profile(_head(found), shown, withheld, _data_until(shown), at, last_known)


def _enterprise(code: str) -> Enterprise:
    found = Enterprise.objects.filter(uscc=uscc.normalise(code)).first()
    if found is None:
        raise NoSuchEnterprise(uscc=code)
    return found


def _withheld(asked: list[Category], answers: dict[str, Asked]) -> Iterator[Withheld]:
    for category in asked:
        if not _open_to_officer(category):
            yield Withheld(category.code, "written_consent")
        elif category.code in answers and not answers[category.code].known:
            yield Withheld(category.code, "source_down")


def _with_answers(stored: dict[str, list[Record]], answers: dict[str, Asked]) -> dict[str, list[Record]]:
    """What sources answered takes the place of what is stored of their categories."""
    said = {code: one.records for code, one in answers.items() if one.records is not None}
    return {code: rows for code, rows in (stored | said).items() if rows}


def _open_to_officer(category: Category) -> bool:
    """A data officer sees all but R; a category of class R may still hold records of an open class."""
    return category.authorisation is not Authorisation.R or bool(category.record_classes)


def _as_officer_sees(category: Category, rows: list[Record]) -> list[Record]:
    """What a data officer is shown of a category: nothing of class R, and persons only by a first character."""
    return [with_persons_masked(category, r) for r in rows if _class_of(category, r) is not Authorisation.R]


def _class_of(category: Category, record: Record) -> Authorisation:
    """The record's own class where the category names one for it, the category's otherwise."""
    for rule in category.record_classes:
        if record.values.get(rule.item) in rule.values:
            return rule.authorisation
    return category.authorisation


def _log(
    actor: Actor,
    enterprise: Enterprise,
    purpose: str,
    read_ones: list[Category],
    withheld: tuple[Withheld, ...],
    shown: dict[str, list[Record]],
) -> None:
    AccessLog.by(
        actor,
        at=clock.now(),
        serial=enterprise.serial,
        uscc=enterprise.uscc,
        purpose=purpose,
        categories=[c.code for c in read_ones],
        withheld=[w.category for w in withheld],
        records=sum(len(rows) for rows in shown.values()),
    ).save()


def _head(enterprise: Enterprise) -> EnterpriseHead:
    return EnterpriseHead(
        serial=enterprise.serial,
        uscc=enterprise.uscc,
        name=enterprise.name,
        state=enterprise.state,
        kind=enterprise.kind,
        area=enterprise.area,
        industry=enterprise.industry,
        established_on=enterprise.established_on,
        generated=enterprise.generated,
        former_names=tuple(enterprise.former_names.order_by("replaced_on").values_list("name", flat=True)),
    )


def _data_until(shown: dict[str, list[Record]]) -> date | None:
    dates = [r.business_date for rows in shown.values() for r in rows if r.business_date]
    return max(dates, default=None)
