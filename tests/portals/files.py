"""A credit file with a little of every form, for pages to show."""

from __future__ import annotations

from pathlib import Path

from jiahe.catalogue import load
from jiahe.gathering.actions.gather import gather
from jiahe.gathering.delivery import Delivery
from jiahe.kit.actor import Actor

USCC = "91330100799655058B"
OTHER = "91440300192317458F"
NAME = "甲公司"
DELIVERIES = {
    "0101": (
        "统一社会信用代码,企业名称,法定代表人姓名,登记机关\n"
        f"{USCC},{NAME},张三丰,嘉兴市市场监督管理局\n{OTHER},乙公司,王五,嘉兴市市场监督管理局\n"
    ),
    "0201": (
        "统一社会信用代码,企业名称,法定代表人姓名,财务负责人姓名,财务负责人移动电话\n"
        f"{USCC},{NAME},张三丰,李四光,17000000001\n{OTHER},乙公司,王五,赵六,17000000002\n"
    ),
}


def gathered(folder: Path) -> None:
    """Deliver the categories of `DELIVERIES`, from files below the folder."""
    for code, text in DELIVERIES.items():
        file = folder / f"{code}.csv"
        file.write_text(text, encoding="utf-8")
        category = load().categories[code]
        gather(actor=Actor.system(), delivery=Delivery(category, [file], source=category.department))
