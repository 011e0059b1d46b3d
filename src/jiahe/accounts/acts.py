"""What the buttons beside a person and beside an invitation do: a table for every portal that keeps people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jiahe.accounts.actions.renew_invitation import renew_invitation
from jiahe.accounts.actions.reset_second_factor import reset_second_factor
from jiahe.accounts.actions.revoke_invitation import revoke_invitation
from jiahe.accounts.actions.suspend import resume, suspend
from jiahe.accounts.errors import NoSuchMember
from jiahe.kit.actor import Actor


@dataclass(frozen=True)
class Act:
    """An action on one number of an organisation, and what is said when it is done."""

    does: Callable[..., Any]
    done: str | Promise


ON_MEMBER = {
    "reset": Act(reset_second_factor, _("第二因素已重置：此人下次登录时重新绑定。")),
    "suspend": Act(suspend, _("已停用。")),
    "resume": Act(resume, _("已恢复使用。")),
}
ON_INVITATION = {
    "renew": Act(renew_invitation, _("邀请已重新发送，此前的链接失效。")),
    "revoke": Act(revoke_invitation, _("邀请已撤回。")),
}


def carry_out(acts: Mapping[str, Act], chosen: str, *, actor: Actor, organisation: str, number: int) -> str:
    """Do what was chosen, and say so; raises as the action, `NoSuchMember` for a choice that is none."""
    if chosen not in acts:
        raise NoSuchMember
    acts[chosen].does(actor=actor, organisation=organisation, number=number)
    return str(acts[chosen].done)
