"""The words of every message: a title and a sentence for each template, filled with its facts when read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Template:
    """`facts` names what the sentence is filled with."""

    title: str | Promise
    sentence: str | Promise


TEMPLATES = {
    "consent.requested": Template(_("授权请求"), _("{organisation}请求您授权查看{count}类信息，请您决定是否同意。")),
    "consent.given": Template(_("授权已生效"), _("您给{organisation}的授权{number}已生效，有效至{until}。")),
    "consent.granted": Template(
        _("获得授权"), _("{enterprise}已授权贵单位查看{count}类信息，编号{number}，有效至{until}。")
    ),
    "consent.refused": Template(_("授权请求被拒绝"), _("{enterprise}拒绝了贵单位的授权请求{number}。")),
    "consent.claimed": Template(
        _("机构已接单"), _("{organisation}已接单，您给它的授权{number}即时生效，有效至{until}。")
    ),
    "consent.paused": Template(_("授权已暂停"), _("{enterprise}已暂停授权{number}。")),
    "consent.resumed": Template(_("授权已恢复"), _("{enterprise}已恢复授权{number}。")),
    "consent.revoked": Template(_("授权已撤回"), _("{enterprise}已撤回授权{number}，请停止使用并按约定删除数据。")),
    "consent.feedback_requested": Template(
        _("授权请求"), _("{organisation}请求您同意把贷款办理结果告知平台，请您决定是否同意。")
    ),
    "consent.feedback_granted": Template(
        _("获得授权"), _("{enterprise}已同意贵单位把贷款办理结果告知平台，编号{number}，有效至{until}。")
    ),
    "consent.feedback_revoked": Template(_("授权已撤回"), _("{enterprise}已撤回授权{number}，请停止向平台告知。")),
    "consent.ending": Template(_("授权即将到期"), _("您给{organisation}的授权{number}将于{until}到期。")),
    "consent.expired": Template(_("授权已到期"), _("{enterprise}给{organisation}的授权{number}已到期。")),
    "consent.finished": Template(
        _("授权已结束"), _("{enterprise}给{organisation}的授权{number}已随所服务的事项结束。")
    ),
    "consent.void": Template(_("授权已失效"), _("给{organisation}的授权{number}未被使用，已失效。")),
    "complaint.made": Template(_("收到投诉"), _("企业提出投诉{number}，请在 {due} 前答复。")),
    "complaint.answered": Template(_("投诉已答复"), _("您的投诉{number}已有答复，请查看。")),
    "product.submitted": Template(_("产品待审核"), _("{institution}提交了产品“{name}”({number})，请审核。")),
    "product.approved": Template(_("产品已通过审核"), _("贵机构的产品“{name}”({number})已通过审核。")),
    "product.rejected": Template(_("产品未通过审核"), _("贵机构的产品“{name}”({number})未通过审核：{reason}")),
    "product.suspended": Template(_("产品已暂停"), _("{institution}暂停了产品“{name}”({number})。")),
    "product.resumed": Template(_("产品已恢复"), _("{institution}恢复了产品“{name}”({number})。")),
    "product.withdrawn": Template(_("产品已下架"), _("{institution}下架了产品“{name}”({number})。")),
    "points.published": Template(
        _("信用积分指标体系已更新"),
        _("主管部门发布了第 {number} 版信用积分指标体系，请核对贵机构预授信规则是否仍然合适。"),
    ),
    "precredit.ordinary": Template(
        _("转入普通流程"), _("{institution}未能按信用积分直接授信，订单{number}转入普通流程继续办理。")
    ),
    "precredit.granted": Template(
        _("已按信用积分授信"), _("{institution}已就订单{number}按信用积分授信，将与您联系签约。")
    ),
    "card.committed": Template(
        _("评分卡待发布"), _("{name}提交了第 {number} 版评分卡，请另一位模型管理员核对后发布。")
    ),
    "card.published": Template(_("评分卡已发布"), _("第 {number} 版评分卡已发布，自下次评分起使用。")),
    "card.rolled_back": Template(_("评分卡已退回"), _("第 {from_number} 版评分卡已停用，退回第 {number} 版：{reason}")),
    "card.alarm": Template(_("评分卡告警"), _("第 {number} 版评分卡 {month} 的监测有 {count} 项告警，请查看。")),
    "review.asked": Template(_("评分复核待答复"), _("有企业申请人工复核其信用评分，编号 {number}，请答复。")),
    "review.answered": Template(_("评分复核已答复"), _("贵企业申请的信用评分复核已有答复，请查看。")),
    "organisation.frozen": Template(
        _("账户已冻结"), _("{reason}在重新核验之前，已给出的授权不再打开任何数据，也不能给出新的授权。")
    ),
    "organisation.verified": Template(_("核验完成"), _("法定代表人身份已重新核验，账户恢复使用。")),
    "staff.second_factor_reset": Template(
        _("第二因素已重置"), _("管理员{name}重置了您的第二因素。不是您请求的，请立即联系贵单位的管理员。")
    ),
    "staff.joined": Template(_("新成员"), _("{name}已加入，角色为{role}。")),
    "request.received": Template(_("融资申请已收到"), _("您的融资申请{number}已收到，有机构受理时会通知您。")),
    "request.expired": Template(
        _("融资申请已过期"), _("融资申请{number}在期限内没有机构受理，已过期，您可以重新申请。")
    ),
    "request.dispatched": Template(_("融资申请已派单"), _("您的融资申请{number}已派给金融机构，等待其受理。")),
    "request.redispatched": Template(_("融资申请重新派单"), _("您的融资申请{number}将重新安排机构受理。")),
    "request.unplaced": Template(
        _("需要安排机构"), _("{enterprise}的融资申请{number}还没有机构办理，已重新征集，请视情况派单。")
    ),
    "pool.matching": Template(_("新的融资申请"), _("有一笔融资申请适合贵单位办理，编号{number}，请在{due}前受理。")),
    "order.claimed": Template(_("机构已抢单"), _("{institution}已抢单，订单{number}，将尽快与您联系。")),
    "order.accepted": Template(_("机构已受理"), _("{institution}已受理您的融资申请，订单{number}，将尽快与您联系。")),
    "pool.opened": Template(_("新的融资需求"), _("有一项融资需求向贵单位开放，编号{number}，{due}前可接单。")),
    "order.more_wanted": Template(_("需要补充材料"), _("{institution}请您为订单{number}补充材料，请在{due}前提交。")),
    "order.supplied": Template(_("材料已补充"), _("{enterprise}已为订单{number}补充材料，请继续办理。")),
    "order.offered": Template(_("机构已给出方案"), _("{institution}就订单{number}给出了融资方案，请在{due}前选择。")),
    "order.approved": Template(_("方案已被选定"), _("{enterprise}选定了贵单位就订单{number}给出的方案，请安排签约。")),
    "order.declined": Template(_("方案未被选定"), _("{enterprise}未选定贵单位就订单{number}给出的方案。")),
    "order.signed": Template(_("已签约"), _("您与{institution}就订单{number}签约完成，等待放款。")),
    "order.disbursed": Template(_("已放款"), _("{institution}就订单{number}登记了一笔放款，请核对。")),
    "order.closed": Template(_("订单已结清"), _("您在{institution}的订单{number}已结清。")),
    "order.default": Template(
        _("还款情况登记"),
        _("{institution}登记或更正了订单{number}的逾期、核销情况，请到订单页核对，有异议可在该页投诉。"),
    ),
    "order.refused": Template(_("机构未予通过"), _("{institution}未通过订单{number}，原因见订单页。")),
    "order.returned": Template(_("机构已退单"), _("{institution}退回了订单{number}，原因见订单页。")),
    "order.withdrawn": Template(_("企业已撤回"), _("{enterprise}撤回了订单{number}。")),
    "order.expired": Template(_("订单已过期"), _("订单{number}超过期限未办，已过期。")),
    "order.half_time": Template(_("时限已过半"), _("订单{number}的{stage}时限已过半，请在{due}前办理。")),
    "order.full_time": Template(_("时限已到"), _("订单{number}的{stage}时限{due}已到，请立即办理。")),
    "order.answer_awaited": Template(
        _("等待您办理"), _("{institution}的订单{number}在等您答复，请在{due}前办理，逾期订单失效。")
    ),
    "order.contact_late": Template(
        _("机构联系超时"), _("{institution}尚未就订单{number}与您联系，请留意来电，或致电服务热线{hotline}。")
    ),
    "order.escalated": Template(_("超时上报"), _("{institution}的订单{number}在{stage}阶段超过时限{due}，请督办。")),
    "order.reassigned": Template(_("订单转交给您"), _("订单{number}已转交给您，请在{due}前办理。")),
    "evaluation.invited": Template(_("请您评价"), _("订单{number}已办结，请评价{institution}的服务。")),
}

# What goes out by SMS: never amount, name and reason together, and no link but an invitation's own.
SMS: dict[str, str | Promise] = {
    "code": _("【嘉禾信】验证码 {code}，{minutes} 分钟内有效。请勿告诉他人。"),
    "invitation": _("【嘉禾信】{organisation}邀请您开通账户，{days} 天内有效：{link}"),
    "request.received": _("【嘉禾信】您的融资申请{number}已收到，有机构受理时会通知您。"),
    "request.expired": _("【嘉禾信】融资申请{number}在期限内没有机构受理，已过期，可登录平台重新申请。"),
    "pool.matching": _("【嘉禾信】有新的融资申请{number}，请在{due}前登录平台受理。"),
    "order.claimed": _("【嘉禾信】{institution}已抢单，订单{number}，将尽快与您联系。"),
    "order.accepted": _("【嘉禾信】{institution}已受理您的融资申请，订单{number}，将尽快与您联系。"),
    "order.more_wanted": _("【嘉禾信】订单{number}需要补充材料，请在{due}前登录平台提交。"),
    "order.supplied": _("【嘉禾信】订单{number}的材料已补充，请登录平台继续办理。"),
    "order.offered": _("【嘉禾信】订单{number}收到融资方案，请在{due}前登录平台选择。"),
    "order.approved": _("【嘉禾信】订单{number}的方案已被选定，请登录平台安排签约。"),
    "order.disbursed": _("【嘉禾信】订单{number}登记了一笔放款，请登录平台核对。"),
    "order.refused": _("【嘉禾信】订单{number}已有审批结果，请登录平台查看。"),
    "order.returned": _("【嘉禾信】订单{number}已退回，请登录平台查看。"),
    "order.half_time": _("【嘉禾信】订单{number}的时限已过半，请在{due}前办理。"),
    "order.full_time": _("【嘉禾信】订单{number}的时限已到，请立即办理。"),
    "order.answer_awaited": _("【嘉禾信】订单{number}在等您答复，请在{due}前办理，逾期失效。"),
    "order.contact_late": _("【嘉禾信】{institution}尚未就订单{number}与您联系，请留意来电，或致电服务热线{hotline}。"),
    "order.escalated": _("【嘉禾信】订单{number}超过时限未办，请登录平台督办。"),
    "order.reassigned": _("【嘉禾信】订单{number}已转交给您，请在{due}前办理。"),
    "evaluation.invited": _("【嘉禾信】订单{number}已办结，请登录平台评价。"),
}

# Somebody waits for these: they are sent in the quiet hours too, and before all others.
URGENT = frozenset({"code", "invitation"})
