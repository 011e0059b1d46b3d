"""The table of the time limits: how long each is, and what happens while and after it runs, read off the clock itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tools.workflow_docs import table

ROOT = Path(__file__).resolve().parent.parent
TIME_LIMITS = ROOT / "docs/authority/time-limits.md"
PLACE = re.compile(r"(<!-- limits:.*?-->\n).*?(<!-- /limits -->)", re.DOTALL)
NAMES = {
    "accept": ("机构受理派来的订单", "机构"),
    "contact": ("首次联系企业", "机构"),
    "decide": ("尽调、审核，作出决定", "机构"),
    "choose": ("企业选择授信方案(方案另写有效期的，以方案为准)", "企业"),
    "answer": ("企业补充材料", "企业"),
    "sign": ("企业选定后签约", "机构"),
    "disburse": ("签约后放款，各笔放款之间", "机构"),
    "window": ("公开征集", "—"),
}


def with_time_limits(text: str) -> str:
    """Django must be set up."""
    return PLACE.sub(lambda found: f"{found[1]}{_table()}\n{found[2]}", text)


def _table() -> str:
    from jiahe.financing.workflow import Limit
    from jiahe.kit import clock, parameters

    days = {limit: parameters.value(f"limit_{limit}_working_days", on=clock.today()) for limit in Limit}
    rows = ([*NAMES[limit], str(days[limit]), "；".join(_what_happens(limit, days[limit]))] for limit in Limit)
    return table(["时限", "谁的", "工作日", "到时"], rows)


def _what_happens(limit: str, days: int) -> Iterator[str]:
    """In words, with each moment as working days from the beginning of the limit or from its end."""
    from jiahe.financing.clock import Call, Clock
    from jiahe.financing.limits import delays
    from jiahe.financing.workflow import Limit
    from jiahe.kit import clock, working_days

    if limit == Limit.WINDOW:
        yield "有机构接单的停止征集；无人接单的见下"
        return
    begun = working_days.add(clock.now(), 0)
    time = Clock(Limit(limit), begun, working_days.add(begun, days))
    calls = time.calls(delays(clock.now()))
    if not calls:
        yield "只计入考核，不提醒"
    said = {
        Call.HALF: "用时过半提醒客户经理",
        Call.ANSWER: "第 {used} 个工作日届满提醒企业",
        Call.FULL: "到期提醒客户经理",
        Call.BRANCH: "超时 {over} 个工作日告知网点管理员",
        Call.SUPERVISOR: "超时 {over} 个工作日告知业务监管员",
        Call.EXPIRE: "到期订单失效" if time.of_the_enterprise else "同时订单失效，转派其他机构",
    }
    for call, at in calls:
        used, over = time.used(at) // working_days.DAY, working_days.elapsed(time.due, at) // working_days.DAY
        yield said[call].format(used=used, over=over)
