"""Rows of the books in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.accounts.enums import Role
from jiahe.audit.models import Book
from jiahe.profiles.enums import Purpose

CHANNELS = {
    "portal": gettext_lazy("网页"),
    "console": gettext_lazy("命令行"),
    "worker": gettext_lazy("后台"),
}
ROLES = {**dict(Role.choices), "system": gettext_lazy("系统")}


@dataclass(frozen=True)
class Line:
    """One row: when, who in which role for whom, what, about what, the rest as name and value, and its segment."""

    number: int
    at: datetime
    login: str
    role: str
    organisation: str
    channel: str
    what: str
    about: str
    facts: tuple[tuple[str, str], ...]
    segment: int | None


def lines(book: Book, rows: Iterable[Any]) -> list[Line]:
    made = {Book.JOURNAL: _of_journal, Book.ACCESS: _of_access}[book]
    return [_line(row, *made(row)) for row in rows]


def _line(row: Any, what: str, about: str, facts: list[tuple[str, str]]) -> Line:
    organisation = f"{row.organisation} / {row.branch}" if row.branch else row.organisation
    channel = str(CHANNELS.get(row.channel, row.channel))
    role = str(ROLES.get(row.role, row.role))
    return Line(row.pk, row.at, row.login, role, organisation, channel, what, about, tuple(facts), row.sealed_as)


def _of_journal(row: Any) -> tuple[str, str, list[tuple[str, str]]]:
    return row.action, row.subject, [(name, _said(value)) for name, value in row.facts.items()]


def _of_access(row: Any) -> tuple[str, str, list[tuple[str, str]]]:
    facts = [(_("信息类"), _said(row.categories)), (_("记录"), _said(row.records))]
    if row.withheld:
        facts.append((_("未予显示"), _said(row.withheld)))
    if row.consents:
        facts.append((_("授权"), _said(row.consents)))
    return str(dict(Purpose.choices).get(row.purpose, row.purpose)), row.uscc, facts


LONGEST = 8


def _said(value: Any) -> str:
    """Short enough for a table; what is left out is counted."""
    if isinstance(value, list):
        shown = "、".join(str(one) for one in value[:LONGEST])
        more = len(value) - LONGEST
        return _("{shown} 等 {count} 项").format(shown=shown, count=len(value)) if more > 0 else shown or "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, dict):
        return "，".join(f"{name} {_said(one)}" for name, one in value.items()) or "—"
    return "—" if value in (None, "") else str(value)
