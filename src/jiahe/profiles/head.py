"""Who reads and about whom: the reader's organisation, the enterprise and its former names, in one query.

Plain SQL, because every read waits for it. It is the same for an enterprise that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from jiahe.accounts.models import Organisation
from jiahe.creditfile.models import Enterprise
from jiahe.kit.statements import columns, instance, send

_QUERY = f"""
SELECT o.name, o.state, o.reason, n.name, {columns(Enterprise, "e")}
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


def parties(organisation: str, uscc: str) -> Callable[[], Parties]:
    """Both by their codes, asked for at once and waited for when called; of the organisation what says whether it may act."""
    rows = send(_QUERY, [organisation, uscc])

    def found() -> Parties:
        (name, state, reason, _, *fields), *_others = answer = rows()
        return Parties(
            Organisation(code=organisation, name=name, state=state, reason=reason) if state else None,
            instance(Enterprise, fields) if fields[0] is not None else None,
            tuple(former for _, _, _, former, *_ in answer if former is not None),
        )

    return found


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
