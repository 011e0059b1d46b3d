"""Who a command acts for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from jiahe.accounts.actor import as_actor, memberships
from jiahe.accounts.models import User
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError


class NoSuchLogin(JiaheError):
    code = "commands.no_such_login"
    status = 404
    template = _("没有登录名为“{login}”的在用账户：请用 --as 给出有效的登录名。")


def acting(login: str) -> Actor:
    """The actor behind `--as LOGIN`; without it the operator at the console, as the system."""
    if not login:
        return Actor.system("console")
    user = User.objects.filter(login=login, is_active=True).first()
    membership = memberships(user).select_related("user").first() if user else None
    if membership is None:
        raise NoSuchLogin(login=login)
    return as_actor(membership, "console")
