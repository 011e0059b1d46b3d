"""The steps of an order as its page offers them: what each is called, what is filled in, which action takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jiahe.financing.actions import decide, report_default, sign, work
from jiahe.financing.card import OrderCard
from jiahe.financing.models import Order
from jiahe.financing.precredit.actions.answer import answer
from jiahe.financing.workflow import OrderAction
from jiahe.portals.bank.orders import forms
from jiahe.web.fields import Text


@dataclass(frozen=True)
class Step:
    """`name` stands on its button, `said` what follows from it, `done` is said afterwards; `onward` steps lead towards the money."""

    action: OrderAction
    name: Text
    take: Callable[..., object]
    said: Text = ""
    done: Text = ""
    form: type[forms.StepForm] = forms.StepForm
    onward: bool = True

    @property
    def code(self) -> str:
        return self.action.value.replace("_", "-")

    def filled(self, data: QueryDict | None, order: Order) -> forms.StepForm:
        """Its form; each field's id begins with the step, for there are several forms on a page."""
        return self.form(data, order, auto_id=f"{self.code}-%s")


STEPS = {
    step.code: step
    for step in (
        Step(
            OrderAction.ACCEPT,
            _("接单并查看档案"),
            work.accept,
            said=_("企业对本机构的授权即时生效，订单归您办理。"),
            done=_("已接单。"),
        ),
        Step(
            OrderAction.GRANT,
            _("登记信用记录查询结果"),
            answer,
            said=_(
                "没有不良记录的，按企业申请和本机构规则的条件直接授信，转入签约；有的，转入普通流程。平台只保存这一答复，登记后不能更改。"
            ),
            done=_("查询结果已登记。"),
            form=forms.AnswerForm,
        ),
        Step(OrderAction.CONTACT, _("已联系企业"), work.contacted, said=_("尽职调查开始，作出决定的时限起算。")),
        Step(OrderAction.REVIEW, _("进入审核"), work.review, said=_("尽职调查结束，企业会看到审核已开始。")),
        Step(
            OrderAction.OFFER,
            _("提供授信方案"),
            decide.offer,
            said=_("企业会收到方案，可与其他机构的方案比较后选择。"),
            done=_("方案已提供给企业。"),
            form=forms.OfferForm,
        ),
        Step(
            OrderAction.SIGN,
            _("登记签约"),
            sign.sign,
            said=_("合同登记后可以登记放款；是否信用贷款按企业接受的方案认定。"),
            form=forms.SignForm,
        ),
        Step(
            OrderAction.DISBURSE,
            _("登记放款"),
            sign.disburse,
            said=_("可分笔登记；累计达到合同金额即为放款完成。"),
            done=_("放款已登记。"),
            form=forms.TrancheForm,
        ),
        Step(OrderAction.COMPLETE, _("不再放款"), sign.complete, said=_("此后不能再登记放款，订单的授权随即结束。")),
        Step(OrderAction.CLOSE, _("登记结清"), sign.close, said=_("贷款已全部还清。")),
        Step(
            OrderAction.DEFAULT,
            _("登记逾期或核销"),
            report_default.report_default,
            said=_("企业会收到消息，可提出异议；登记的结果用于检验和改进评分，不改变企业现有的评分。"),
            done=_("已登记并告知企业。"),
            form=forms.DefaultForm,
            onward=False,
        ),
        Step(
            OrderAction.ASK_MORE,
            _("请企业补充材料"),
            work.ask_more,
            said=_("企业答复前，本机构的时限停止计算。"),
            done=_("已请企业补充材料。"),
            form=forms.WantedForm,
            onward=False,
        ),
        Step(
            OrderAction.RETURN,
            _("退回需求"),
            decide.give_back,
            said=_("本机构不再办理，名额让给其他机构；退回计入统计。"),
            done=_("已退回。"),
            form=forms.ReasonForm,
            onward=False,
        ),
        Step(
            OrderAction.REFUSE,
            _("不予授信"),
            decide.refuse,
            said=_("订单就此结束，授权随之结束；企业会看到原因和说明。"),
            done=_("已告知企业。"),
            form=forms.ReasonForm,
            onward=False,
        ),
    )
}


@dataclass(frozen=True)
class Open:
    """A step that may be taken now, with its form."""

    step: Step
    form: forms.StepForm

    @property
    def touched(self) -> bool:
        return self.form.is_bound


def open_steps(card: OrderCard, typed: Open | None = None) -> Iterator[Open]:
    """Those that the reader may take now, towards the money first; `typed` stands for its own."""
    for step in STEPS.values():
        if typed and typed.step is step:
            yield typed
        elif step.action.value in card.may:
            yield Open(step, step.filled(None, card.order))
