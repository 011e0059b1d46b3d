"""What the registry says now of an enterprise's standing and of who represents it: no raw record leaves here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jiahe.catalogue import load
from jiahe.creditfile.documents.store import DocumentStore
from jiahe.creditfile.models import Enterprise
from jiahe.kit.crypto import keyring

REGISTRATION, REPRESENTATIVE = "0101", "0102"
ENDED = frozenset({"deregistered", "revoked", "annulled", "moved_out"})
SEVERAL = re.compile(r"[、,，;；]")  # the managing partners of a partnership

Plain = Callable[[str], str]


@dataclass(frozen=True)
class Registered:
    """One enterprise as it is registered. `names` are keyed digests of its representatives' names; `identity` is the

    digest of the representative's identity number, empty where the registry has none.
    """

    uscc: str
    name: str
    former_names: tuple[str, ...]
    ended: bool
    names: frozenset[str]
    identity: str


def registered(uscc: str, *, name: Plain, identity: Plain) -> Registered | None:
    """The enterprise of a code, None for one without a registration record.

    `name` and `identity` bring a person's name and number into the form that digests are made of.
    """
    found = Enterprise.objects.filter(uscc=uscc).exclude(name="").first()
    if found is None:
        return None
    facts = _facts(found)
    person = facts[REPRESENTATIVE].get("person_name") or facts[REGISTRATION].get("legal_representative") or ""
    number = facts[REPRESENTATIVE].get("identity_no")
    digest = keyring().digest
    return Registered(
        uscc=found.uscc,
        name=found.name,
        former_names=tuple(found.former_names.values_list("name", flat=True)),
        ended=found.state in ENDED,
        names=frozenset(digest(name(one)) for one in SEVERAL.split(str(person)) if one.strip()),
        identity=digest(identity(keyring().decrypt(str(number)))) if number else "",
    )


def _facts(enterprise: Enterprise) -> dict[str, dict[str, Any]]:
    """The newest row of each of the two categories, as stored."""
    known = load().categories
    facts: dict[str, dict[str, Any]] = {REGISTRATION: {}, REPRESENTATIVE: {}}
    for document in DocumentStore().read(enterprise.serial, [known[code] for code in facts]):
        for row in document.rows[-1:]:
            facts[document.category] = dict(zip(document.columns, row, strict=True))
    return facts


def applied() -> dict[str, int]:
    """Up to which batch the documents of the two categories have come."""
    store, known = DocumentStore(), load().categories
    return {code: store.watermark(known[code]) for code in (REGISTRATION, REPRESENTATIVE)}
