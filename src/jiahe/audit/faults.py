"""What can be wrong with a book, each in one sentence that names the place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from jiahe.audit.models import Book
from jiahe.kit import clock

SENTENCES = {
    "changed": _("{book}第 {row} 条({at})与写入时的摘要不符：其内容或摘要被改动，或并非由平台写入。"),
    "moved": _("{book}第 {row} 条({at})封存于第 {segment} 段，但其所属的段被改动。"),
    "removed": _("{book}第 {row} 条已不在库中：封存于第 {segment} 段({at})，此后被移除，或其编号被改动。"),
    "inserted": _(
        "{book}第 {row} 条({at})不在第 {segment} 段封存的条目之中：在封存之后插入，或其编号、所属的段被改动。"
    ),
    "copied": _("{book}第 {row} 条({at})是第 {other} 条的复制。"),
    "stray": _("{book}第 {row} 条({at})所标的段不属于{book}：插入的条目，或其所属的段被改动或移除。"),
    "segment_changed": _("{book}第 {segment} 段(自第 {row} 条起)与其哈希不符：封存记录或条目的次序被改动。"),
    "segment_removed": _(
        "{book}第 {segment} 段不在库中：该段封存的条目(约自第 {row} 条起)连同该段被移除，或该段的编号被改动。"
    ),
    "tail_cut": _("{book}在第 {row} 条之后被截去：锚定文件记有第 {segment} 段({at})，数据库中没有与之相同的段。"),
    "anchor_missing": _("锚定文件不存在或不完整：{place}。请找回该文件；找不回时，无法判断{book}末尾是否被截去。"),
    "anchor_unreadable": _("锚定文件第 {row} 行无法读取，被改动过：{place}。"),
}


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong: its kind, and the row, segment and time that the sentence names."""

    kind: str
    book: Book
    row: int | None = None
    segment: int | None = None
    at: datetime | None = None
    other: int | None = None
    place: str = ""

    @property
    def sentence(self) -> str:
        return str(SENTENCES[self.kind]).format(
            book=self.book.label,
            row=self.row,
            segment=self.segment,
            at=f"{self.at.astimezone(clock.ZONE):%Y-%m-%d %H:%M:%S}" if self.at else _("时间无法读取"),
            other=self.other,
            place=self.place,
        )


class Tampered(Exception):
    """Carries the fault from where it is seen to whoever asked."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.kind)
        self.fault = fault
