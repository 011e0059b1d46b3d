"""States, stages and reasons in words, and what an enterprise may say about its request."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiahe.financing.workflow import OrderState as Order
from jiahe.financing.workflow import RequestState as Request
from jiahe.financing.workflow import Stage


class RequestStates(models.TextChoices):
    DRAFT = Request.DRAFT.value, _("草稿")
    OPEN = Request.OPEN.value, _("征集中")
    UNDERWAY = Request.UNDERWAY.value, _("办理中")
    AGREED = Request.AGREED.value, _("已选定机构")
    CLOSED = Request.CLOSED.value, _("已结束")
    EXPIRED = Request.EXPIRED.value, _("无机构接单")
    WITHDRAWN = Request.WITHDRAWN.value, _("已撤回")


class OrderStates(models.TextChoices):
    DISPATCHED = Order.DISPATCHED.value, _("待受理")
    ACCEPTED = Order.ACCEPTED.value, _("已受理")
    DILIGENCE = Order.DILIGENCE.value, _("尽调中")
    MORE_WANTED = Order.MORE_WANTED.value, _("待企业补充材料")
    REVIEW = Order.REVIEW.value, _("审核中")
    APPROVED = Order.APPROVED.value, _("已授信，待企业选择")
    AGREED = Order.AGREED.value, _("待签约")
    SIGNED = Order.SIGNED.value, _("已签约，待放款")
    DISBURSED = Order.DISBURSED.value, _("放款中")
    REPAYING = Order.REPAYING.value, _("放款完成")
    CLOSED = Order.CLOSED.value, _("已结清")
    REFUSED = Order.REFUSED.value, _("未通过")
    RETURNED = Order.RETURNED.value, _("机构退回")
    DECLINED = Order.DECLINED.value, _("企业未选择")
    WITHDRAWN = Order.WITHDRAWN.value, _("企业撤回")
    EXPIRED = Order.EXPIRED.value, _("逾期失效")


class Stages(models.TextChoices):
    """The names of the public stages; the codes are fixed, the names are a city's own."""

    ACCEPTANCE = Stage.ACCEPTANCE.value, _("受理")
    DILIGENCE = Stage.DILIGENCE.value, _("尽调")
    REVIEW = Stage.REVIEW.value, _("审核")
    APPROVAL = Stage.APPROVAL.value, _("授信")
    SIGNING = Stage.SIGNING.value, _("签约")
    DISBURSEMENT = Stage.DISBURSEMENT.value, _("放款")


class Mode(models.TextChoices):
    """How institutions come to a request."""

    DIRECTED = "directed", _("定向申请")
    GRAB = "grab", _("公开征集")
    DISPATCH = "dispatch", _("平台派单")
    PUSH = "push", _("清单推送")


class Channel(models.TextChoices):
    MARKETPLACE = "marketplace", _("融资超市")
    GRAB = "grab", _("抢单")
    LOAN_CODE = "loan_code", _("贷款码")
    POINTS = "points", _("信用积分")
    PUSH = "push", _("精准推送")
    MINING = "mining", _("批量挖掘")
    RATING = "rating", _("评级")
    XINYIDAI = "xinyidai", _("信易贷")


class LoanPurpose(models.TextChoices):
    WORKING_CAPITAL = "working_capital", _("日常经营周转")
    PURCHASE = "purchase", _("采购原材料")
    EQUIPMENT = "equipment", _("购置设备")
    PROPERTY = "property", _("厂房、场地")
    TECHNOLOGY = "technology", _("研发、技术改造")
    ORDER = "order", _("履行订单")
    REFINANCE = "refinance", _("续贷")
    OTHER = "other", _("其他经营用途")


class Reason(models.TextChoices):
    """Why an institution refuses an order or gives it back; a sentence stands beside it."""

    OUTSIDE_RULES = "outside_rules", _("不符合产品准入条件")
    CREDIT_RECORD = "credit_record", _("信用记录原因")
    LEGAL_DISPUTE = "legal_dispute", _("存在诉讼或被执行")
    REPAYMENT_ABILITY = "repayment_ability", _("还款来源不足")
    DEBT = "debt", _("负债偏高")
    GUARANTEE_LACKING = "guarantee_lacking", _("担保不足")
    DOCUMENTS_LACKING = "documents_lacking", _("材料不全或不实")
    PURPOSE_UNCLEAR = "purpose_unclear", _("用途不符合规定")
    NOT_REACHED = "not_reached", _("无法联系企业")
    OUT_OF_AREA = "out_of_area", _("不在服务区域")
    NO_QUOTA = "no_quota", _("额度或政策限制")
    OTHER = "other", _("其他原因")


class OfferState(models.TextChoices):
    OPEN = "open", _("待选择")
    ACCEPTED = "accepted", _("已接受")
    DECLINED = "declined", _("未接受")
    EXPIRED = "expired", _("已失效")


class FirstLoanEvidence(models.TextChoices):
    DECLARED = "declared", _("企业声明")
    BANK_CONFIRMED = "bank_confirmed", _("机构确认")
    CREDIT_SYSTEM = "credit_system", _("征信系统查询")


class Tag(models.TextChoices):
    """What an evaluation may name."""

    FAST = "fast", _("响应快")
    CLEAR = "clear", _("说明清楚")
    FAIR_RATE = "fair_rate", _("利率合适")
    FEW_DOCUMENTS = "few_documents", _("材料简便")
    FRIENDLY = "friendly", _("服务好")
    SLOW = "slow", _("办理慢")
    UNCLEAR = "unclear", _("说明不清")
    EXTRA_CONDITIONS = "extra_conditions", _("附加条件多")
    NEVER_CONTACTED = "never_contacted", _("未联系")
