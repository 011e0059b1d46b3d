"""Gather a declared source now: ask it, and gather its answer as a delivery."""

from __future__ import annotations

import tempfile
from pathlib import Path

from jiahe.gathering.actions.gather import gather
from jiahe.gathering.connectors import database, rest
from jiahe.gathering.connectors.errors import OnlyOnDemand
from jiahe.gathering.connectors.source import Kind, Source
from jiahe.gathering.delivery import Delivery
from jiahe.gathering.models import Batch, LoadMode
from jiahe.kit.actor import Actor
from jiahe.kit.home import folder


def collect(
    *,
    actor: Actor,
    source: Source,
    allow_withdrawals: bool = False,
) -> Batch | None:
    """The ledger row; None where a source of changes has none. What the source cannot give raises and keeps nothing."""
    with tempfile.TemporaryDirectory(dir=folder("tmp")) as work:
        file = _fetch(source, Path(work))
        if file is None:
            return None
        delivery = Delivery(
            source.category,
            [file],
            source.code,
            source.mode,
            allow_withdrawals=allow_withdrawals,
            aliases=source.aliases,
            outside=source.outside,
        )
        return gather(actor=actor, delivery=delivery)


def _fetch(source: Source, work: Path) -> Path | None:
    match source.kind:
        case Kind.DATABASE:
            return database.fetch(source, work)
        case Kind.REST:
            file = rest.fetch(source, work)
            # Nothing at all is no change, but it is no whole stock either: that is refused as an empty file.
            return work / f"{source.code}.jsonl" if file is None and source.mode == LoadMode.FULL else file
        case Kind.ON_DEMAND:
            raise OnlyOnDemand(source=source.code)
