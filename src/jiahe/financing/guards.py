"""What must hold before a step is taken: the named predicates of the workflow's tables, each raising its own failure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Min, Sum
from django.utils.translation import gettext as _

from jiahe.accounts.typed import line
from jiahe.catalogue import names
from jiahe.consent.enums import Result
from jiahe.consent.queries.feedback import feedback_consent
from jiahe.financing.enums import Channel, FirstLoanEvidence, Reason
from jiahe.financing.errors import (
    BeyondContract,
    Incomplete,
    NobodyToOpenTo,
    NotOpenToYou,
    NotOwnApplication,
    NotToldWithConsent,
    OfferEnded,
    OutsideProduct,
    ProductOffShelf,
    SameRequest,
    TooManyEnterprises,
    WrongValue,
)
from jiahe.financing.models import FinancingRequest, Order
from jiahe.financing.precredit.category import POINTS, category
from jiahe.financing.precredit.enums import RuleState
from jiahe.financing.precredit.errors import AlreadyAnswered, GrantExpired, NotByPoints, PointsNotTicked, RuleEnded
from jiahe.financing.precredit.models import Answer, Precredit
from jiahe.financing.precredit.queries.reckoned import attachable
from jiahe.financing.queries.open_to import pending_consent
from jiahe.financing.workflow import RequestState
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.products.enums import GuaranteeKind, LprTerm, ProductState, Repayment
from jiahe.scoring.models import Default

DAYS_OVERDUE = 90
MOST_PERCENT = 36
MOST_MONTHS = 360


@dataclass(frozen=True)
class Given:
    """Who takes a step on what, and what was typed with it."""

    actor: Actor
    request: FinancingRequest
    order: Order | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


def check(names: Iterable[str], given: Given) -> None:
    """The guards in their order; the first that does not hold raises."""
    for name in names:
        GUARDS[name](given)


def _complete(given: Given) -> None:
    request = given.request
    needed = {
        _("金额"): request.amount,
        _("期限"): request.term_months,
        _("用途"): request.purpose,
        _("担保方式"): request.guarantees,
        _("联系人"): request.contact,
        _("联系电话"): request.phone,
    }
    if missing := [name for name, value in needed.items() if not value]:
        raise Incomplete(missing="、".join(missing))


def _applies_itself(given: Given) -> None:
    if not given.request.own_application:
        raise NotOwnApplication


def _not_too_many(given: Given) -> None:
    """One person applies for few enterprises: more of them look like a broker."""
    days, most = _number("applicant_days"), _number("applicant_enterprises")
    lately = FinancingRequest.objects.filter(
        created_by_id=given.actor.user_id, submitted_at__gte=clock.now() - timedelta(days=days)
    )
    if lately.exclude(uscc=given.request.uscc).values("uscc").distinct().count() >= most:
        raise TooManyEnterprises(days=days, most=most)


def _no_same_request(given: Given) -> None:
    request = given.request
    alike = FinancingRequest.objects.filter(
        serial=request.serial, product=request.product, state__in=(RequestState.OPEN, RequestState.UNDERWAY)
    ).first()
    if alike:
        raise SameRequest(number=alike.number)


def _product_on_shelf(given: Given) -> None:
    version = given.request.product
    if version is None:
        return
    today = clock.today()
    on_shelf = version.product.state == ProductState.ON and version.product.current_id == version.pk
    if not on_shelf or (version.valid_until and version.valid_until < today):
        raise ProductOffShelf(product=version.name)


def _within_product(given: Given) -> None:
    """At least one of the variants takes the amount and the term; what is not published bounds nothing."""
    version, request = given.request.product, given.request
    variants = list(version.variants.all()) if version else []
    if not variants:
        return
    assert version is not None
    for what, value, low, high in (
        (_("金额（元）"), request.amount, "amount_from", "amount_to"),
        (_("期限（月）"), request.term_months, "term_from", "term_to"),
    ):
        assert value is not None
        bounds = [(getattr(v, low) or 0, getattr(v, high)) for v in variants]
        if not any(least <= value and (most is None or value <= most) for least, most in bounds):
            least = min(one for one, _most in bounds)
            most = max((one for _least, one in bounds if one is not None), default=None)
            raise OutsideProduct(
                product=version.name, what=what, least=f"{least:,}", most=f"{most:,}", given=f"{value:,}"
            )


def _within_precredit(given: Given) -> None:
    """By points: the limit that the enterprise saw still stands, and what it asks for keeps within it."""
    request = given.request
    if request.channel != Channel.POINTS:
        return
    _found, own = attachable(request.precredit)
    if POINTS not in given.values["categories"]:
        raise PointsNotTicked(category=names.said(category().name))
    assert request.term_months is not None
    if request.term_months > own.rule.most_months:
        raise WrongValue(
            what=_("期限（月）"), problem=_("凭积分申请不超过 {most} 个月").format(most=own.rule.most_months)
        )
    if request.guarantees != [GuaranteeKind.CREDIT]:
        raise WrongValue(what=_("担保方式"), problem=_("凭积分申请的是信用贷款，只选“信用”"))


def _precredit_holds(given: Given) -> None:
    """The points that came with the order may still be lent on, and the institution has its authorisation."""
    order, precredit = given.order, Precredit.objects.select_related("rule").filter(request=given.request).first()
    assert order is not None
    if precredit is None or precredit.valid_until is None:
        raise NotByPoints(number=order.number)
    if precredit.valid_until < clock.today():
        raise GrantExpired(number=order.number, until=f"{precredit.valid_until:%Y-%m-%d}")
    if precredit.rule.state == RuleState.ENDED:
        raise RuleEnded(number=precredit.rule.number)
    if Answer.objects.filter(order=order).exists():
        raise AlreadyAnswered(number=order.number)
    if not given.values["authorised"]:
        raise WrongValue(what=_("书面授权"), problem=_("请先取得企业的书面授权，由本机构自行查询后再登记"))


def _open_to_somebody(given: Given) -> None:
    if not given.values["institutions"]:
        raise NobodyToOpenTo


def _open_to_institution(given: Given) -> None:
    if pending_consent(given.request, given.values["institution"]) is None:
        raise NotOpenToYou


def _indication_given(given: Given) -> None:
    if given.values["amount"] <= 0:
        raise WrongValue(what=_("意向金额"), problem=_("应大于 0"))
    if not 0 <= given.values["rate"] <= MOST_PERCENT:
        raise WrongValue(what=_("意向年利率"), problem=_("应在 0 与 {most} 之间").format(most=MOST_PERCENT))


def _offer_complete(given: Given) -> None:
    terms = given.values["terms"]
    wrong = [
        (_("金额"), _("应大于 0"), terms.amount <= 0),
        (_("年利率"), _("应在 0 与 {most} 之间").format(most=MOST_PERCENT), not 0 <= terms.rate <= MOST_PERCENT),
        (_("期限"), _("应在 1 与 {most} 个月之间").format(most=MOST_MONTHS), not 0 < terms.term_months <= MOST_MONTHS),
        (_("费用"), _("不能小于 0"), terms.fees < 0),
        (_("担保方式"), _("请从列表中选择"), not _are_known(terms.guarantees)),
        (_("还款方式"), _("请从列表中选择"), terms.repayment not in Repayment.values),
        (_("LPR 期限"), _("请从列表中选择"), terms.lpr_term not in ("", *LprTerm.values)),
        (_("有效期至"), _("应晚于现在"), terms.valid_until is not None and terms.valid_until <= clock.now()),
    ]
    for what, problem, holds in wrong:
        if holds:
            raise WrongValue(what=what, problem=problem)


def _are_known(guarantees: Iterable[str]) -> bool:
    found = set(guarantees)
    return bool(found) and found <= set(GuaranteeKind.values)


def _offer_holds(given: Given) -> None:
    assert given.order is not None
    until = given.order.offer.valid_until
    if until <= clock.now():
        raise OfferEnded(until=_moment(until))


def _reason_given(given: Given) -> None:
    if given.values["reason"] not in Reason.values:
        raise WrongValue(what=_("原因"), problem=_("请从列表中选择"))
    line(given.values["text"], _("原因说明"), 300)


def _contract_named(given: Given) -> None:
    line(given.values["contract"], _("合同编号"), 60)
    if given.values["amount"] <= 0:
        raise WrongValue(what=_("合同金额"), problem=_("应大于 0"))
    first, evidence = given.values["first_loan"], given.values["evidence"]
    if (first is None) != (evidence == "") or evidence not in ("", *FirstLoanEvidence.values):
        raise WrongValue(what=_("首贷依据"), problem=_("确认是否首贷时必须选择依据，未确认时不选"))


def _within_contract(given: Given) -> None:
    order, amount, paid_on = given.order, given.values["amount"], given.values["paid_on"]
    assert order is not None
    assert order.contract_amount is not None
    if amount <= 0:
        raise WrongValue(what=_("放款金额"), problem=_("应大于 0"))
    if not order.created_at.astimezone(clock.ZONE).date() <= paid_on <= clock.today():
        raise WrongValue(what=_("放款日期"), problem=_("应在订单开始之后、今天之前"))
    paid = paid_so_far(order) + amount
    if paid > order.contract_amount:
        raise BeyondContract(paid=f"{paid:,.2f}", amount=f"{order.contract_amount:,.2f}")


def _told_with_consent(given: Given) -> None:
    """What a lender tells of a loan is kept under the enterprise's consent to that only (征信业管理条例 art. 28–29)."""
    order = given.order
    assert order is not None
    if feedback_consent(organisation=order.institution.code, serial=order.serial, what=Result.REPAYMENT) is None:
        raise NotToldWithConsent


