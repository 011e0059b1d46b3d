"""The door to papers that an enterprise hands in itself: the consent of those who read them, and the log."""

from __future__ import annotations

from dataclasses import dataclass

from jiahe.accounts.models import Organisation
from jiahe.audit.models import AccessLog
from jiahe.consent.actions.use import admit
from jiahe.consent.terms import Refusal
from jiahe.creditfile.models import Enterprise
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.profiles.enums import Purpose
from jiahe.profiles.view import assert_active, subject_of


@dataclass(frozen=True)
class Consented:
    """Why a consent opens nothing now (None where it does), and its number."""

    refusal: Refusal | None
    number: str = ""


def assert_reader(actor: Actor) -> None:
    """`OrganisationNotActive` for who acts for a frozen or closed organisation."""
    assert_active(actor, Organisation.objects.filter(code=actor.organisation).first())


def consented(*, actor: Actor, serial: int, purpose: str, category: str = "") -> Consented:
    """The consent of an enterprise to the actor's institution, held until the caller's transaction ends.

    Where a category is named, the consent must name it, and a use of it begins; a paper is of no category.
    """
    subject = subject_of(Enterprise.objects.get(serial=serial))
    asked = [category] if category else []
    right = admit(actor=actor, enterprise=subject, purpose=purpose, categories=asked).ordinary
    return Consented(right.to(category) if category else right.refusal, right.consent)


def log(*, actor: Actor, serial: int, uscc: str, purpose: Purpose, what: str, consent: str, shown: bool) -> None:
    """A row of the access log for what was handed in (`readings.PAPER` with a number, or an attached category); call it in the
    transaction that decided."""
    AccessLog.by(
        actor,
        at=clock.now(),
        serial=serial,
        uscc=uscc,
        purpose=purpose,
        categories=[what] if shown else [],
        withheld=[] if shown else [what],
        consents=[consent] if shown and consent else [],
        records=int(shown),
    ).save()
