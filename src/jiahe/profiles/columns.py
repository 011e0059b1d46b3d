"""One category of many enterprises as a table: what each enterprise's opening shows of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pyarrow as pa

from jiahe.catalogue import Authorisation, Category
from jiahe.consent.terms import SubjectKind, authorisation_of
from jiahe.creditfile import visibility
from jiahe.creditfile.models import MarkKind, RecordMark
from jiahe.creditfile.queries.files import item_of, key_of, records_of
from jiahe.kit import clock
from jiahe.kit.crypto import keyring, mask
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.engines.duckdb import literal
from jiahe.profiles.opening import Opening
from jiahe.profiles.policy import P0, Rule
from jiahe.profiles.view import Reader, View

NEVER_ENDS = "DATE '9999-12-31'"


def tables(reader: Reader, views: Sequence[View]) -> Iterator[tuple[str, pa.Table]]:
    """For each category that is open of any of the enterprises, its records; `uscc` says whose.

    Sealed items come masked.
    """
    today = clock.today()
    known = [v for v in views if v.enterprise]
    enterprises = _enterprises(known, today)
    with engine.session() as session:
        for category in reader.asked:
            openings = [v.openings[category.code] for v in known]
            if any(o.open for o in openings):
                since = _since(openings)
                session.register(
                    "seen", pa.table({**dict(zip(enterprises.column_names, enterprises, strict=True)), **since})
                )
                session.register("marks", _marks(category, today))
                found = session.sql(_query(reader.rule, category, known[0].admission.strict, today))
                yield category.code, _opened(category, found.to_arrow_table())


def _enterprises(views: Sequence[View], today: date) -> pa.Table:
    """Whom to read, what kind of subject each is, and when its records end with it."""
    kinds = [v.admission.subject.subject_kind is SubjectKind.NATURAL for v in views]
    ends = [v.enterprise and visibility.subject_retained_until(v.enterprise.ended_on, today=today) for v in views]
    return pa.table(
        {
            "_serial": pa.array([v.admission.subject.serial for v in views], pa.int64()),
            "uscc": pa.array([v.uscc for v in views], pa.string()),
            "natural": pa.array(kinds, pa.bool_()),
            "ends": pa.array(ends, pa.date32()),
        }
    )


def _since(openings: Sequence[Opening]) -> dict[str, pa.Array]:
    """From which day on each class of record is shown; null where it is not shown at all."""
    return {one.value: pa.array([o.since.get(one) for o in openings], pa.date32()) for one in Authorisation}


def _marks(category: Category, today: date) -> pa.Table:
    """The disputes and repairs in force today, one row for each record that has any."""
    kinds: dict[tuple[int, str], set[str]] = {}
    in_force = RecordMark.objects.filter(category=category.code, since__lte=today).exclude(lifted_on__lte=today)
    for serial, key, kind in in_force.values_list("serial", "record_key", "kind"):
        kinds.setdefault((serial, key), set()).add(kind)
    columns = {
        "_serial": pa.array([serial for serial, _ in kinds], pa.int64()),
        "record_key": pa.array([key for _, key in kinds], pa.string()),
    }
    for one in MarkKind:
        columns[one.value] = pa.array([one.value in some for some in kinds.values()], pa.bool_())
    return pa.table(columns)


def _query(rule: Rule, category: Category, strict: bool, today: date) -> str:
    items = [item_of(category, i, "r", names=rule.names) for i in category.items if i.code != "uscc"]
    authorisation = _class(category, strict=strict)
    since = " ".join(f"WHEN '{one.value}' THEN s.{one.value}" for one in Authorisation)
    day = f"DATE '{today}'"
    hidden = f"m.repaired OR ({authorisation} = '{P0.value}' AND r._open_until < {day})"
    return f"""
        SELECT s.uscc, r._business_date, r._available_on, r._generated,
            coalesce(m.disputed, false) AS _disputed, coalesce(m.repaired, false) AS _repaired, {", ".join(items)}
        FROM {records_of(category, serials="seen", today=today)} r JOIN seen s ON s._serial = r._serial
        LEFT JOIN marks m ON m._serial = r._serial AND m.record_key = {key_of(category, "r")}
        WHERE coalesce(r._business_date, {NEVER_ENDS}) >= CASE {authorisation} {since} END
            AND coalesce(r._retained_until, s.ends, {NEVER_ENDS}) >= {day}
            {f"AND NOT coalesce({hidden}, false)" if rule.outsider else ""}"""


def _class(category: Category, *, strict: bool) -> str:
    """A SQL expression of a record's class, as `terms.authorisation_of` decides it."""

    def of(kind: SubjectKind) -> str:
        special = " ".join(
            f"WHEN r.{rule.item} IN ({', '.join(literal(v) for v in rule.values)}) THEN"
            f" '{authorisation_of(category, {rule.item: rule.values[0]}, kind, strict=strict).value}'"
            for rule in category.record_classes
        )
        default = f"'{authorisation_of(category, {}, kind, strict=strict).value}'"
        return f"CASE {special} ELSE {default} END" if special else default

    return f"CASE WHEN s.natural THEN {of(SubjectKind.NATURAL)} ELSE {of(SubjectKind.COMPANY)} END"


def _opened(category: Category, table: pa.Table) -> pa.Table:
    """The table with its sealed columns opened and masked; equal texts are opened once."""
    open_ = keyring().decrypt
    for item in (i for i in category.items if i.encrypted):
        sealed = table.column(item.code).combine_chunks().dictionary_encode()
        words = pa.array([mask(open_(text)) for text in sealed.dictionary.to_pylist()], pa.string())
        masked = pa.DictionaryArray.from_arrays(sealed.indices, words).cast(pa.string())
        table = table.set_column(table.schema.get_field_index(item.code), item.code, masked)
    return table
