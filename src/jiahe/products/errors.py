"""Why a product cannot be shown, changed or put on the shelf: one code for each."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError
from jiahe.products.checks import Fault


class NoSuchProduct(JiaheError):
    """The same for one that does not exist and for one that is no business of the actor's."""

    code = "products.no_such_product"
    status = 404
    template = _("没有编号为“{number}”的产品：请核对后重试。")


class NotYours(JiaheError):
    code = "products.not_yours"
    status = 403
    template = _("您当前的身份不能办理此事：请由{who}办理。")


class StateChanged(JiaheError):
    code = "products.state_changed"
    status = 409
    template = _("产品{number}现为“{state}”，不能办理此事：请刷新后查看。")


class EditedMeanwhile(JiaheError):
    """Somebody else wrote the draft, or began a version, since the page was opened."""

    code = "products.edited_meanwhile"
    status = 409
    template = _(
        "{name}已于 {at} 修改了这份草稿，您填写的内容仍在本页、尚未保存：请先另开一页核对，再次保存将以您的内容为准。"
    )


class WrongTerms(JiaheError):
    """`faults` are those that `checks.faults` found, in order; the sentence says the first."""

    code = "products.wrong_terms"
    status = 422
    template = _("产品条款有 {count} 处需要改正：{first}")

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(count=len(faults), first=faults[0].sentence)
        self.faults = faults


class InstitutionFrozen(JiaheError):
    code = "products.institution_frozen"
    status = 409
    template = _("贵机构的账户已冻结，不能发布产品：请先恢复账户。")
