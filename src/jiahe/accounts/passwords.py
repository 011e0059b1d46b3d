"""Rules for passwords beyond Django's own: without login or name, and not one of the last few, where a rule says so."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
    get_default_password_validators,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from jiahe.accounts.models import User
from jiahe.kit import clock, parameters


class NotOneself:
    """Validator: neither login nor name stands in the password, nor is it much like one of them."""

    like = UserAttributeSimilarityValidator(user_attributes=("login", "name"))

    def validate(self, password: str, user: User | None = None) -> None:
        own = (user.login, user.name) if user else ()
        refused = ValidationError(_("密码不能含有登录名或姓名，也不能与之相近。"), code="password_oneself")
        if any(len(one) > 1 and one.casefold() in password.casefold() for one in own):
            raise refused
        try:
            self.like.validate(password, user)
        except ValidationError as similar:
            raise refused from similar

    def get_help_text(self) -> str:
        return _("不能含有登录名或姓名，也不能与之相近。")


class NotUsedBefore:
    """Validator: a password differs from the present one and from as many former ones as the parameter says."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        former = parameters.value("password_history", on=clock.today())
        kept = user.used_passwords.order_by("-until").values_list("hash", flat=True)[:former]
        if any(check_password(password, used) for used in (user.password, *kept)):
            raise ValidationError(_("这个密码您用过：请换一个新的。"), code="password_used")

    def get_help_text(self) -> str:
        return _("不能与现用的密码相同。")


def must_change(user: User, now: datetime) -> bool:
    """Whether somebody else chose the password, or it is older than the parameter allows (0: any age)."""
    days = parameters.value("password_days", on=now.date())
    old = bool(days) and (user.password_at or user.created_at) < now - timedelta(days=days)
    return user.has_usable_password() and (user.password_given or old)


def rules() -> list[str]:
    """What a password must be, in words."""
    lengths = [v.min_length for v in get_default_password_validators() if isinstance(v, MinimumLengthValidator)]
    length = _("不少于 {length} 个字符，不能是常见的密码。").format(length=max(lengths))
    return [length, NotOneself().get_help_text(), NotUsedBefore().get_help_text()]
