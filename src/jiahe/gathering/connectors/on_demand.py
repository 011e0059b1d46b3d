"""One enterprise at the moment of reading: what the source says now, or what was last known where it says nothing."""

from __future__ import annotations

import logging
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from jiahe.catalogue import Category
from jiahe.creditfile.models import Enterprise
from jiahe.creditfile.queries.file import shown
from jiahe.creditfile.records import Record
from jiahe.gathering.connectors import breaker, question
from jiahe.gathering.connectors.source import Kind, Source
from jiahe.gathering.connectors.sources import declarations
from jiahe.gathering.connectors.understanding import understand
from jiahe.gathering.errors import GatheringError
from jiahe.gathering.models import Answer, Batch, BatchState
from jiahe.kit import clock, parameters
from jiahe.kit.crypto import keyring

Rows = list[dict[str, Any]]
MOST_AT_ONCE = 8
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """What is known of one category: records (None: the stored documents hold), and since when, where it is not live.

    `known` is false where the source is down and nothing was ever known. `refused` counts the answer's rows that are
    left out, by a check or as another enterprise's.
    """

    records: list[Record] | None
    as_last_known_at: datetime | None = None
    known: bool = True
    refused: int = 0


def are_asked(categories: Collection[Category]) -> bool:
    """Whether any of some categories has a source that is asked at the moment of reading."""
    return bool(_sources(categories))


def ask(enterprise: Enterprise, categories: Collection[Category]) -> dict[str, Asked]:
    """By category code, for the on-demand ones that have a declared source; the sources are asked at once.

    Not to be called within a transaction: it would last as long as the slowest source takes.
    """
    sources = _sources(categories)
    replies = _replies([s for s in sources if breaker.may_ask(s.code)], enterprise)
    return {s.category.code: _asked(s, enterprise, replies.get(s.code)) for s in sources}


def forget() -> None:
    """Remove the answers whose data life has ended."""
    Answer.objects.filter(asked_at__lt=_oldest()).delete()


def _sources(categories: Collection[Category]) -> list[Source]:
    wanted = {c.code for c in categories if c.on_demand}
    if not wanted:
        return []
    return [s for s in declarations().sources if s.kind is Kind.ON_DEMAND and s.category.code in wanted]


def _replies(sources: list[Source], enterprise: Enterprise) -> dict[str, Rows | GatheringError]:
    """Each source's rows or failure; only the asking itself is done in threads."""
    if not sources:
        return {}
    with ThreadPoolExecutor(min(len(sources), MOST_AT_ONCE)) as pool:
        found = pool.map(lambda source: _reply(source, enterprise.uscc), sources)
        return {s.code: reply for s, reply in zip(sources, found, strict=True)}


def _reply(source: Source, uscc: str) -> Rows | GatheringError:
    try:
        return question.ask(source, uscc)
    except GatheringError as failure:
        return failure


def _asked(source: Source, enterprise: Enterprise, reply: Rows | GatheringError | None) -> Asked:
    """The answer, understood; where there is none (None: the source rests), what was last known."""
    if isinstance(reply, list):
        try:
            asked = _understood(source, enterprise, reply)
        except GatheringError as failure:
            reply = failure
        else:
            breaker.answered(source.code)
            _keep(source, enterprise, reply)
            return asked
    if reply is not None:
        log.warning("%s", reply)
        breaker.failed(source.code)
    return _last_known(source, enterprise)


def _understood(source: Source, enterprise: Enterprise, rows: Rows, at: datetime | None = None) -> Asked:
    records, refused = understand(source, enterprise, rows)
    if refused:
        log.warning("%s of %s records of source %s are refused", refused, len(rows), source.code)
    left = shown({source.category.code: records}, enterprise).get(source.category.code, [])
    return Asked(left, at, refused=refused)


def _keep(source: Source, enterprise: Enterprise, rows: Rows) -> None:
    forget()
    sealed = keyring().encrypt(orjson.dumps(rows).decode())
    facts = {"asked_at": clock.now(), "body": sealed}
    Answer.objects.update_or_create(source=source.code, serial=enterprise.serial, defaults=facts)


def _last_known(source: Source, enterprise: Enterprise) -> Asked:
    """The last answer while it lives; then what the department last delivered, if it ever did."""
    kept = Answer.objects.filter(source=source.code, serial=enterprise.serial, asked_at__gte=_oldest()).first()
    if kept is not None:
        with suppress(GatheringError):  # understood when it was kept, which a new catalogue may undo
            rows = orjson.loads(keyring().decrypt(kept.body))
            return _understood(source, enterprise, rows, kept.asked_at)
    delivered = Batch.objects.filter(category=source.category.code, state=BatchState.DONE).order_by("-id").first()
    return Asked(None, delivered.finished_at if delivered else None, known=delivered is not None)


def _oldest() -> datetime:
    return clock.now() - timedelta(hours=parameters.value("on_demand_answer_hours", on=clock.today()))