def _default_possible(given: Given) -> None:
    """The day on which the loan was overdue for 90 days, or was written off; none takes back what was told in error."""
    kind, on = given.values["kind"], given.values["on"]
    assert given.order is not None
    if kind not in Default.values:
        raise WrongValue(what=_("情况"), problem=_("请从列表中选择"))
    first = given.order.tranches.aggregate(first=Min("paid_on"))["first"]
    earliest = first + timedelta(days=DAYS_OVERDUE if kind == Default.OVERDUE else 0)
    if on is not None and not earliest <= on <= clock.today():
        problem = _("应在 {earliest} 与今天之间：首笔放款日为 {first}").format(earliest=earliest, first=first)
        raise WrongValue(what=_("日期"), problem=problem)


def paid_so_far(order: Order) -> Decimal:
    return order.tranches.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def _number(name: str) -> int:
    return parameters.value(name, on=clock.today())


def _moment(at: datetime) -> str:
    return f"{at.astimezone(clock.ZONE):%Y-%m-%d %H:%M}"


GUARDS: dict[str, Callable[[Given], None]] = {
    "complete": _complete,
    "applies_itself": _applies_itself,
    "not_too_many": _not_too_many,
    "no_same_request": _no_same_request,
    "product_on_shelf": _product_on_shelf,
    "within_product": _within_product,
    "within_precredit": _within_precredit,
    "precredit_holds": _precredit_holds,
    "open_to_somebody": _open_to_somebody,
    "open_to_institution": _open_to_institution,
    "indication_given": _indication_given,
    "offer_complete": _offer_complete,
    "offer_holds": _offer_holds,
    "reason_given": _reason_given,
    "contract_named": _contract_named,
    "within_contract": _within_contract,
    "told_with_consent": _told_with_consent,
    "default_possible": _default_possible,
}
