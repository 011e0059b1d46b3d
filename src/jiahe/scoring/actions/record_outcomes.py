"""Record what institutions report of loans that went bad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from jiahe.audit.journal import write
from jiahe.creditfile.registry import serials
from jiahe.kit import clock, uscc
from jiahe.kit.actor import Actor
from jiahe.kit.home import locked
from jiahe.scoring import errors
from jiahe.scoring.errors import OutcomeRefused
from jiahe.scoring.models import Outcome
from jiahe.scoring.outcome_file import Line
from jiahe.scoring.queries.outcomes import Key, newest

LONGEST_SOURCE = 100
ROWS = 1_000


@dataclass(frozen=True)
class Report:
    """What one source says of one loan; without `defaulted_on` it takes back what it said before."""

    uscc: str
    defaulted_on: date | None
    reported_on: date
    source: str
    kind: str = ""
    loan: str = ""


@dataclass(frozen=True)
class Refused:
    """A line of a file that was not taken, and why."""

    line: int
    column: str
    value: str
    sentence: str


@dataclass
class Recorded:
    """How many lines were taken, and which were not."""

    recorded: int = 0
    refused: list[Refused] = field(default_factory=list)


@transaction.atomic
def record_outcome(*, actor: Actor, report: Report) -> Outcome:
    """One report; an `OutcomeRefused` says what is wrong with it, and nothing has changed."""
    outcome = _admitted(report, serials({report.uscc}), newest(uscc=report.uscc))
    outcome.save(force_insert=True)
    facts = {"source": report.source, "kind": report.kind, "defaulted_on": f"{report.defaulted_on or ''}"}
    write(actor=actor, action="outcomes.record", subject=f"enterprise:{report.uscc}", facts=facts)
    return outcome


def record_outcomes(*, actor: Actor, lines: Sequence[Line]) -> Recorded:
    """The good lines of a file, all at once; each of the others is told with what is to be done about it."""
    done = Recorded()
    with locked("outcomes"), transaction.atomic():
        known, last = serials({uscc.normalise(line.texts["uscc"]) for line in lines}), newest()
        made = list[Outcome]()
        for line in lines:
            try:
                outcome = _admitted(_read(line), known, last)
            except OutcomeRefused as problem:
                done.refused.append(_refused(line, problem))
            else:
                made.append(outcome)
                last[_key(outcome)] = outcome
        Outcome.objects.bulk_create(made, batch_size=ROWS)
        done.recorded = len(made)
        facts = {"recorded": done.recorded, "refused": len(done.refused)}
        write(actor=actor, action="outcomes.import", subject="outcomes", facts=facts)
    return done


def _read(line: Line) -> Report:
    """What the texts of a line mean."""
    code, source = uscc.normalise(line.texts["uscc"]), line.texts["source"]
    if uscc.problem(code):
        raise errors.WrongCode(value=line.texts["uscc"])
    if not 0 < len(source) <= LONGEST_SOURCE:
        raise errors.SourceMissing(longest=LONGEST_SOURCE)
    defaulted_on = _day(line, "defaulted_on") if line.texts["defaulted_on"] else None
    return Report(code, defaulted_on, _day(line, "reported_on"), source)


def _day(line: Line, column: str) -> date:
    try:
        return date.fromisoformat(line.texts[column])
    except ValueError as error:
        raise _at(column, errors.NotADay(value=line.texts[column])) from error


def _admitted(report: Report, known: dict[str, int], last: dict[Key, Outcome]) -> Outcome:
    """The row of a report that says something new and possible."""
    serial = known.get(report.uscc)
    if serial is None:
        raise errors.UnknownEnterprise(value=report.uscc)
    _assert_possible(report)
    outcome = Outcome(serial=serial, recorded_at=clock.now(), **vars(report))
    _assert_new(outcome, last.get(_key(outcome)))
    return outcome


def _assert_possible(report: Report) -> None:
    today = clock.today()
    for column in ("defaulted_on", "reported_on"):
        day = getattr(report, column)
        if day and day > today:
            raise _at(column, errors.InTheFuture(value=day, today=today))
    if report.defaulted_on and report.defaulted_on > report.reported_on:
        raise errors.ReportedTooEarly(value=report.reported_on, defaulted_on=report.defaulted_on)


def _assert_new(outcome: Outcome, before: Outcome | None) -> None:
    if before is None or before.defaulted_on is None:
        if outcome.defaulted_on is None:
            raise errors.NothingToTakeBack
    elif before.defaulted_on == outcome.defaulted_on:
        raise errors.SameOutcome
    if before and outcome.reported_on <= before.reported_on:
        raise errors.NotNewer(last=before.reported_on)


def _key(outcome: Outcome) -> Key:
    return outcome.serial, outcome.source, outcome.loan, outcome.kind


def _at(column: str, problem: OutcomeRefused) -> OutcomeRefused:
    problem.column = column
    return problem


def _refused(line: Line, problem: OutcomeRefused) -> Refused:
    return Refused(line.number, problem.column, line.texts[problem.column], problem.sentence)
