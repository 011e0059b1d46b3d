"""Consents out of plain SQL, for what many wait for; their long texts are read when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import orjson

from jiahe.accounts.models import Organisation
from jiahe.consent.models import Consent
from jiahe.consent.terms import OPEN
from jiahe.kit.databases import to_change
from jiahe.kit.statements import aware

_FIELDS = [field.attname for field in Consent._meta.concrete_fields if field.name not in {"text", "note", "reason"}]
_CATEGORIES = _FIELDS.index("categories")
COLUMNS = ", ".join(f"c.{name}" for name in _FIELDS)
_OPEN = f"""
SELECT {COLUMNS}, g.id, g.code, g.name
FROM consent_consent c JOIN accounts_organisation g ON g.id = c.grantee_id
WHERE c.serial = %s AND g.code = %s AND c.state IN ({", ".join(f"'{state}'" for state in OPEN)}) ORDER BY +c.id"""


def consent_of(stored: Sequence[Any]) -> Consent:
    """A consent from its `COLUMNS`."""
    values = [aware(value) for value in stored]
    values[_CATEGORIES] = orjson.loads(values[_CATEGORIES])
    return Consent.from_db("default", _FIELDS, values)


def between(serial: int, grantee: str) -> Callable[[], list[Consent]]:
    """An enterprise's open consents to an organisation, each with its grantee, asked for at once and waited for when called.

    From then on only the caller's transaction may change them: it waits for those who read under one of them, and goes
    before new readers.
    """
    rows = to_change(_OPEN, "c", [serial, grantee], gate=serial)
    return lambda: [_with_grantee(*row) for row in rows()]


def _with_grantee(*row: Any) -> Consent:
    *stored, key, code, name = row
    consent = consent_of(stored)
    consent.grantee = Organisation.from_db("default", ["id", "code", "name"], [key, code, name])
    return consent
