"""What happened to an order, in words: when, who, what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.financing.models import Event, Order
from jiahe.financing.workflow import OrderAction
from jiahe.kit.actor import Actor
from jiahe.scoring.models import Default

DONE: dict[OrderAction, Promise] = {
    OrderAction.CLAIM: gettext_lazy("抢单并受理"),
    OrderAction.HAND_OUT: gettext_lazy("需求送达机构"),
    OrderAction.ACCEPT: gettext_lazy("受理"),
    OrderAction.CONTACT: gettext_lazy("已联系企业，开始尽调"),
    OrderAction.ASK_MORE: gettext_lazy("请企业补充材料"),
    OrderAction.SUPPLY: gettext_lazy("补充了材料"),
    OrderAction.REVIEW: gettext_lazy("进入审核"),
    OrderAction.OFFER: gettext_lazy("提供授信方案"),
    OrderAction.GRANT: gettext_lazy("按信用积分授信"),
    OrderAction.CHOOSE: gettext_lazy("接受授信方案"),
    OrderAction.DECLINE: gettext_lazy("未选择该方案"),
    OrderAction.SIGN: gettext_lazy("签约"),
    OrderAction.DISBURSE: gettext_lazy("放款"),
    OrderAction.COMPLETE: gettext_lazy("放款完成"),
    OrderAction.CLOSE: gettext_lazy("结清"),
    OrderAction.DEFAULT: gettext_lazy("登记还款情况"),
    OrderAction.REFUSE: gettext_lazy("不予授信"),
    OrderAction.RETURN: gettext_lazy("退回需求"),
    OrderAction.WITHDRAW: gettext_lazy("撤回"),
    OrderAction.EXPIRE: gettext_lazy("逾期失效"),
}


@dataclass(frozen=True)
class Past:
    """One thing that happened; a person is named to their own organisation only."""

    at: datetime
    who: str
    done: str


def history(*, reader: Actor, order: Order, events: list[Event], enterprise: str) -> list[Past]:
    """The events of an order for one reader, in the order given; `events` come with their users."""
    return [
        Past(event.at, _who(reader, order, event, enterprise), told(event) or str(DONE[OrderAction(event.action)]))
        for event in events
    ]


def told(event: Event) -> str:
    """What an event reports of a loan that went bad; empty for any other."""
    if event.action != OrderAction.DEFAULT:
        return ""
    text = _("登记{kind}：{on}") if event.facts["on"] else _("撤回此前登记的{kind}")
    return text.format(kind=Default(event.facts["kind"]).label, on=event.facts["on"])


def _who(reader: Actor, order: Order, event: Event, enterprise: str) -> str:
    if event.user is not None and event.organisation == reader.organisation:
        return event.user.name
    known = {order.request.uscc: enterprise, order.institution.code: order.institution.name}
    return known.get(event.organisation) or (_("主管部门") if event.user_id else _("平台"))
