"""Ours: the whole way of the data, as `jiahe gather` goes it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any


@cache
def prepared() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiahe.settings")
    import django

    django.setup()
    from jiahe.kit.preparation import prepare

    prepare()


def gather(code: str, files: list[str], history: bool) -> dict[str, Any]:
    """Gather one category's files; gives the counts of the batch."""
    prepared()
    from jiahe.catalogue import load
    from jiahe.gathering.actions.gather import COUNTS
    from jiahe.gathering.actions.gather import gather as action
    from jiahe.gathering.delivery import Delivery
    from jiahe.kit.actor import Actor

    category = load().categories[code]
    delivery = Delivery(category, [Path(f) for f in files], source=category.department, history=history)
    batch = action(actor=Actor.system("bench"), delivery=delivery)
    return {count: getattr(batch, count) for count in COUNTS}


def gather_behind(code: str, files: list[str], history: bool) -> dict[str, Any]:
    """The same at the priority of the worker's jobs."""
    from jiahe.kit.priority import step_back

    step_back()
    return gather(code, files, history)


def rebuild(code: str) -> int:
    """A category's documents from nothing but the lake."""
    prepared()
    from jiahe.catalogue import load
    from jiahe.creditfile import projection

    return projection.rebuild(load().categories[code]).documents


def enterprises() -> list[tuple[str, int]]:
    """The codes and serials of all enterprises."""
    prepared()
    from jiahe.creditfile.models import Enterprise

    return list(Enterprise.objects.order_by("serial").values_list("uscc", "serial"))


def registry() -> list[tuple[Any, ...]]:
    """Every row of the registry, to be laid into another database."""
    prepared()
    from jiahe.creditfile.models import Enterprise

    return list(Enterprise.objects.order_by("serial").values_list())


def adopt(rows: list[tuple[Any, ...]]) -> int:
    """Take over another installation's registry."""
    prepared()
    from jiahe.creditfile.models import Enterprise

    fields = [f.attname for f in Enterprise._meta.concrete_fields]
    Enterprise.objects.bulk_create(
        (Enterprise(**dict(zip(fields, row, strict=True))) for row in rows), batch_size=5_000
    )
    return len(rows)


def look_up(serials: list[int], every_value: bool = False) -> list[float]:
    """The seconds that each whole file takes, all categories, out of the store into records.

    A record understands its values when it is looked at; with `every_value` all of them are.
    """
    import time

    prepared()
    from jiahe.catalogue import load
    from jiahe.creditfile.models import Enterprise
    from jiahe.creditfile.queries.file import read_file

    categories = list(load().categories.values())
    found = Enterprise.objects.in_bulk(serials)
    seconds = []
    for serial in serials:
        started = time.perf_counter()
        read = read_file(found[serial], categories)
        if every_value:
            for records in read.values():
                for record in records:
                    assert record.values
        seconds.append(time.perf_counter() - started)
    return seconds


def look_up_stored(serials: list[int]) -> list[float]:
    """The same, out of the store only: documents found, opened and parsed."""
    import time

    prepared()
    from jiahe.catalogue import load
    from jiahe.creditfile.documents.store import DocumentStore

    categories = list(load().categories.values())
    store = DocumentStore()
    seconds = []
    for serial in serials:
        started = time.perf_counter()
        store.read(serial, categories)
        seconds.append(time.perf_counter() - started)
    return seconds
