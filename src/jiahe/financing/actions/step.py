"""Take a request or an order from one state to the next, as the tables say: one conditional UPDATE decides."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from jiahe.accounts.queries.administrators import supervisors
from jiahe.accounts.queries.branches import administrators
from jiahe.audit.journal import write
from jiahe.consent.actions.end import end_subject, void
from jiahe.creditfile.models import Enterprise
from jiahe.financing import limits
from jiahe.financing.enums import Mode, OrderStates, RequestStates
from jiahe.financing.errors import StateChanged
from jiahe.financing.models import Event, FinancingRequest, Order
from jiahe.financing.queries.open_to import open_to
from jiahe.financing.refs import order_ref, request_ref
from jiahe.financing.workflow import (
    ENDED,
    ORDER_STEPS,
    REQUEST_STEPS,
    OrderAction,
    OrderState,
    OrderStep,
    RequestAction,
    RequestState,
)
from jiahe.kit import clock, working_days
from jiahe.kit.actor import Actor
from jiahe.kit.rows import add
from jiahe.notify.inbox import tell


def new_number(prefix: str, now: datetime) -> str:
    """The day and chance: nobody can count or guess them."""
    return f"{prefix}{now:%Y%m%d}{secrets.token_hex(6).upper()}"


def move_request(*, actor: Actor, action: RequestAction, request: FinancingRequest, **changes: Any) -> None:
    """The step of a request that its caller has decided on, in the caller's transaction; `StateChanged` too late."""
    step, start, now = REQUEST_STEPS[action], request.state, clock.now()
    changes["state"] = step.end.value
    if step.end in (RequestState.CLOSED, RequestState.EXPIRED, RequestState.WITHDRAWN):
        changes["ended_at"] = now
    moved = FinancingRequest.objects.filter(pk=request.pk, state__in=step.start).update(**changes)
    request.refresh_from_db()
    if not moved:
        raise StateChanged(number=request.number, state=RequestStates(request.state).label)
    request_moved(actor=actor, action=action, request=request, start=start)


def request_moved(*, actor: Actor, action: RequestAction, request: FinancingRequest, start: str) -> None:
    """Write down a step that a request has taken, and tell those concerned."""
    record(actor=actor, action=action, request=request, start=start)
    for whom, template in REQUEST_STEPS[action].tells:
        notice(whom, template, request)


def move_order(
    *,
    actor: Actor,
    action: OrderAction,
    order: Order,
    due_at: datetime | None = None,
    facts: Mapping[str, Any] | None = None,
    **changes: Any,
) -> None:
    """The step of an order; `due_at` takes the place of the limit that would begin. An order that ends ends its consent."""
    step, start = ORDER_STEPS[action], order.state
    changes |= clock_of(step, order, clock.now(), due_at)
    moved = Order.objects.filter(pk=order.pk, state__in=step.start).update(**changes)
    order.refresh_from_db()
    if not moved:
        raise StateChanged(number=order.number, state=OrderStates(order.state).label)
    record(actor=actor, action=action, request=order.request, order=order, start=start, facts=facts)
    for whom, template in step.tells:
        notice(whom, template, order.request, order)
    if step.end in ENDED or step.end is OrderState.REPAYING:
        end_subject(actor=actor, subject_ref=order_ref(order))


def clock_of(step: OrderStep, order: Order | None, now: datetime, due_at: datetime | None) -> dict[str, Any]:
    """State and time limit after a step. What was left of the institution's limit goes on when the enterprise answered."""
    changes: dict[str, Any] = {"state": step.end.value, "state_since": now}
    if step.start == (step.end,):  # what is told of an order that stays as it is
        return {"state": step.end.value}
    if step.end in ENDED or step.end is OrderState.REPAYING:
        return changes | {"due_at": None, "stopped_at": None, "left_due_at": None, "ended_at": now}
    if step.enterprise_owes:
        left = order.due_at if order else None
        return changes | {"due_at": due_at or _limit(step, now), "stopped_at": now, "left_due_at": left}
    if step.limit or due_at:
        return changes | {"due_at": due_at or _limit(step, now), "stopped_at": None, "left_due_at": None}
    if order is not None and order.stopped_at and order.left_due_at:
        going_on = working_days.after(now, working_days.elapsed(order.stopped_at, order.left_due_at))
        return changes | {"due_at": going_on, "stopped_at": None, "left_due_at": None}
    return changes


