"""Take a version of the indicator system a step further: one conditional UPDATE decides."""

from __future__ import annotations

from typing import Any

from jiahe.accounts.enums import OrganisationKind, OrganisationState
from jiahe.accounts.models import Organisation
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor
from jiahe.notify.inbox import tell
from jiahe.scoring.points.errors import SamePerson, StateChanged
from jiahe.scoring.points.lifecycle import TRANSITIONS, Action
from jiahe.scoring.points.models import SystemVersion


def move(*, actor: Actor, action: Action, version: SystemVersion, **changes: Any) -> None:
    """The step with its row in the journal, in the caller's transaction.

    `StateChanged` where somebody was there first, `SamePerson` where another person has to take the step.
    """
    transition = TRANSITIONS[action]
    rows = SystemVersion.objects.filter(pk=version.pk, state__in=transition.start)
    others = rows.exclude(committed_by=actor.user_id) if transition.another else rows
    moved = others.update(state=transition.end.value, **changes)
    version.refresh_from_db()
    if not moved:
        if version.state in transition.start:
            raise SamePerson(number=version.number)
        raise StateChanged(number=version.number, state=version.get_state_display())
    record(actor, action, version)


def record(actor: Actor, action: Action, version: SystemVersion) -> None:
    write(actor=actor, action=f"points.{action}", subject=subject(version), facts={"state": version.state})


def subject(version: SystemVersion) -> str:
    return f"points_system:{version.number}"


def tell_institutions(version: SystemVersion) -> None:
    """Points change with the system, and with them the limits under an institution's own rule."""
    active = Organisation.objects.filter(kind=OrganisationKind.INSTITUTION, state=OrganisationState.ACTIVE)
    for code in active.order_by("code").values_list("code", flat=True):
        tell(organisation=code, template="points.published", facts={"number": version.number}, link="/bank/precredit/")
