"""Try a committed card beside the one in use, on the same features."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.lake.engines.frames import Frame, Frames, frames
from jiahe.scoring.actions.move_card import moved_on, record, require_officer
from jiahe.scoring.errors import NothingInUse
from jiahe.scoring.models import CardState, CardVersion, Trial
from jiahe.scoring.queries.cards import card_of, live, version_of
from jiahe.scoring.queries.features import labelled, scorable
from jiahe.scoring.trial import DEFAULTED, cells, summary


def assert_can_be_tried(*, actor: Actor, number: int) -> tuple[CardVersion, CardVersion]:
    """The card and the one in use; `CardMoved` where it is not committed, `NothingInUse` where there is none beside it."""
    require_officer(actor)
    version, beside = version_of(number), live()
    if version.state != CardState.COMMITTED:
        raise moved_on(version)
    if beside is None:
        raise NothingInUse
    return version, beside


def try_on_newest(*, actor: Actor, number: int) -> Trial:
    """On the features that the last run made; `NoFeatures` where there was none. Raises as `assert_can_be_tried`."""
    assert_can_be_tried(actor=actor, number=number)
    with frames() as lake:
        frame, day = scorable(lake)
        return try_card(actor=actor, number=number, lake=lake, frame=frame, as_of=day)


def try_on_day(*, actor: Actor, number: int, as_of: date) -> Trial:
    """On what was known on a day, with what became of the enterprises since; features are worked out for it.

    Raises as `assert_can_be_tried` and as `queries.outcomes.label`.
    """
    version, beside = assert_can_be_tried(actor=actor, number=number)
    codes = {*card_of(version).codes, *card_of(beside).codes}
    with frames() as lake:
        frame = labelled(lake, as_of, codes)
        return try_card(actor=actor, number=number, lake=lake, frame=frame, as_of=as_of)


def try_card(*, actor: Actor, number: int, lake: Frames, frame: Frame, as_of: date) -> Trial:
    """`frame` has the features of everybody scored on `as_of`, with `defaulted` where outcomes are known.

    Raises as `assert_can_be_tried`.
    """
    version, beside = assert_can_be_tried(actor=actor, number=number)
    known = DEFAULTED in frame.collect_schema().names()
    least = parameters.value("score_group_least", on=clock.today())
    found = summary(cells(lake, frame, card_of(beside), card_of(version)), least=least, known=known)
    with transaction.atomic():
        trial = Trial.objects.create(
            version=version,
            live=beside,
            as_of=as_of,
            known=known,
            found=found,
            made_at=clock.now(),
            made_by_id=require_officer(actor),
        )
        record(actor, "try", version, live=beside.number, as_of=f"{as_of}")
    return trial
