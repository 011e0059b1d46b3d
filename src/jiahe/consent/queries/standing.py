"""The consents of one organisation that stand at this moment, held for the transaction that reads under them.

Plain SQL, because every read of an enterprise's data by an institution waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from jiahe.consent.models import Consent
from jiahe.consent.numbers import use_hours
from jiahe.consent.queries.stored import COLUMNS, consent_of
from jiahe.consent.terms import LIVE, State, Terms
from jiahe.kit.databases import held, send_held, wait_at_gates
from jiahe.kit.statements import moment

# As many as SQLite takes in one statement, with room.
AT_ONCE = 30_000
Key = tuple[int, bool]  # serial, written

_QUERY = f"""
SELECT {COLUMNS},
  (SELECT MAX(u.number) FROM consent_consentuse u WHERE u.consent_id = c.id) AS used,
  (SELECT COUNT(*) FROM consent_consentuse u WHERE u.consent_id = c.id AND u.started_at >= %s) AS this_month,
  EXISTS (SELECT 1 FROM consent_consentuse u WHERE u.consent_id = c.id AND u.started_at > %s) AS running,
  EXISTS (SELECT 1 FROM accounts_organisation e WHERE e.code = c.uscc AND e.state <> 'active') AS frozen
FROM consent_consent c JOIN accounts_organisation g ON g.id = c.grantee_id
WHERE g.code = %s AND g.state = 'active' AND c.purpose = %s AND c.direction = %s AND c.serial IN """
# Held in the order in which `to_change` holds them, so that nobody waits for another in a circle. A bare c.id would
# make SQLite go through all consents that the organisation was ever given, because they come in that order.
_ORDER = " ORDER BY +c.id"
_SERIAL = "SELECT serial AS number FROM creditfile_enterprise WHERE uscc = %s"


@dataclass(frozen=True)
class Standing:
    """One consent, its terms as they stand, its uses in this calendar month, and whether one is running."""

    consent: Consent
    terms: Terms
    this_month: int
    running: bool


def standing(
    *, organisation: str, purpose: str, direction: str, serials: Collection[int], now: datetime
) -> dict[Key, Standing]:
    """For each enterprise its live consents; where there is none, the latest, which says why not.

    Call it inside the transaction that reads: until that ends, nobody changes what it found. Months are those of the
    city's zone.
    """
    assert connection.in_atomic_block
    of, wanted, found = _of(organisation, purpose, direction, now), list(serials), list[Standing]()
    for start in range(0, len(wanted), AT_ONCE):
        # All gates come before the first row is held: nobody who shut one of them waits for a row of ours.
        found += _rows(of, wanted[start : start + AT_ONCE], gates=() if start else wanted)
    return _settled(of, found)


def standing_of(
    *, organisation: str, purpose: str, direction: str, uscc: str, now: datetime
) -> Callable[[], dict[Key, Standing]]:
    """The same of one enterprise by its code, asked for at once and waited for when called."""
    assert connection.in_atomic_block
    of = _of(organisation, purpose, direction, now)
    wait_at_gates(_SERIAL, [uscc])
    rows = send_held(f"{_QUERY}({_SERIAL}){_ORDER}", "c", [*of, uscc])
    return lambda: _settled(of, [_standing(*row) for row in rows()])


def _of(organisation: str, purpose: str, direction: str, now: datetime) -> list[Any]:
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return [moment(month), moment(now - timedelta(hours=use_hours(now))), organisation, purpose, direction]


def _settled(of: list[Any], found: list[Standing]) -> dict[Key, Standing]:
    latest = _latest(found)
    # What took the place of a consent while we waited for it was not there yet when we asked.
    replaced = {one.consent.serial for one in found if one.terms.state is State.REPLACED}
    again = [serial for (serial, _), one in latest.items() if serial in replaced and one.terms.state not in LIVE]
    return latest | (_latest(_rows(of, again)) if again else {})


def _rows(of: list[Any], serials: list[int], *, gates: Collection[int] = ()) -> list[Standing]:
    query = f"{_QUERY}({', '.join(['%s'] * len(serials))}){_ORDER}"
    return [_standing(*row) for row in held(query, "c", [*of, *serials], gates=gates)]


def _standing(*row: Any) -> Standing:
    *stored, used, this_month, running, frozen = row
    consent = consent_of(stored)
    return Standing(consent, consent.terms(used=used or 0, frozen=bool(frozen)), this_month, bool(running))


def _latest(found: Iterable[Standing]) -> dict[Key, Standing]:
    """Live ones before others, then those that something happened to last."""

    def order(one: Standing) -> tuple[bool, datetime, int]:
        return one.consent.state in LIVE, one.consent.ended_at or one.consent.requested_at, one.consent.pk

    return {(one.consent.serial, one.consent.written): one for one in sorted(found, key=order)}
