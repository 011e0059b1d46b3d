"""What an administrator fills in about people and branches."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from jiahe.accounts import rights
from jiahe.accounts.enums import MembershipState, OrganisationKind
from jiahe.accounts.queries.branches import Node, tree
from jiahe.accounts.queries.people import Wanted
from jiahe.kit.actor import Actor
from jiahe.web import fields

INDENT = "　"


def roles(actor: Actor) -> fields.Choices:
    """Those that the actor may give."""
    given = rights.gives(actor, actor.organisation, OrganisationKind.INSTITUTION)
    return [(role.value, role.label) for role in given]


def branches(nodes: list[Node], *, head: bool) -> fields.Choices:
    """The branches that can be chosen, drawn as a tree."""
    chosen: fields.Choices = [("", _("总部"))] if head else []
    return chosen + [(n.branch.code, f"{INDENT * n.depth}{n.branch.name}") for n in nodes if n.branch.is_active]


class Filter(forms.Form):
    text = fields.line(_("姓名或登录名"), required=False, maxlength=40)
    branch = fields.choice(_("网点"), [], required=False)
    role = fields.choice(_("角色"), [], required=False)
    state = fields.choice(
        _("状态"),
        [
            ("", _("全部")),
            (MembershipState.ACTIVE.value, MembershipState.ACTIVE.label),
            (MembershipState.FROZEN.value, MembershipState.FROZEN.label),
        ],
        required=False,
    )

    def __init__(self, data: Mapping[str, object] | None, actor: Actor) -> None:
        super().__init__(data)
        self.fields["branch"].choices = [("", _("全部")), *branches(tree(actor=actor), head=False)]  # type: ignore[attr-defined]  # a choice field
        self.fields["role"].choices = [("", _("全部")), *roles(actor)]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """What is asked for; what is not in the lists is asked for by nobody."""
        self.is_valid()
        return Wanted(**{name: str(value).strip()[:40] for name, value in self.cleaned_data.items()})


class HotlineForm(forms.Form):
    hotline = fields.line(_("服务热线"), required=False, maxlength=20)


class Place(forms.Form):
    """A role, and where."""

    role = fields.choice(_("角色"), [])
    branch = fields.choice(_("网点"), [], hint=_("网点管理员须选网点；总部人员留在总部"), required=False)

    def __init__(self, data: Mapping[str, object] | None, actor: Actor, **given: object) -> None:
        super().__init__(data, **given)  # type: ignore[arg-type]  # what a form takes
        nodes = tree(actor=actor)
        self.fields["role"].choices = roles(actor)  # type: ignore[attr-defined]  # a choice field
        self.fields["branch"].choices = branches(nodes, head=not actor.branch)  # type: ignore[attr-defined]


class InviteForm(Place):
    name = fields.line(_("姓名"), maxlength=50)
    phone = fields.line(_("手机号"), hint=_("邀请链接以短信发到这个号码"), inputmode="tel", maxlength=20)
    login = fields.line(_("登录名"), hint=_("可留空，由本人设定"), required=False, autocapitalize="none", maxlength=40)
    field_order = ("name", "phone", "login", "role", "branch")


class BranchForm(forms.Form):
    code = fields.line(_("网点代码"), hint=_("本机构内唯一，建立后不变"), autocapitalize="characters", maxlength=40)
    name = fields.line(_("网点名称"), maxlength=100)
    parent = fields.choice(_("上级"), [], required=False)

    def __init__(
        self, data: Mapping[str, object] | None, actor: Actor, *, existing: bool = False, **given: object
    ) -> None:
        super().__init__(data, **given)  # type: ignore[arg-type]  # what a form takes
        self.fields["parent"].choices = branches(tree(actor=actor), head=not actor.branch)  # type: ignore[attr-defined]
        if existing:
            del self.fields["code"]
