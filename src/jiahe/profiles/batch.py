"""Many enterprises through the one door in one call: columns instead of records, and a log row for each enterprise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import pyarrow as pa
from django.db import transaction

from jiahe.accounts.models import Organisation
from jiahe.audit.models import AccessLog
from jiahe.consent.actions.use import Admission, admit_many
from jiahe.consent.numbers import is_strict
from jiahe.consent.terms import Subject, SubjectKind
from jiahe.creditfile.models import Enterprise
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.profiles import columns
from jiahe.profiles.errors import NoSuchEnterprise
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

AT_ONCE = 10_000
LOG_ROWS = 1_000


@dataclass(frozen=True)
class Batch:
    """What one reader sees of many enterprises.

    `tables` are by category: `uscc`, the record's dates and marks, and its items in the lake's types: decimals are
    scaled integers, phone and identity numbers are masked. `withheld` has `uscc`, `category` and a `Reason`'s code.
    """

    tables: dict[str, pa.Table]
    withheld: pa.Table


def read_many(*, actor: Actor, enterprises: Sequence[str], categories: Collection[str] | None, purpose: str) -> Batch:
    """Read many enterprises' categories as `read` reads one's, under the consents that stand, and log each of them.

    Raises `NotAllowed` and `NoSuchEnterprise` as `read` does. Where nothing of an enterprise is open, `withheld` says
    why. On-demand sources are not asked: what they last delivered is read.
    """
    reader = reader_of(actor, purpose, categories)
    codes = list(dict.fromkeys(map(code_of, enterprises)))
    for code in codes:
        if not reader.rule.reaches(code, actor.organisation):
            raise NoSuchEnterprise(uscc=code)
    parts = [_read(reader, codes[i : i + AT_ONCE]) for i in range(0, len(codes), AT_ONCE)]
    by_code = {c.code: [p.tables[c.code] for p in parts if c.code in p.tables] for c in reader.asked}
    withheld = pa.concat_tables([_table([]), *(p.withheld for p in parts)])
    return Batch({code: pa.concat_tables(some) for code, some in by_code.items() if some}, withheld)


def _read(reader: Reader, codes: Sequence[str]) -> Batch:
    """One part, in one transaction with its log rows."""
    with transaction.atomic():
        assert_active(reader.actor, Organisation.objects.filter(code=reader.actor.organisation).first())
        views = _views(reader, codes)
        tables = dict(columns.tables(reader, views))
        counts, now = _counts(tables.values()), clock.now()
        withheld = [(view, tuple(withheld_of(view))) for view in views]
        rows = [log_of(reader, view, now, some, counts[view.uscc]) for view, some in withheld]
        AccessLog.objects.bulk_create(rows, batch_size=LOG_ROWS)
    return Batch(tables, _table([(view.uscc, one) for view, some in withheld for one in some]))


def _views(reader: Reader, codes: Sequence[str]) -> list[View]:
    found = {e.uscc: e for e in Enterprise.objects.filter(uscc__in=codes)}
    if not reader.rule.consents and len(found) < len(codes):
        raise NoSuchEnterprise(uscc=next(code for code in codes if code not in found))
    subjects = {code: subject_of(found[code]) if code in found else Subject(UNKNOWN, code) for code in codes}
    admissions = _admissions(reader, list(subjects.values()))
    return [view_of(reader, code, found.get(code), admissions[code]) for code in codes]


def _admissions(reader: Reader, subjects: Sequence[Subject]) -> dict[str, Admission]:
    strict = is_strict(clock.now())
    alone = {s.uscc: unconsented(s, strict=strict) for s in subjects}
    if not reader.rule.consents:
        return alone
    needed = {code for kind in SubjectKind for code in needing_consent(reader, kind, strict=strict)}
    known = [s for s in subjects if s.serial != UNKNOWN]
    admitted = admit_many(actor=reader.actor, enterprises=known, purpose=reader.purpose, categories=needed)
    return alone | {one.subject.uscc: one for one in admitted.values()}


def _counts(tables: Iterable[pa.Table]) -> Counter[str]:
    """How many records there are of each enterprise."""
    counts = Counter[str]()
    for table in tables:
        found = table.column("uscc").value_counts()
        counts.update(dict(zip(found.field("values").to_pylist(), found.field("counts").to_pylist(), strict=True)))
    return counts


def _table(withheld: Sequence[tuple[str, Withheld]]) -> pa.Table:
    texts = ([code for code, _ in withheld], [w.category for _, w in withheld], [w.reason for _, w in withheld])
    return pa.table([pa.array(some, pa.string()) for some in texts], names=["uscc", "category", "reason"])
