"""Why scoring refuses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class WrongCard(JiaheError):
    """`where` is the path in the JSON, `what` the fault."""

    code = "scoring.wrong_card"
    status = 400
    template = _("评分卡的“{where}”处有误：{what}。请用 jiahe score train 重新生成，或向提供方索取完整的文件。")


class NotACard(JiaheError):
    code = "scoring.not_a_card"
    status = 422
    template = _("文件“{file}”不是评分卡：请选择 jiahe score train 生成的 JSON 文件。")


class WrongFigures(JiaheError):
    code = "scoring.wrong_figures"
    status = 422
    template = _("训练指标{what}：请用 jiahe score train --json 与评分卡一同生成。")


class NoSuchCard(JiaheError):
    code = "scoring.no_such_card"
    status = 404
    template = _("没有第 {number} 版评分卡：请核对后重试。")


class NotAModelOfficer(JiaheError):
    code = "scoring.not_a_model_officer"
    status = 403
    template = _("您当前的身份不能办理此事：请由主管部门模型管理员办理。")


class SamePerson(JiaheError):
    code = "scoring.same_person"
    status = 403
    template = _("第 {number} 版评分卡由您提交，发布须由另一位模型管理员办理：请联系同事。")


class CardMoved(JiaheError):
    code = "scoring.card_moved"
    status = 409
    template = _("第 {number} 版评分卡现为“{state}”，不能办理此事：请刷新后查看。")


class SameCard(JiaheError):
    code = "scoring.same_card"
    status = 409
    template = _("同一张评分卡已是第 {number} 版({state})，未重复导入。")


class ForeignCard(JiaheError):
    code = "scoring.foreign_card"
    status = 422
    template = _("评分卡用到平台没有的特征 {codes}，只能留作草稿：请用平台的特征重新训练。")


class NothingBefore(JiaheError):
    code = "scoring.nothing_before"
    status = 409
    template = _("没有可以退回的评分卡：使用中的一张之前没有发布过别的。")


class NothingInUse(JiaheError):
    code = "scoring.nothing_in_use"
    status = 409
    template = _("没有使用中的评分卡：请先发布一张。")


class OutcomeRefused(JiaheError):
    """`column` is the one to look at."""

    code = "scoring.outcome_refused"
    status = 422
    column = "defaulted_on"


class WrongCode(OutcomeRefused):
    code = "scoring.outcome_wrong_code"
    column = "uscc"
    template = _("“{value}”不是有效的统一社会信用代码：请核对这 18 位。")


class UnknownEnterprise(OutcomeRefused):
    code = "scoring.outcome_unknown_enterprise"
    status = 404
    column = "uscc"
    template = _("平台上没有统一社会信用代码为“{value}”的企业：请核对，或先归集其登记信息。")


class SourceMissing(OutcomeRefused):
    code = "scoring.outcome_source_missing"
    column = "source"
    template = _("没有写明来源：请填写报送机构，不超过 {longest} 个字。")


class NotADay(OutcomeRefused):
    code = "scoring.outcome_not_a_day"
    template = _("“{value}”不是日期：请写作 2026-05-31 的样子。")


class InTheFuture(OutcomeRefused):
    code = "scoring.outcome_in_the_future"
    template = _("{value} 晚于今天 {today}：请核对日期。")


class ReportedTooEarly(OutcomeRefused):
    code = "scoring.outcome_reported_too_early"
    column = "reported_on"
    template = _("报送日期 {value} 早于违约日期 {defaulted_on}：请核对这两个日期。")


class SameOutcome(OutcomeRefused):
    code = "scoring.outcome_same"
    status = 409
    template = _("同一来源已报送过这项违约，未重复登记。")


class NotNewer(OutcomeRefused):
    code = "scoring.outcome_not_newer"
    status = 409
    column = "reported_on"
    template = _("同一来源已于 {last} 报送过该企业的结果：如为更正，报送日期应晚于该日。")


class NothingToTakeBack(OutcomeRefused):
    code = "scoring.outcome_nothing_to_take_back"
    status = 409
    template = _("没有违约日期表示撤回原报送，而该来源没有报送过该企业违约：请补上违约日期，或删去此行。")


class NotAnOutcomeFile(JiaheError):
    code = "scoring.not_an_outcome_file"
    status = 422
    template = _("文件“{file}”不是违约结果：第一行应含 {columns} 各列，编码为 UTF-8 或 GB18030。")


class OutcomesNotKnownYet(JiaheError):
    code = "scoring.outcomes_not_known_yet"
    status = 409
    template = _(
        "以 {as_of} 为观察日，{months} 个月的表现期到 {until} 为止，而违约结果只完整到 {known}："
        "请把观察日定在 {latest} 或更早，或先登记之后的结果。"
    )


class NoOutcomes(JiaheError):
    code = "scoring.no_outcomes"
    status = 409
    template = _("还没有登记任何违约结果：请先用 jiahe score outcomes 导入。")


class NoFeatures(JiaheError):
    code = "scoring.no_features"
    status = 409
    template = _("还没有算出任何特征：请先运行 jiahe score run。")


class NotScoredYet(JiaheError):
    code = "scoring.not_scored_yet"
    status = 404
    template = _("“{uscc}”还没有评分：没有一次评分运行包含它，或它没有登记信息。")


class NotYourScore(JiaheError):
    code = "scoring.not_your_score"
    status = 403
    template = _("您当前的身份不能申请复核：评分由企业自己申请复核，请以企业身份登录。")


class ReviewWithoutText(JiaheError):
    code = "scoring.review_without_text"
    status = 422
    template = _("请写明内容，不超过 {longest} 个字。")


class ReviewOpen(JiaheError):
    code = "scoring.review_open"
    status = 409
    template = _("贵企业已有一项复核在等待答复：请等答复后再申请。")


class NoSuchReview(JiaheError):
    code = "scoring.no_such_review"
    status = 404
    template = _("没有编号为 {number} 的复核：请核对后重试。")


class ReviewAnswered(JiaheError):
    code = "scoring.review_answered"
    status = 409
    template = _("复核 {number} 已由同事答复：请刷新后查看。")
