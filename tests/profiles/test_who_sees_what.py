"""Who sees what: every reader, every class of record, every kind of subject, with consent and without."""

from __future__ import annotations

import pytest

from jiahe import profiles
from jiahe.accounts.actions.enrol import authority
from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.accounts.models import Organisation
from jiahe.audit.models import AccessLog
from jiahe.consent.models import ConsentUse
from jiahe.consent.terms import Subject
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.profiles.policy import RULES
from tests import people
from tests.consent.scene import COMPANY, OTHER, TRADER, given, owner, settle, terms
from tests.profiles.files import OPEN, ORDINARY, OWNERS, SEPARATE, WRITTEN, hold

pytestmark = pytest.mark.django_db(databases="__all__")

CLASSES = {"P0": OPEN, "A1": ORDINARY, "A2": SEPARATE, "R": WRITTEN, "owner's": OWNERS}
LENDERS = ("head_admin", "branch_admin", "account_manager", "grid_manager")
YES, NOBODY, NONE, SELF, THEIRS = (
    "shown",
    "profiles.not_allowed",
    "profiles.nothing_open",
    "not_written",
    "other_department",
)
UNWRITTEN, UNNAMED = "consent.not_written", "consent.not_named"
# Reader and consents → what of P0, A1, A2, R, and A2 that is R for a natural subject: of a company; of a sole trader.
SEES: dict[tuple[str, str], tuple[list[str], list[str]]] = {
    ("anonymous", ""): ([NOBODY] * 5, [NOBODY] * 5),
    ("representative", ""): ([YES] * 5, [YES] * 5),
    ("enterprise_admin", ""): ([YES, YES, YES, SELF, YES], [YES, YES, YES, SELF, SELF]),
    ("enterprise_member", ""): ([YES, YES, YES, SELF, YES], [YES, YES, YES, SELF, SELF]),
    ("another enterprise", ""): (["profiles.no_such_enterprise"] * 5, ["profiles.no_such_enterprise"] * 5),
    **{(role, ""): ([YES, *[NONE] * 4], [YES, *[NONE] * 4]) for role in (*LENDERS, "supervisor")},
    **{
        (role, "ordinary"): ([YES, YES, YES, UNWRITTEN, YES], [YES, YES, YES, UNWRITTEN, UNWRITTEN])
        for role in (*LENDERS, "supervisor")
    },
    **{(role, "both"): ([YES] * 5, [YES] * 5) for role in (*LENDERS, "supervisor")},
    ("data_officer", ""): ([YES, YES, YES, SELF, YES], [YES, YES, YES, SELF, SELF]),
    ("tax clerk", ""): ([*[THEIRS] * 4, YES], [*[THEIRS] * 4, YES]),
    ("police clerk", ""): ([*[THEIRS] * 3, YES, THEIRS], [*[THEIRS] * 3, YES, THEIRS]),
    **{(role, ""): ([NOBODY] * 5, [NOBODY] * 5) for role in ("system_admin", "security_admin", "audit_admin")},
    ("rater", ""): ([NONE] * 5, [NONE] * 5),
    ("rater", "ordinary"): ([UNNAMED, YES, YES, UNWRITTEN, YES], [UNNAMED, YES, YES, UNWRITTEN, UNWRITTEN]),
    ("rater", "both"): ([YES] * 5, [YES] * 5),
}
CELLS = [
    pytest.param(
        reader, consents, kind, subject, expected[i], id=f"{reader}-{consents or 'none'}-{kind}-{subject.serial}"
    )
    for (reader, consents), cells in SEES.items()
    for subject, expected in zip((COMPANY, TRADER), cells, strict=True)
    for i, kind in enumerate(CLASSES)
]


