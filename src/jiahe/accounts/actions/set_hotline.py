"""The public number of an institution, which enterprises are told where it is late."""

from __future__ import annotations

from django.db import transaction

from jiahe.accounts import typed
from jiahe.accounts.enums import Role
from jiahe.accounts.errors import WrongRole
from jiahe.accounts.models import Organisation
from jiahe.audit.journal import write
from jiahe.kit.actor import Actor


@transaction.atomic
def set_hotline(*, actor: Actor, hotline: str) -> str:
    """The number of the actor's institution from now on, empty for none. `WrongRole`, `NotAHotline`."""
    if actor.role != Role.HEAD_ADMIN:
        raise WrongRole(needed=Role.HEAD_ADMIN.label, role=Role(actor.role).label)
    cleaned = typed.hotline(hotline)
    Organisation.objects.filter(code=actor.organisation).update(hotline=cleaned)
    subject = f"organisation:{actor.organisation}"
    write(actor=actor, action="accounts.set_hotline", subject=subject, facts={"hotline": cleaned})
    return cleaned
