"""The way of a financing request and of its orders, as two tables: everything else is read off them. No Django here.

A request is what the enterprise asks for; each institution that handles it has an order of its own. A step says from
which states it leads to which one, who may take it, which guards it passes, what is told to whom, and which time limit
begins. The six public stages are read off the order's state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Party(StrEnum):
    """In what right somebody acts on a request or an order."""

    ENTERPRISE = "enterprise"  # the enterprise's administrator or its verified representative
    MEMBER = "member"  # anybody who acts for the enterprise
    ANY_BANK = "any_bank"  # an account manager of an institution to which the request is open
    OWNER = "owner"  # the account manager whose order it is, and those above in the branch tree
    ABOVE = "above"  # the branch administrators above, and the head office's
    OFFICER = "officer"  # the authority's supervisor
    SYSTEM = "system"


class Stage(StrEnum):
    """The six stages that everybody concerned sees."""

    ACCEPTANCE = "acceptance"
    DILIGENCE = "diligence"
    REVIEW = "review"
    APPROVAL = "approval"
    SIGNING = "signing"
    DISBURSEMENT = "disbursement"


class RequestState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"  # institutions may still come in
    UNDERWAY = "underway"  # no more institutions; at least one order is live
    AGREED = "agreed"  # an offer was accepted
    CLOSED = "closed"  # every order has ended
    EXPIRED = "expired"  # nobody took it
    WITHDRAWN = "withdrawn"


class OrderState(StrEnum):
    DISPATCHED = "dispatched"  # handed to an institution that has not accepted it yet
    ACCEPTED = "accepted"
    DILIGENCE = "diligence"
    MORE_WANTED = "more_wanted"  # the enterprise owes an answer; the institution's clock stands still
    REVIEW = "review"
    APPROVED = "approved"  # an offer is on the table
    AGREED = "agreed"  # the enterprise accepted it
    SIGNED = "signed"
    DISBURSED = "disbursed"  # money has come, more may
    REPAYING = "repaying"  # all the money has come
    CLOSED = "closed"
    REFUSED = "refused"
    RETURNED = "returned"
    DECLINED = "declined"  # the enterprise chose another offer, or none of this one's
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class RequestAction(StrEnum):
    SUBMIT = "submit"
    FILL = "fill"
    DISPATCH = "dispatch"
    REOPEN = "reopen"
    AGREE = "agree"
    FINISH = "finish"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class OrderAction(StrEnum):
    CLAIM = "claim"
    HAND_OUT = "hand_out"
    ACCEPT = "accept"
    CONTACT = "contact"
    ASK_MORE = "ask_more"
    SUPPLY = "supply"
    REVIEW = "review"
    OFFER = "offer"
    GRANT = "grant"
    CHOOSE = "choose"
    DECLINE = "decline"
    SIGN = "sign"
    DISBURSE = "disburse"
    COMPLETE = "complete"
    CLOSE = "close"
    DEFAULT = "default"
    REFUSE = "refuse"
    RETURN = "return"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


class Limit(StrEnum):
    """The time limits; each is a parameter `limit_<name>_working_days`."""

    ACCEPT = "accept"
    CONTACT = "contact"
    DECIDE = "decide"
    CHOOSE = "choose"
    ANSWER = "answer"
    SIGN = "sign"
    DISBURSE = "disburse"
    WINDOW = "window"


@dataclass(frozen=True)
class RequestStep:
    """`start` is empty for what makes a new request."""

    start: tuple[RequestState, ...]
    end: RequestState
    who: tuple[Party, ...]
    guards: tuple[str, ...] = ()
    tells: tuple[tuple[str, str], ...] = ()  # to whom, and with which template


@dataclass(frozen=True)
class OrderStep:
    """`limit` is the time limit that begins; None: the one that runs goes on. `enterprise_owes` stops the bank's clock."""

    start: tuple[OrderState, ...]
    end: OrderState
    who: tuple[Party, ...]
    guards: tuple[str, ...] = ()
    tells: tuple[tuple[str, str], ...] = ()
    limit: Limit | None = None
    enterprise_owes: bool = False


_R, _O, _P = RequestState, OrderState, Party
_E, _B, _A, _I, _S = "enterprise", "institution", "authority", "invited", (Party.SYSTEM,)

