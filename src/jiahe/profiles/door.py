"""The one door to an enterprise's data: who asks, for what purpose, under which consent; the log; the data."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from jiahe.catalogue import Authorisation, Category, load
from jiahe.consent.actions.use import admission
from jiahe.consent.errors import closed
from jiahe.consent.numbers import is_strict
from jiahe.consent.terms import Refusal, Subject
from jiahe.creditfile.queries.file import read_file, read_file_as_of
from jiahe.creditfile.records import Record
from jiahe.gathering.connectors import on_demand
from jiahe.gathering.connectors.on_demand import Asked
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.kit.statements import in_one_go
from jiahe.profiles import derived
from jiahe.profiles.enums import Reason
from jiahe.profiles.errors import NoSuchEnterprise, NothingOpen
from jiahe.profiles.head import EnterpriseHead, head, parties
from jiahe.profiles.opening import Opening, publicity_ended
from jiahe.profiles.policy import P0, Rule
from jiahe.profiles.view import (
    UNKNOWN,
    Reader,
    View,
    Withheld,
    assert_active,
    code_of,
    log_of,
    needing_consent,
    reader_of,
    subject_of,
    unconsented,
    view_of,
    withheld_of,
)
from jiahe.scoring.models import Told

# Refusals that say what a consent leaves out come behind those that say what happened to it.
LEFT_OUT = (Reason.NONE, Reason.NOT_NAMED, Reason.NOT_WRITTEN)


@dataclass(frozen=True)
class Profile:
    """What one reader sees of one enterprise for one purpose at one moment, and the numbers of the consents behind it.

    `as_last_known_at` has the categories whose source was asked for this reading: None for one that answered, and
    for one that is down the moment of what is shown instead. `refused` has how many rows of what such a source said
    are not shown, since they break a check or are about another enterprise, where there are any. `derived` has
    by category what the platform makes of the records.
    """

    enterprise: EnterpriseHead
    records: dict[str, list[Record]]
    withheld: tuple[Withheld, ...]
    consents: tuple[str, ...]
    data_until: date | None
    read_at: datetime
    as_last_known_at: dict[str, datetime | None]
    refused: dict[str, int]
    derived: dict[str, Told]


def read(
    *,
    actor: Actor,
    enterprise: str,
    categories: Collection[str] | None,
    purpose: str,
    as_of: date | None = None,
) -> Profile:
    """Read an enterprise's categories (all where None), and log it in the same transaction.

    Raises `NotAllowed` for a reader without the right and `NoSuchEnterprise` for an unknown code. Who reads under
    consent and finds nothing open gets the consent's own refusal (`consent.errors.Closed`), or `NothingOpen` where
    there is no consent; that is logged too.
    """
    reader = reader_of(actor, purpose, categories)
    code = code_of(enterprise)
    if not reader.rule.reaches(code, actor.organisation):
        raise NoSuchEnterprise(uscc=code)
    answers = _answers(reader, code) if as_of is None else {}
    with in_one_go(), transaction.atomic():
        view = _view(reader, code)
        refused = _refused(reader.rule, view)
        withheld = (*withheld_of(view), *_silent(view, answers))
        shown = _shown(reader, view, as_of, answers)
        made = derived.of(view, as_of)
        at = clock.now()
        log_of(reader, view, at, withheld, sum(map(len, shown.values())) + len(made)).send()
    if refused or view.enterprise is None:
        raise refused or NothingOpen(uscc=code)
    last_known = {code: said.as_last_known_at for code, said in answers.items() if said.known}
    return Profile(
        head(view.enterprise, view.former_names),
        shown,
        withheld,
        tuple(view.consents),
        _data_until(shown),
        at,
        last_known,
        {code: said.refused for code, said in answers.items() if said.refused},
        made,
    )


def _view(reader: Reader, code: str) -> View:
    """What is open now. A consent that opens something is held until the transaction ends, and its use is counted."""
    actor, strict = reader.actor, is_strict(clock.now())
    asked = parties(actor.organisation, code)
    admitted = admission(actor=actor, uscc=code, purpose=reader.purpose) if reader.rule.consents else None
    found = asked()
    assert_active(actor, found.organisation)
    if found.enterprise is None and not reader.rule.consents:
        raise NoSuchEnterprise(uscc=code)
    subject = subject_of(found.enterprise) if found.enterprise else Subject(UNKNOWN, code)
    needed = needing_consent(reader, subject.subject_kind, strict=strict)
    held = admitted(subject, needed) if admitted else unconsented(subject, strict=strict)
    return view_of(reader, code, found.enterprise, held, found.former_names)


def _refused(rule: Rule, view: View) -> JiaheError | None:
    """Why who reads under consent sees nothing of what was asked; None where something is open."""
    if view.open_ones or not rule.consents:
        return None
    if view.enterprise is None or not (view.admission.ordinary.consent or view.admission.written.consent):
        return NothingOpen(uscc=view.uscc)
    reasons = [one.reason for one in view.openings.values() if one.reason]
    return closed(Refusal(min(reasons, key=LEFT_OUT.__contains__).value)) if reasons else NothingOpen(uscc=view.uscc)


def _answers(reader: Reader, code: str) -> dict[str, Asked]:
    """What the sources of on-demand categories say now, of those that are open to the reader.

    A source may take seconds: it is asked before the transaction that reads, after a look ahead that leaves no trace.
    """
    if not on_demand.are_asked(reader.asked):
        return {}
    with transaction.atomic():
        view = _view(reader, code)
        transaction.set_rollback(True)
    open_ones = set(view.open_ones)
    return on_demand.ask(view.enterprise, [c for c in reader.asked if c.code in open_ones]) if view.enterprise else {}


def _silent(view: View, answers: dict[str, Asked]) -> Iterator[Withheld]:
    """The categories of which a source says nothing now and nothing was known before."""
    unknown = (code for code, said in answers.items() if not said.known)
    return (Withheld(code, Reason.SOURCE_DOWN.value) for code in unknown if view.openings[code].reason is None)


def _shown(reader: Reader, view: View, as_of: date | None, answers: dict[str, Asked]) -> dict[str, list[Record]]:
    """The records that are open, as the reader may see them; categories without any are left out."""
    known = load().categories
    open_ones = [code for code in view.open_ones if code in known]
    if view.enterprise is None or not open_ones:
        return {}
    wanted = [known[code] for code in open_ones]
    stored = read_file(view.enterprise, wanted) if as_of is None else read_file_as_of(view.enterprise, wanted, as_of)
    # What sources answered takes the place of what is stored of their categories.
    found = stored | {code: one.records for code, one in answers.items() if one.records is not None}
    today = clock.today()
    shown = {code: _as_seen(reader.rule, view, known[code], found.get(code, []), today) for code in open_ones}
    return {code: rows for code, rows in shown.items() if rows}


def _as_seen(rule: Rule, view: View, category: Category, rows: list[Record], today: date) -> list[Record]:
    one, class_of = view.openings[category.code], view.admission.class_of
    if category.record_classes:
        seen = [r for r in rows if _is_seen(rule, one, class_of(category, r.values), r, today)]
    elif (authorisation := class_of(category, {})) is P0 and category.severity:
        seen = [r for r in rows if _is_seen(rule, one, authorisation, r, today)]
    else:  # nothing hangs on a record but its date and its marks: none is looked into, which is what takes time
        seen = _since(rows, one.since[authorisation])
        seen = [r for r in seen if not r.repaired] if rule.outsider else seen
    return seen if rule.names or not category.personal else [r.with_persons_masked() for r in seen]


def _is_seen(rule: Rule, one: Opening, authorisation: Authorisation, record: Record, today: date) -> bool:
    since = one.since.get(authorisation)
    if since is None or (record.business_date or date.max) < since:
        return False
    return not (rule.outsider and (record.repaired or publicity_ended(authorisation, record.open_until, today)))


def _since(rows: list[Record], first: date) -> list[Record]:
    """The records from a day on, and those without a date, of records that come newest first and undated last."""
    if first == date.min:
        return rows
    older = bisect_left(rows, True, key=lambda r: (r.business_date or date.min) < first)
    undated = bisect_left(rows, True, key=lambda r: r.business_date is None)
    return rows[:older] + rows[undated:]


def _data_until(shown: dict[str, list[Record]]) -> date | None:
    """The newest business date: of each category the first record's."""
    return max((on for rows in shown.values() if (on := rows[0].business_date)), default=None)