@pytest.fixture(autouse=True)
def _scene(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_NOW", "2026-11-25T10:00")
    settle(COMPANY, TRADER, OTHER)


@pytest.mark.parametrize(("reader", "consents", "kind", "subject", "expected"), CELLS)
def test_who_sees_what(reader: str, consents: str, kind: str, subject: Subject, expected: str) -> None:
    code = CLASSES[kind]
    hold(code, subject.serial, {"uscc": subject.uscc})
    actor, purpose = reader_of(reader, subject)
    consent_to(actor.organisation, purpose, consents, subject)
    assert outcome(actor, purpose, code, subject) == expected
    shown = AccessLog.objects.filter(records=1, serial=subject.serial, categories=[code]).count()
    assert shown == (expected == YES)
    under_consent = actor.role in (*LENDERS, "supervisor") and kind != "P0"
    assert ConsentUse.objects.count() == (expected == YES and (under_consent or actor.role == "rater"))


def test_every_role_that_sees_anything_stands_in_the_table() -> None:
    readers = {
        "representative": "enterprise_admin",
        "tax clerk": "department_clerk",
        "police clerk": "department_clerk",
    }
    assert {role for role, _ in RULES} == {
        readers.get(reader, reader) for reader, _ in SEES if reader in [*readers, *Role]
    } - {"system_admin", "security_admin", "audit_admin"}


def outcome(actor: Actor, purpose: str, code: str, subject: Subject) -> str:
    """`shown`, why it is withheld, or the code of the refusal."""
    try:
        profile = profiles.read(actor=actor, enterprise=subject.uscc, categories=[code], purpose=purpose)
    except JiaheError as refusal:
        return refusal.code
    return YES if list(profile.records) == [code] else profile.withheld[0].reason


def reader_of(reader: str, subject: Subject) -> tuple[Actor, str]:
    """Somebody who reads, and for what."""
    if reader in ("anonymous", "representative", "another enterprise"):
        who = {
            "anonymous": Actor(None, "", "", "", "portal"),
            "representative": owner(subject),
            "another enterprise": owner(OTHER),
        }
        return who[reader], "own"
    role, organisation, purpose = PEOPLE[reader]
    body = organisation_of(organisation, subject)
    return people.actor(people.person(f"reader-{role}", Role(role), body)), purpose


PEOPLE = {
    "enterprise_admin": ("enterprise_admin", "enterprise", "own"),
    "enterprise_member": ("enterprise_member", "enterprise", "own"),
    **{role: (role, "bank", "pre_loan") for role in LENDERS},
    **{
        role: (role, "authority", "data_quality")
        for role in ("data_officer", "system_admin", "security_admin", "audit_admin")
    },
    "supervisor": ("supervisor", "authority", "supervision"),
    "tax clerk": ("department_clerk", "02", "data_quality"),
    "police clerk": ("department_clerk", "18", "data_quality"),
    "rater": ("rater", "agency", "rating"),
}


def organisation_of(kind: str, subject: Subject) -> Organisation:
    if kind == "enterprise":
        return people.enterprise(subject.uscc)
    if kind == "authority":
        return authority("测试主管部门")
    if kind == "bank":
        return people.bank()
    return people.organisation(kind, OrganisationKind.AGENCY if kind == "agency" else OrganisationKind.DEPARTMENT)


def consent_to(organisation: str, purpose: str, consents: str, subject: Subject) -> None:
    """The ordinary consent for what is A1 or A2 for the subject, and the written one for what is R.

    With both an agency is also given what is open to everybody, which it does not see by itself.
    """
    natural = subject is TRADER
    ordinary = [ORDINARY, SEPARATE, *([] if natural else [OWNERS])]
    written = [WRITTEN, *([OWNERS] if natural else [])]
    if (purpose, consents) == ("rating", "both"):
        ordinary.append(OPEN)
    if consents:
        given(terms(purpose=purpose, categories=tuple(ordinary)), by=subject, to=organisation)
    if consents == "both":
        given(terms(purpose=purpose, categories=tuple(written), written=True), by=subject, to=organisation)
