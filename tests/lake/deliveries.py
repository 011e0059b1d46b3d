"""Small deliveries of real categories, gathered as the command would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from jiahe.catalogue import load
from jiahe.creditfile.models import Enterprise
from jiahe.creditfile.queries.file import read_file, read_file_as_of
from jiahe.creditfile.records import Record
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.delivery import Delivery
from jiahe.gathering.models import Batch, LoadMode
from jiahe.kit.actor import Actor

PENALTIES = "0209"  # negative: kept some years from the decision
PROFILES = "0201"  # kept while the enterprise exists, and some years after
FIRST, SECOND, THIRD = "91330100799655058B", "9144030071526726XG", "91440300192317458F"
ACTOR = Actor.system("test")


def deliver(folder: Path, code: str, *lines: str, header: str, mode: LoadMode = LoadMode.CHANGES) -> Batch:
    """Gather one file of a category."""
    category = load().categories[code]
    path = folder / f"{code}-{Batch.objects.count()}.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return gather(actor=ACTOR, delivery=Delivery(category, [path], category.department, mode))


def penalties(folder: Path, *lines: str, mode: LoadMode = LoadMode.CHANGES) -> Batch:
    """Lines of code, decision number, day of the decision, facts, and D for one that is withdrawn."""
    return deliver(folder, PENALTIES, *lines, header="uscc,decision_no,decided_on,facts,name,op", mode=mode)


def file_of(uscc: str, code: str) -> list[Record]:
    """An enterprise's records of one category, as they stand."""
    category = load().categories[code]
    return read_file(Enterprise.objects.get(uscc=uscc), [category]).get(code, [])


def file_as_of(uscc: str, code: str, day: str) -> list[Record]:
    category = load().categories[code]
    enterprise = Enterprise.objects.get(uscc=uscc)
    return read_file_as_of(enterprise, [category], date.fromisoformat(day)).get(code, [])


def bytes_below(folder: Path) -> bytes:
    """All bytes of all files of a folder."""
    return b"".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())
