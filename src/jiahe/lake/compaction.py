"""Many small batch files into one sorted file, and the removal of files that nobody reads any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from jiahe.catalogue import Category
from jiahe.kit import clock, parameters
from jiahe.lake.engines import duckdb as engine
from jiahe.lake.rewriting import rewrite
from jiahe.lake.tables import LakeTable, TableFile


@dataclass(frozen=True)
class Compacted:
    """How many files became one; 0 where there was nothing to do."""

    category: str
    files: int


def compact(category: Category) -> Compacted:
    """Merge a table's small files where there are many; every version of every record stays."""
    table = LakeTable(category)
    with table.writing():
        small = _small(table)
        if len(small) < parameters.value("lake_compaction_files", on=clock.today()):
            return Compacted(category.code, 0)
        with engine.session() as session:
            merged = rewrite(session, table, small)
        table.replace(removed=small, files=[merged] if merged else [])
        table.checkpoint()
    return Compacted(category.code, len(small))


def _small(table: LakeTable) -> list[TableFile]:
    limit = parameters.value("lake_compaction_records", on=clock.today())
    return [f for f in table.files() if f.records < limit]


def vacuum(category: Category) -> list[str]:
    """Remove the files that are in the table no more, once the safe age has passed; gives their names."""
    hours = parameters.value("lake_vacuum_hours", on=clock.today())
    table = LakeTable(category)
    with table.writing():
        unused = table.unused(before=clock.now() - timedelta(hours=hours))
        for path in unused:
            path.unlink()
    return [path.name for path in unused]
