"""What the security administrator fills in about organisations and their people."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.accounts import rights
from jiahe.accounts.actions.open_organisation import FIRST, Filing
from jiahe.accounts.enums import OrganisationKind
from jiahe.accounts.models import Organisation
from jiahe.catalogue import load, names
from jiahe.kit.actor import Actor
from jiahe.web import fields

KINDS: fields.Choices = [(kind.value, kind.label) for kind in FIRST]


class Filter(forms.Form):
    text = fields.line(_("名称或代码"), required=False, maxlength=40)
    kind = fields.choice(
        _("类别"),
        [("", _("全部")), (OrganisationKind.AUTHORITY.value, OrganisationKind.AUTHORITY.label), *KINDS],
        required=False,
    )

    def value(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name, "")).strip()[:40]


class FilingForm(forms.Form):
    filing_number = fields.line(_("备案号"), maxlength=60)
    filed_until = fields.day(_("备案有效期至"))

    @property
    def filing(self) -> Filing:
        return Filing(self.cleaned_data["filing_number"], self.cleaned_data["filed_until"])


class FirstForm(forms.Form):
    """The first person of an organisation."""

    first_name = fields.line(_("首位人员姓名"), maxlength=50)
    phone = fields.line(_("首位人员手机号"), hint=_("邀请链接以短信发到这个号码"), inputmode="tel", maxlength=20)


class InstitutionForm(FirstForm):
    code = fields.line(_("单位代码"), hint=_("平台内唯一，建立后不变"), maxlength=40)
    name = fields.line(_("单位名称"), maxlength=200)
    field_order: tuple[str, ...] = ("code", "name")


class AgencyForm(InstitutionForm, FilingForm):
    field_order = ("code", "name", "filing_number", "filed_until")


class DepartmentForm(FirstForm):
    code = fields.choice(_("部门"), [])
    field_order = ("code",)

    def __init__(self, data: Mapping[str, object] | None = None) -> None:
        super().__init__(data)
        there = set(Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT).values_list("code", flat=True))
        missing = [(d.code, f"{d.code} {names.said(d.name)}") for d in load().departments if d.code not in there]
        self.fields["code"].choices = missing  # type: ignore[attr-defined]  # a choice field


FORMS: dict[OrganisationKind, type[FirstForm]] = {
    OrganisationKind.INSTITUTION: InstitutionForm,
    OrganisationKind.DEPARTMENT: DepartmentForm,
    OrganisationKind.AGENCY: AgencyForm,
}


class RoleForm(forms.Form):
    role = fields.choice(_("角色"), [])

    def __init__(
        self, data: Mapping[str, object] | None, actor: Actor, organisation: Organisation, **given: object
    ) -> None:
        super().__init__(data, **given)  # type: ignore[arg-type]  # what a form takes
        roles = rights.gives(actor, organisation.code, OrganisationKind(organisation.kind))
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class InviteForm(RoleForm):
    name = fields.line(_("姓名"), maxlength=50)
    phone = fields.line(_("手机号"), hint=_("邀请链接以短信发到这个号码"), inputmode="tel", maxlength=20)
    field_order = ("name", "phone", "role")
