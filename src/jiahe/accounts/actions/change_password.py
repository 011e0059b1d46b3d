"""Replace one's password."""

from __future__ import annotations

from django.db import transaction

from jiahe.accounts.actions.open_account import assert_strong
from jiahe.accounts.models import UsedPassword, User
from jiahe.audit.journal import write
from jiahe.kit import clock
from jiahe.kit.actor import Actor


@transaction.atomic
def change_password(*, actor: Actor, user: User, password: str) -> None:
    """`PasswordWeak` says which rules it breaks. Sessions opened with the old one end, but for those that are renewed."""
    assert_strong(password, user)
    now = clock.now()
    if user.has_usable_password():
        UsedPassword.objects.create(user=user, hash=user.password, until=now)
    user.set_password(password)
    user.password_at, user.password_given = now, False
    user.save(update_fields=["password", "password_at", "password_given"])
    write(actor=actor, action="accounts.change_password", subject=f"user:{user.pk}")
