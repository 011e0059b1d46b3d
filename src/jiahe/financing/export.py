"""A list of orders as a workbook: as much as its reader sees, with their name on every sheet, and a row in the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.accounts.models import Organisation, User
from jiahe.audit.journal import write
from jiahe.financing.enums import Channel, LoanPurpose, Stages
from jiahe.financing.parties import user_of
from jiahe.financing.queries.worklist import Line
from jiahe.financing.workflow import STAGE_IN_HAND, OrderState
from jiahe.kit import clock
from jiahe.kit.actor import Actor

MOST = 20_000
WAN = Decimal(10_000)


@dataclass(frozen=True)
class Column:
    """`money` is given in yuan and written in 万元 as a number; everything else is text."""

    name: str | Promise
    value: Callable[[Line], Any]
    width: int = 14
    money: bool = False


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(clock.ZONE):%Y-%m-%d %H:%M}" if at else ""


def _stage(line: Line) -> str:
    stage = STAGE_IN_HAND.get(OrderState(line.order.state))
    return str(Stages(stage).label) if stage else ""


COLUMNS = (
    Column(gettext_lazy("订单编号"), lambda one: one.order.number, 26),
    Column(gettext_lazy("企业"), lambda one: one.enterprise, 32),
    Column(gettext_lazy("统一社会信用代码"), lambda one: one.order.request.uscc if one.order.is_named else "", 22),
    Column(gettext_lazy("申请金额（万元）"), lambda one: one.order.request.amount, money=True),
    Column(gettext_lazy("期限（月）"), lambda one: str(one.order.request.term_months or ""), 10),
    Column(gettext_lazy("用途"), lambda one: str(LoanPurpose(one.order.request.purpose).label)),
    Column(gettext_lazy("渠道"), lambda one: str(Channel(one.order.channel).label), 10),
    Column(gettext_lazy("状态"), lambda one: one.order.get_state_display(), 18),
    Column(gettext_lazy("阶段"), _stage, 8),
    Column(gettext_lazy("时限"), lambda one: _moment(one.order.due_at), 18),
    Column(gettext_lazy("剩余时间"), lambda one: one.left.text if one.left else "", 20),
    Column(gettext_lazy("意向金额（万元）"), lambda one: one.order.indicated_amount, money=True),
    Column(gettext_lazy("合同编号"), lambda one: one.order.contract_number),
    Column(gettext_lazy("合同金额（万元）"), lambda one: one.order.contract_amount, money=True),
    Column(gettext_lazy("开始时间"), lambda one: _moment(one.order.created_at), 18),
)
# What only those see in whose list there are other institutions' and other people's orders.
INSTITUTION = Column(gettext_lazy("机构"), lambda one: one.order.institution.name, 24)
OF_PEOPLE = (
    Column(gettext_lazy("网点"), lambda one: one.order.branch.name if one.order.branch else _("总部"), 18),
    Column(gettext_lazy("客户经理"), lambda one: one.order.manager.name if one.order.manager else ""),
)


@transaction.atomic
def export(
    *, actor: Actor, lines: Sequence[Line], columns: Sequence[Column], wanted: Mapping[str, Any] | None = None
) -> bytes:
    """The workbook of some orders that the actor sees; `wanted` says in the journal by which filters they were found."""
    facts = {"rows": len(lines), "columns": len(columns)} | dict(wanted or {})
    write(actor=actor, action="orders.export", subject=f"organisation:{actor.organisation}", facts=facts)
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("订单"))
        _watermark(sheet, actor)
        _fill(book, sheet, lines, columns)
    return target.getvalue()


def file_name() -> str:
    """After this moment."""
    return f"orders-{clock.now().astimezone(clock.ZONE):%Y%m%d-%H%M}.xlsx"


def _watermark(sheet: Any, actor: Actor) -> None:
    """Who, for whom, when: in the first line, and at the head and foot of every page that is printed."""
    said = watermark(actor)
    sheet.write_string(0, 0, said)
    printed = said.replace("&", "&&")
    sheet.set_header(f"&L{printed}")
    sheet.set_footer(f"&L{printed}&R&P/&N")


def watermark(actor: Actor) -> str:
    organisation = Organisation.objects.values_list("name", flat=True).get(code=actor.organisation)
    name = User.objects.values_list("name", flat=True).get(pk=user_of(actor))
    return _("{organisation} {name}（{login}）于 {at} 导出，仅供办理业务使用，不得外传").format(
        organisation=organisation, name=name, login=actor.login, at=_moment(clock.now())
    )


def _fill(book: Any, sheet: Any, lines: Sequence[Line], columns: Sequence[Column]) -> None:
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(1, place, str(column.name), bold)
    sheet.freeze_panes(2, 1)
    sheet.autofilter(1, 0, max(len(lines) + 1, 2), len(columns) - 1)
    for row, line in enumerate(lines, start=2):
        for place, column in enumerate(columns):
            value = column.value(line)
            if column.money and value is not None:
                sheet.write_number(row, place, float(value / WAN), money)
            else:
                sheet.write_string(row, place, "" if value is None else str(value))
    if len(lines) >= MOST:
        said = _("仅导出前 {most} 条：请缩小筛选范围后分次导出。").format(most=MOST)
        sheet.write_string(len(lines) + 2, 0, said, bold)
