"""Begin a new version of the indicator system, change it, drop it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jiahe.accounts.typed import line
from jiahe.audit.journal import write
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.scoring.points.actions.move import move, record, subject
from jiahe.scoring.points.defaults import default
from jiahe.scoring.points.errors import DraftOpen
from jiahe.scoring.points.lifecycle import OPEN, Action, State
from jiahe.scoring.points.measures import named
from jiahe.scoring.points.models import SystemVersion
from jiahe.scoring.points.parties import require
from jiahe.scoring.points.queries.versions import one, published
from jiahe.scoring.points.written import read, written

LONGEST_NOTE = 200


@transaction.atomic
def begin(*, actor: Actor, number: int | None = None) -> SystemVersion:
    """A draft that copies a version (the published one, or the default where none is); so an older one comes back.

    `DraftOpen` while another draft is not done with.
    """
    require(actor)
    origin = one(number) if number else published()
    last = SystemVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0
    version = SystemVersion(
        number=last + 1,
        body=origin.body if origin else written(default()),
        origin=origin,
        drafted_at=clock.now(),
        drafted_by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError as error:
        waiting = SystemVersion.objects.filter(state__in=OPEN).first()
        raise DraftOpen(number=waiting.number if waiting else last) from error
    record(actor, Action.DRAFT, version)
    return version


@transaction.atomic
def save(*, actor: Actor, number: int, body: Any, note: str = "", valid_until: date | None = None) -> SystemVersion:
    """Write a draft down anew; `WrongSystem` names every fault, and nothing is kept of it."""
    require(actor)
    version = one(number)
    system = read(body, named())
    said = line(note, _("说明"), LONGEST_NOTE) if note.strip() else ""
    move(
        actor=actor,
        action=Action.DRAFT,
        version=version,
        body=written(system),
        note=said,
        valid_until=valid_until,
        drafted_at=clock.now(),
        drafted_by_id=actor.user_id,
    )
    return version


@transaction.atomic
def drop(*, actor: Actor, number: int) -> None:
    """Nothing was ever reckoned with a draft: nothing of it is kept but its rows in the journal."""
    require(actor)
    version = one(number)
    move(actor=actor, action=Action.DRAFT, version=version)
    write(actor=actor, action="points.drop", subject=subject(version), facts={"state": State.DRAFT})
    version.delete()
