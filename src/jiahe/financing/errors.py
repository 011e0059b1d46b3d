"""Why a request or an order cannot go on: one code for each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class NoSuchRequest(JiaheError):
    """The same for one that does not exist and for one that is no business of the actor's."""

    code = "financing.no_such_request"
    status = 404
    template = _("没有编号为“{number}”的融资需求：请核对后重试。")


class NoSuchOrder(JiaheError):
    code = "financing.no_such_order"
    status = 404
    template = _("没有编号为“{number}”的订单：请核对后重试。")


class NotYours(JiaheError):
    code = "financing.not_yours"
    status = 403
    template = _("您当前的身份不能办理此事：请由{who}办理。")


class StateChanged(JiaheError):
    code = "financing.state_changed"
    status = 409
    template = _("{number}现为“{state}”，不能办理此事：请刷新后查看。")


class StillInTime(JiaheError):
    code = "financing.still_in_time"
    status = 409
    template = _("{number}的时限到 {until} 为止，尚未到期。")


class NoPlaceLeft(JiaheError):
    code = "financing.no_place_left"
    status = 409
    template = _("该需求的 {places} 个名额已于 {since} 满，未能接单：请看其他需求。")


class WindowClosed(JiaheError):
    code = "financing.window_closed"
    status = 409
    template = _("该需求已于 {since} 停止征集，未能接单：请看其他需求。")


class TakenByColleagues(JiaheError):
    code = "financing.taken_by_colleagues"
    status = 409
    template = _("本机构已接下该企业的订单{number}：请由{manager}办理。")


class NotOpenToYou(JiaheError):
    code = "financing.not_open_to_you"
    status = 403
    template = _("企业没有向本机构开放该需求，或已收回对本机构的授权：不能接单。")


class Incomplete(JiaheError):
    code = "financing.incomplete"
    status = 422
    template = _("还不能提交，请先填写：{missing}。")


class NotOwnApplication(JiaheError):
    code = "financing.not_own_application"
    status = 422
    template = _("请确认由本企业自行申请、没有委托他人代办：平台办理融资不收任何费用，请勿把账户交给中介。")


class TooManyEnterprises(JiaheError):
    code = "financing.too_many_enterprises"
    status = 409
    template = _("您在 {days} 天内已为 {most} 家企业提交申请，已达上限：如确为多家企业的负责人，请联系平台。")


class SameRequest(JiaheError):
    code = "financing.same_request"
    status = 409
    template = _("需求{number}仍在办理，不能重复提交：请等它办结，或先撤回。")


class ProductOffShelf(JiaheError):
    code = "financing.product_off_shelf"
    status = 409
    template = _("产品“{product}”现不在架，不能申请：请选择其他产品。")


class OutsideProduct(JiaheError):
    code = "financing.outside_product"
    status = 422
    template = _("产品“{product}”的{what}为 {least} 至 {most}，您填写的是 {given}：请修改。")


class NobodyToOpenTo(JiaheError):
    code = "financing.nobody_to_open_to"
    status = 422
    template = _("没有可以接收该需求的机构：请至少保留一家机构。")


class WrongValue(JiaheError):
    code = "financing.wrong_value"
    status = 422
    template = _("“{what}”填写有误：{problem}。")


class OfferEnded(JiaheError):
    code = "financing.offer_ended"
    status = 409
    template = _("该授信方案已于 {until} 失效：请联系机构重新提供。")


class BeyondContract(JiaheError):
    code = "financing.beyond_contract"
    status = 422
    template = _("累计放款 {paid} 元将超过合同金额 {amount} 元：请核对本次放款金额。")


class NotToldWithConsent(JiaheError):
    code = "financing.not_told_with_consent"
    status = 409
    template = _("企业没有同意贵机构把还款情况告知平台，不能登记：请先请企业授权“贷款结果回传”，内容含“还款”。")


class SameVoucher(JiaheError):
    code = "financing.same_voucher"
    status = 409
    template = _("凭证号“{voucher}”的放款已登记，未重复登记。")


class AlreadyEvaluated(JiaheError):
    code = "financing.already_evaluated"
    status = 409
    template = _("该订单已评价，评价提交后不能修改。")


class TooEarly(JiaheError):
    code = "financing.too_early"
    status = 409
    template = _("首笔放款后或订单结束后才能评价：请稍后再来。")


class NoSuchManager(JiaheError):
    code = "financing.no_such_manager"
    status = 404
    template = _("没有可以接手的客户经理：请从本机构在用的人员中选择。")


class ComplaintWaits(JiaheError):
    code = "financing.complaint_waits"
    status = 409
    template = _("订单{number}的投诉正在核查，不能重复提出：请等待答复。")
