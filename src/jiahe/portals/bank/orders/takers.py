"""The people to whom an administrator may give orders."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.accounts.enums import MembershipState
from jiahe.accounts.queries import staff
from jiahe.financing.parties import BANKERS
from jiahe.kit.actor import Actor
from jiahe.web import fields


class TakerForm(forms.Form):
    """Who takes an order over."""

    manager = fields.choice(gettext_lazy("交给"), [])

    def __init__(self, data: object, choices: fields.Choices) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # what a form takes
        self.fields["manager"].choices = [("", gettext_lazy("请选择")), *choices]  # type: ignore[attr-defined]  # a choice field

    @property
    def taker(self) -> int:
        return int(self.cleaned_data["manager"])


def takers(*, actor: Actor, besides: int | None) -> fields.Choices:
    """The people whom an administrator keeps and who work on orders, by user id."""
    found = staff.members(actor=actor, organisation=actor.organisation)
    active = found.filter(state=MembershipState.ACTIVE, user__is_active=True, role__in=BANKERS)
    return [
        (str(m.user_id), f"{m.user.name} · {m.branch.name if m.branch else _('总部')} · {m.get_role_display()}")
        for m in active.exclude(user_id=besides or 0)
    ]
