"""Make features of the lake's records and scores of the features, for everybody or for those touched since the last run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from jiahe.audit.journal import write
from jiahe.catalogue import load
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.home import lake_root, locked
from jiahe.lake.engines.frames import frames
from jiahe.lake.tables import LakeTable
from jiahe.scoring.actions.tell import tell
from jiahe.scoring.card import Card
from jiahe.scoring.eligibility import READ
from jiahe.scoring.features.calculation import Part, calculate, categories_of
from jiahe.scoring.models import Reach, Run, RunState
from jiahe.scoring.queries import cards, scores
from jiahe.scoring.queries.runs import files_of, newest, touched, whole
from jiahe.scoring.telling import least, told

FOLDER = "_features"
KEPT = 3  # runs whose features stay: what reads the newest may have begun before it was made


def run(*, actor: Actor, as_of: date | None = None) -> Run:
    """Everybody's features and, where a card is published, scores, as known on a day."""
    with locked("scoring"):
        _remove_unfinished()
        card = _live()
        with _opened(actor, Reach.EVERYBODY, as_of or clock.today(), card) as ledger, frames() as lake:
            ledger.batches = _batches()
            features = lake.keep(calculate(lake, ledger.as_of))
            ledger.files = [str(file.relative_to(lake_root())) for file in lake.write(features, _folder(ledger))]
            ledger.enterprises = int(lake.collect(features.select("_serial")).num_rows)
            if card:
                table = lake.collect(told(lake, features, card, least(ledger.as_of)))
                ledger.scored = table.num_rows - table.column("score").null_count
                ledger.changed = tell(ledger, table)
        _forget()
    return ledger


def run_touched(*, actor: Actor) -> Run | None:
    """Scores of those about whom something was gathered since the last run; None where nobody is, or nothing to go by."""
    with locked("scoring"):
        card, last, base = _live(), newest(), whole()
        if not (card and last and base) or last.card != card.digest:
            return None
        codes = {*card.codes, *READ}
        used = categories_of(codes)
        if not any(LakeTable(c).last_batch() > last.batches.get(c.code, 0) for c in used):
            return None
        with _opened(actor, Reach.TOUCHED, clock.today(), card) as ledger, frames() as lake:
            ledger.batches = _batches()
            serials = touched(lake, used, last.batches)
            assert serials is not None
            part = Part(serials, lake.stored(files_of(base)))
            features = lake.keep(calculate(lake, ledger.as_of, codes, part))
            others = lake.given(scores.placed())
            table = lake.collect(told(lake, features, card, least(ledger.as_of), others))
            ledger.enterprises = table.num_rows
            ledger.scored = table.num_rows - table.column("score").null_count
            ledger.changed = tell(ledger, table)
    return ledger


def follow(*, actor: Actor) -> Run | None:
    """What happened since the last run: another card scores everybody anew, new records those they touch."""
    card, last = _live(), newest()
    if card and last and last.card != card.digest:
        return run(actor=actor)
    return run_touched(actor=actor)


@contextmanager
def _opened(actor: Actor, reach: Reach, day: date, card: Card | None) -> Iterator[Run]:
    """A row of the ledger, closed with the block; what goes wrong stands in it."""
    digest = card.digest if card else ""
    ledger = Run.objects.create(reach=reach, as_of=day, card=digest, started_at=clock.now())
    try:
        yield ledger
    except Exception as problem:
        ledger.state, ledger.problem, ledger.finished_at = RunState.FAILED, str(problem)[:500], clock.now()
        ledger.save()
        shutil.rmtree(_folder(ledger), ignore_errors=True)
        raise
    ledger.state, ledger.finished_at = RunState.DONE, clock.now()
    ledger.save()
    facts = {"reach": reach.value, "card": digest, "enterprises": ledger.enterprises, "changed": ledger.changed}
    write(actor=actor, action="scoring.run", subject=f"run:{ledger.pk}", facts=facts)


def _live() -> Card | None:
    version = cards.live()
    return cards.card_of(version) if version else None


def _batches() -> dict[str, int]:
    """The lake's version: the newest batch of each category."""
    found = {code: LakeTable(category).last_batch() for code, category in load().categories.items()}
    return {code: batch for code, batch in found.items() if batch}


def _folder(ledger: Run) -> Path:
    return lake_root() / FOLDER / str(ledger.pk)


def _remove_unfinished() -> None:
    """Whoever was killed left a running row, and perhaps half a folder; nobody else runs while we hold the lock."""
    for ledger in Run.objects.filter(state=RunState.RUNNING):
        shutil.rmtree(_folder(ledger), ignore_errors=True)
        ledger.state, ledger.finished_at = RunState.FAILED, clock.now()
        ledger.save()


def _forget() -> None:
    """Remove the features of all but the last runs of everybody."""
    whole = Run.objects.filter(state=RunState.DONE, reach=Reach.EVERYBODY).order_by("-pk")
    for ledger in whole[KEPT:]:
        if ledger.files:
            shutil.rmtree(_folder(ledger), ignore_errors=True)
            ledger.files = []
            ledger.save()