def _limit(step: OrderStep, now: datetime) -> datetime:
    assert step.limit is not None
    return limits.ends(step.limit, now)


def record(
    *,
    actor: Actor,
    action: RequestAction | OrderAction,
    request: FinancingRequest,
    order: Order | None = None,
    start: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """The event, and the journal's row."""
    subject: FinancingRequest | Order = order or request
    add(
        Event(
            request=request,
            order=order,
            action=action.value,
            start=start,
            end=subject.state,
            at=clock.now(),
            user_id=actor.user_id,
            organisation=actor.organisation,
            role=actor.role,
            facts=dict(facts or {}),
        )
    )
    kind = "order" if order else "request"
    said = {"state": subject.state, "uscc": request.uscc} | ({"institution": order.institution.code} if order else {})
    write(actor=actor, action=f"{kind}.{action.value}", subject=f"{kind}:{subject.number}", facts=said)


def notice(whom: str, template: str, request: FinancingRequest, order: Order | None = None, **more: str | int) -> None:
    """Tell those concerned; `more` are facts that only this template says."""
    facts: dict[str, str | int] = {
        "number": order.number if order else request.number,
        "institution": order.institution.name if order else "",
        "enterprise": enterprise_name(request) if _is_named(whom, order) else "",
    }
    due = order.due_at if order else request.window_until
    if due:
        facts["due"] = f"{due.astimezone(clock.ZONE):%Y-%m-%d %H:%M}"
    for organisation, user_id, link in _readers(whom, request, order):
        tell(organisation=organisation, template=template, facts=facts | more, link=link, user_id=user_id)


def _is_named(whom: str, order: Order | None) -> bool:
    """Whether those who are told learn whose request it is: an institution only once it has come in; who asks knows."""
    if whom in ("enterprise", "invited"):
        return False
    return whom not in ("institution", "above") or order is None or order.is_named


def _readers(whom: str, request: FinancingRequest, order: Order | None) -> Iterator[tuple[str, int | None, str]]:
    """Organisation, person (None: all of it) and page: the enterprise, those it is open to, the authority's supervisors,
    those who keep the order's branch (`above`), or the order's account manager (`institution`; all of it where it has none yet)."""
    if whom == "enterprise":
        yield request.uscc, None, f"/enterprise/requests/{request.number}/"
    elif whom == "invited":  # an application to one institution is handed to it, and told with that
        if request.mode != Mode.DIRECTED:
            yield from ((code, None, "/bank/pool/") for code in open_to(request).values_list("code", flat=True))
    elif whom == "authority":
        for officer in supervisors():
            page = f"orders/{order.number}" if order else f"requests/{request.number}"
            yield officer.organisation.code, officer.user_id, f"/authority/{page}/"
    elif order is not None:
        code, link = order.institution.code, f"/bank/orders/{order.number}/"
        if whom == "institution":
            yield code, order.manager_id, link
        else:
            yield from ((code, one.user_id, link) for one in administrators(order.institution, order.branch))


def enterprise_name(request: FinancingRequest) -> str:
    return Enterprise.objects.values_list("name", flat=True).get(serial=request.serial) or request.uscc


def locked(request: FinancingRequest) -> FinancingRequest:
    """The request again, with its row held until the transaction ends: whoever changes one of its orders comes first here."""
    return FinancingRequest.objects.select_for_update().get(pk=request.pk)


def finish_if_done(*, actor: Actor, request: FinancingRequest) -> None:
    """Close an underway request of which no order is live any more; the request's row is held by the caller."""
    request.refresh_from_db()
    live = request.orders.exclude(state__in=[*(s.value for s in ENDED), OrderState.REPAYING.value]).exists()
    if not live and request.state in (RequestState.UNDERWAY, RequestState.AGREED):
        move_request(actor=actor, action=RequestAction.FINISH, request=request)
        void(actor=actor, request_ref=request_ref(request))
