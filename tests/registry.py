"""Enterprises of the registry, gathered as a department delivers them."""

from __future__ import annotations

from pathlib import Path

from jiahe.catalogue import load
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.delivery import Delivery
from jiahe.kit.actor import Actor

USCC = "91330100799655058B"
OTHER = "91440300192317458F"
NAME = "嘉禾纺织(集团)有限公司"
PERSON, IDENTITY = "张三丰", "330402196001010018"


def deliver(
    tmp_path: Path,
    uscc: str = USCC,
    *,
    name: str = NAME,
    state: str = "存续",
    person: str = PERSON,
    identity: str = IDENTITY,
) -> None:
    """One enterprise's registration and, where a person is given, its legal representative."""
    gathered(tmp_path, "0101", f"统一社会信用代码,企业名称,登记状态,法定代表人\n{uscc},{name},{state},{person}\n")
    if person:
        rows = f"统一社会信用代码,企业名称,法定代表人姓名,证件号码\n{uscc},{name},{person},{identity}\n"
        gathered(tmp_path, "0102", rows)


def gathered(tmp_path: Path, category: str, text: str, *, history: bool = False) -> None:
    file = tmp_path / f"{category}.csv"
    file.write_text(text, encoding="utf-8")
    gather(actor=Actor.system(), delivery=Delivery(load().categories[category], [file], source="01", history=history))
