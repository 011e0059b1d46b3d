"""Which runs there were, and whom a new one would touch."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import narwhals.stable.v2 as nw

from jiahe.catalogue import Category
from jiahe.kit.home import lake_root
from jiahe.lake.engines.frames import Frame, Frames
from jiahe.lake.tables import LakeTable
from jiahe.scoring.models import Reach, Run, RunState


def newest(reach: Reach | None = None) -> Run | None:
    """The last run that was completed, of any reach or of one."""
    done = Run.objects.filter(state=RunState.DONE, **({"reach": reach} if reach else {}))
    return done.order_by("-pk").first()


def whole() -> Run | None:
    """The last run of everybody; None where its features are not there: a backup leaves out what can be made anew."""
    found = newest(Reach.EVERYBODY)
    return found if found and all(file.exists() for file in files_of(found)) else None


def files_of(run: Run) -> list[Path]:
    """The features of everybody that a run of everybody made."""
    return [lake_root() / file for file in run.files]


def touched(lake: Frames, categories: Iterable[Category], since: dict[str, int]) -> Frame | None:
    """The serials of the enterprises that later batches speak of; None where there is no later batch."""
    found = []
    for category in categories:
        batch = since.get(category.code, 0)
        if files := [f.path for f in LakeTable(category).files(after_batch=batch)]:
            found.append(lake.stored(files).filter(nw.col("_batch") > batch).select("_serial"))
    return lake.keep(nw.concat(found, how="vertical").unique()) if found else None
