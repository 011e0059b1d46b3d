"""Who reads and about whom: the reader's organisation, the enterprise and its former names, in one query.

Plain SQL, because every read waits for it. It is the same for an enterprise that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from jiahe.accounts.models import Organisation
from jiahe.creditfile.models import Enterprise

_FIELDS = [field.attname for field in Enterprise._meta.concrete_fields]
_QUERY = f"""
SELECT o.name, o.state, o.reason, n.name, {", ".join(f"e.{name}" for name in _FIELDS)}
FROM (SELECT 1) one
LEFT JOIN accounts_organisation o ON o.code = %s
LEFT JOIN creditfile_enterprise e ON e.uscc = %s
LEFT JOIN creditfile_enterprisename n ON n.enterprise_id = e.serial
ORDER BY n.replaced_on"""


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
class Parties:
    """The reader's organisation and the enterprise, None for one that does not exist."""

    organisation: Organisation | None
    enterprise: Enterprise | None
    former_names: tuple[str, ...]


def parties(organisation: str, uscc: str) -> Parties:
    """Both by their codes; of the organisation what says whether it may act."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, [organisation, uscc])
        rows = cursor.fetchall()
    name, state, reason, _, *fields = rows[0]
    return Parties(
        Organisation(code=organisation, name=name, state=state, reason=reason) if state else None,
        Enterprise.from_db("default", _FIELDS, fields) if fields[0] is not None else None,
        tuple(former for _, _, _, former, *_ in rows if former is not None),
    )


def head(enterprise: Enterprise, former_names: tuple[str, ...]) -> EnterpriseHead:
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
        former_names=former_names,
    )