REQUEST_STEPS: dict[RequestAction, RequestStep] = {
    RequestAction.SUBMIT: RequestStep(
        (_R.DRAFT,),
        _R.OPEN,
        (_P.ENTERPRISE,),
        (
            "complete",
            "applies_itself",
            "not_too_many",
            "no_same_request",
            "product_on_shelf",
            "within_product",
            "open_to_somebody",
            "within_precredit",
        ),
        ((_E, "request.received"), (_I, "pool.opened")),
    ),
    RequestAction.FILL: RequestStep((_R.OPEN,), _R.UNDERWAY, _S),
    RequestAction.DISPATCH: RequestStep(
        (_R.OPEN, _R.UNDERWAY), _R.UNDERWAY, (_P.OFFICER, _P.SYSTEM), (), ((_E, "request.dispatched"),)
    ),
    RequestAction.REOPEN: RequestStep(
        (_R.OPEN, _R.UNDERWAY),
        _R.OPEN,
        _S,
        (),
        ((_E, "request.redispatched"), (_A, "request.unplaced"), (_I, "pool.opened")),
    ),
    RequestAction.AGREE: RequestStep((_R.OPEN, _R.UNDERWAY), _R.AGREED, _S),
    RequestAction.FINISH: RequestStep((_R.UNDERWAY, _R.AGREED), _R.CLOSED, _S),
    RequestAction.WITHDRAW: RequestStep((_R.OPEN, _R.UNDERWAY), _R.WITHDRAWN, (_P.ENTERPRISE,)),
    RequestAction.EXPIRE: RequestStep((_R.OPEN,), _R.EXPIRED, _S, (), ((_E, "request.expired"),)),
}

_AT_WORK = (_O.ACCEPTED, _O.DILIGENCE, _O.REVIEW)
_BEFORE_SIGNING = (_O.DISPATCHED, _O.ACCEPTED, _O.DILIGENCE, _O.MORE_WANTED, _O.REVIEW, _O.APPROVED, _O.AGREED)

ORDER_STEPS: dict[OrderAction, OrderStep] = {
    OrderAction.CLAIM: OrderStep(
        (), _O.ACCEPTED, (_P.ANY_BANK,), ("indication_given",), ((_E, "order.claimed"),), Limit.CONTACT
    ),
    OrderAction.HAND_OUT: OrderStep(
        (), _O.DISPATCHED, (_P.SYSTEM, _P.OFFICER), ("open_to_institution",), ((_B, "pool.matching"),), Limit.ACCEPT
    ),
    OrderAction.ACCEPT: OrderStep(
        (_O.DISPATCHED,), _O.ACCEPTED, (_P.OWNER,), ("open_to_institution",), ((_E, "order.accepted"),), Limit.CONTACT
    ),
    OrderAction.CONTACT: OrderStep((_O.ACCEPTED,), _O.DILIGENCE, (_P.OWNER,), (), (), Limit.DECIDE),
    OrderAction.ASK_MORE: OrderStep(
        (_O.DILIGENCE, _O.REVIEW),
        _O.MORE_WANTED,
        (_P.OWNER,),
        (),
        ((_E, "order.more_wanted"),),
        Limit.ANSWER,
        enterprise_owes=True,
    ),
    OrderAction.SUPPLY: OrderStep((_O.MORE_WANTED,), _O.DILIGENCE, (_P.MEMBER,), (), ((_B, "order.supplied"),)),
    OrderAction.REVIEW: OrderStep((_O.DILIGENCE,), _O.REVIEW, (_P.OWNER,)),
    OrderAction.OFFER: OrderStep(
        (_O.REVIEW,),
        _O.APPROVED,
        (_P.OWNER,),
        ("offer_complete",),
        ((_E, "order.offered"),),
        Limit.CHOOSE,
        enterprise_owes=True,
    ),
    # By credit points, once the institution found no bad credit record: what was applied for is what is granted.
    OrderAction.GRANT: OrderStep(
        (_O.ACCEPTED, _O.DILIGENCE),
        _O.AGREED,
        (_P.OWNER,),
        ("precredit_holds",),
        ((_E, "precredit.granted"),),
        Limit.SIGN,
    ),
    OrderAction.CHOOSE: OrderStep(
        (_O.APPROVED,), _O.AGREED, (_P.ENTERPRISE,), ("offer_holds",), ((_B, "order.approved"),), Limit.SIGN
    ),
    OrderAction.DECLINE: OrderStep(
        (_O.APPROVED,), _O.DECLINED, (_P.ENTERPRISE, _P.SYSTEM), (), ((_B, "order.declined"),)
    ),
    OrderAction.SIGN: OrderStep(
        (_O.AGREED,), _O.SIGNED, (_P.OWNER,), ("contract_named",), ((_E, "order.signed"),), Limit.DISBURSE
    ),
    OrderAction.DISBURSE: OrderStep(
        (_O.SIGNED, _O.DISBURSED),
        _O.DISBURSED,
        (_P.OWNER,),
        ("within_contract",),
        ((_E, "order.disbursed"),),
        Limit.DISBURSE,
    ),
    OrderAction.COMPLETE: OrderStep((_O.DISBURSED,), _O.REPAYING, (_P.OWNER,), (), ((_E, "evaluation.invited"),)),
    OrderAction.CLOSE: OrderStep((_O.REPAYING,), _O.CLOSED, (_P.OWNER,), (), ((_E, "order.closed"),)),
    OrderAction.DEFAULT: OrderStep(
        (_O.REPAYING,), _O.REPAYING, (_P.OWNER,), ("told_with_consent", "default_possible"), ((_E, "order.default"),)
    ),
    OrderAction.REFUSE: OrderStep(
        (*_AT_WORK, _O.MORE_WANTED, _O.DISPATCHED), _O.REFUSED, (_P.OWNER,), ("reason_given",), ((_E, "order.refused"),)
    ),
    OrderAction.RETURN: OrderStep(
        (*_BEFORE_SIGNING, _O.SIGNED),
        _O.RETURNED,
        (_P.OWNER,),
        ("reason_given",),
        ((_E, "order.returned"),),
    ),
    OrderAction.WITHDRAW: OrderStep(_BEFORE_SIGNING, _O.WITHDRAWN, (_P.ENTERPRISE,), (), ((_B, "order.withdrawn"),)),
    OrderAction.EXPIRE: OrderStep(
        (_O.DISPATCHED, _O.MORE_WANTED, _O.APPROVED), _O.EXPIRED, _S, (), ((_E, "order.expired"), (_B, "order.expired"))
    ),
}

