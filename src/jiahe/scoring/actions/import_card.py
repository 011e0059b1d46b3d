"""Take a card in as a draft; throw a draft away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from jiahe.accounts.typed import line
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.locks import exclusive
from jiahe.scoring.actions.move_card import LONGEST, moved_on, record, require_officer
from jiahe.scoring.card import Card, dumps, loads
from jiahe.scoring.errors import SameCard, WrongFigures
from jiahe.scoring.models import CardState, CardVersion
from jiahe.scoring.models.card_version import OPEN
from jiahe.scoring.queries.cards import version_of


def import_card(*, actor: Actor, text: str, figures: str = "", note: str = "") -> CardVersion:
    """A new draft from a card's JSON and, where given, the JSON that its training printed.

    `WrongCard` or `WrongFigures` for what is neither, `SameCard` where the card is there and not retired.
    """
    person = require_officer(actor)
    card = loads(text)
    known = _figures(figures, card) if figures.strip() else None
    said = line(note, _("说明"), LONGEST) if note.strip() else ""
    # Two people at once would give the same number.
    with exclusive("cards"), transaction.atomic():
        if same := CardVersion.objects.filter(digest=card.digest, state__in=OPEN).first():
            raise SameCard(number=same.number, state=same.get_state_display())
        version = CardVersion.objects.create(
            number=_next(),
            card=dumps(card),
            digest=card.digest,
            figures=known,
            note=said,
            drafted_at=clock.now(),
            drafted_by_id=person,
        )
        record(actor, "import", version)
    return version


@transaction.atomic
def delete_draft(*, actor: Actor, number: int) -> None:
    """Nothing of a draft is kept but its rows in the journal; `CardMoved` where it is no draft any more."""
    require_officer(actor)
    version = version_of(number)
    deleted, _kinds = CardVersion.objects.filter(pk=version.pk, state=CardState.DRAFT).delete()
    if not deleted:
        raise moved_on(version_of(number))
    record(actor, "delete", version)


def _next() -> int:
    last: int | None = CardVersion.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _figures(text: str, card: Card) -> Mapping[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as broken:
        raise WrongFigures(what=_("不是完整的 JSON")) from broken
    if not isinstance(found, dict):
        raise WrongFigures(what=_("应为 JSON 对象"))
    if found.get("card", card.digest) != card.digest:
        raise WrongFigures(what=_("属于另一张评分卡"))
    return found
