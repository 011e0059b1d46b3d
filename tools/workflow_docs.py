"""The page of the workflow: its tables in words, and its diagrams, both read off `financing/workflow.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = ROOT / "docs/architecture/workflow.md"

HEAD = """\
# 融资流程 · The workflow of a financing request

<!-- written by `make docs` from src/jiahe/financing/workflow.py -->

一项需求(request)可由多家机构同时办理，每家一张订单(order)。下面的表和图都由程序的流程表生成。
One request, an order for each institution that handles it. Tables and diagrams are written from the program's own tables.
"""


def table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def workflow_page() -> str:
    """Django must be set up."""
    return "\n".join(
        [
            HEAD,
            "## 六个公开阶段 · The six public stages\n",
            _stages(),
            "\n## 订单 · Orders\n",
            _diagram(_order_edges()),
            "",
            _orders(),
            "\n## 需求 · Requests\n",
            _diagram(_request_edges()),
            "",
            _requests(),
            "\n## 时限 · Time limits\n",
            _limits(),
            "",
        ]
    )


def _stages() -> str:
    from jiahe.financing.enums import OrderStates, Stages
    from jiahe.financing.workflow import COMPLETES, STAGE_IN_HAND, Stage

    rows = (
        [
            f"{Stages(stage).label} `{stage}`",
            "、".join(str(OrderStates(state).label) for state, own in STAGE_IN_HAND.items() if own is stage) or "—",
            "、".join(f"`{action}`" for action, own in COMPLETES.items() if stage in own),
        ]
        for stage in Stage
    )
    return table(["阶段 stage", "办理中的状态 in hand", "由此完成 completed by"], rows)


def _orders() -> str:
    from jiahe.financing.enums import OrderStates
    from jiahe.financing.workflow import ORDER_STEPS

    rows = (
        [
            f"`{action}`",
            _states(step.start, OrderStates),
            str(OrderStates(step.end).label),
            _parties(step.who),
            _codes(step.guards),
            _codes(f"{whom}: {template}" for whom, template in step.tells),
            f"`{step.limit}`{' ⏸' if step.enterprise_owes else ''}" if step.limit else "—",
        ]
        for action, step in ORDER_STEPS.items()
    )
    return table(["action", "由 from", "到 to", "谁 who", "条件 guards", "告知 tells", "时限 limit"], rows)


def _requests() -> str:
    from jiahe.financing.enums import RequestStates
    from jiahe.financing.workflow import REQUEST_STEPS

    rows = (
        [
            f"`{action}`",
            _states(step.start, RequestStates),
            str(RequestStates(step.end).label),
            _parties(step.who),
            _codes(step.guards),
            _codes(f"{whom}: {template}" for whom, template in step.tells),
        ]
        for action, step in REQUEST_STEPS.items()
    )
    return table(["action", "由 from", "到 to", "谁 who", "条件 guards", "告知 tells"], rows)


def _limits() -> str:
    from jiahe.financing.workflow import Limit
    from jiahe.kit import clock, parameters

    rows = ([f"`{limit}`", str(parameters.value(f"limit_{limit}_working_days", on=clock.today()))] for limit in Limit)
    return table(["limit", "工作日 working days"], rows) + (
        "\n\n⏸ 机构的时限暂停，企业的时限开始。 The institution's limit stands, the enterprise's begins."
    )


def _order_edges() -> Iterator[tuple[str, str, str]]:
    from jiahe.financing.workflow import ORDER_STEPS

    for action, step in ORDER_STEPS.items():
        for start in step.start or ("[*]",):
            yield start, step.end, action


def _request_edges() -> Iterator[tuple[str, str, str]]:
    from jiahe.financing.workflow import REQUEST_STEPS

    for action, step in REQUEST_STEPS.items():
        for start in step.start:
            yield start, step.end, action


def _diagram(edges: Iterable[tuple[str, str, str]]) -> str:
    """A state diagram; steps between the same two states share an arrow."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for start, end, action in edges:
        arrows.setdefault((start, end), []).append(action)
    lines = [f"    {start} --> {end}: {', '.join(actions)}" for (start, end), actions in arrows.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def _states(states: Iterable[str], labels: type) -> str:
    return "、".join(str(labels(state).label) for state in states) or "—"


def _parties(who: Iterable[str]) -> str:
    from jiahe.financing.parties import NAMES

    names = {party.value: str(name) for party, name in NAMES.items()}
    return "、".join(names[party] for party in who)


def _codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words) or "—"