# An order that somebody must go on with: it has an owner (or waits to be accepted) and a deadline.
LIVE = (*_BEFORE_SIGNING, _O.SIGNED, _O.DISBURSED)
# In these the institution may read under the order's consent, and sees the phone number.
READS = tuple(state for state in LIVE if state is not _O.DISPATCHED)
ENDED = tuple(state for state in OrderState if state not in LIVE and state is not _O.REPAYING)

# Where an order stands in the six stages: the stage in hand, or for what has ended the last one it can have reached.
STAGE_IN_HAND: dict[OrderState, Stage] = {
    _O.DISPATCHED: Stage.ACCEPTANCE,
    _O.ACCEPTED: Stage.DILIGENCE,
    _O.DILIGENCE: Stage.DILIGENCE,
    _O.MORE_WANTED: Stage.DILIGENCE,
    _O.REVIEW: Stage.REVIEW,
    _O.APPROVED: Stage.APPROVAL,
    _O.AGREED: Stage.SIGNING,
    _O.SIGNED: Stage.DISBURSEMENT,
    _O.DISBURSED: Stage.DISBURSEMENT,
}
# The stages that a step completes.
COMPLETES: dict[OrderAction, tuple[Stage, ...]] = {
    OrderAction.CLAIM: (Stage.ACCEPTANCE,),
    OrderAction.ACCEPT: (Stage.ACCEPTANCE,),
    OrderAction.REVIEW: (Stage.DILIGENCE,),
    OrderAction.OFFER: (Stage.REVIEW,),
    OrderAction.GRANT: (Stage.DILIGENCE, Stage.REVIEW, Stage.APPROVAL),
    OrderAction.CHOOSE: (Stage.APPROVAL,),
    OrderAction.SIGN: (Stage.SIGNING,),
    OrderAction.COMPLETE: (Stage.DISBURSEMENT,),
}


def order_actions(state: OrderState) -> Iterator[OrderAction]:
    """What may follow in a state, in the table's order."""
    return (action for action, step in ORDER_STEPS.items() if state in step.start)


def request_actions(state: RequestState) -> Iterator[RequestAction]:
    return (action for action, step in REQUEST_STEPS.items() if state in step.start)
