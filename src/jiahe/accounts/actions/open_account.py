"""Open an account for a person."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jiahe.accounts import typed
from jiahe.accounts.errors import LineTooLong, LoginTaken, PasswordWeak, PhoneTaken
from jiahe.accounts.models import User
from jiahe.audit.journal import write
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring

LONGEST_NAME = 50
LONGEST_PASSWORD = 200


@dataclass(frozen=True)
class NewAccount:
    """What a person states to get an account; `phone` has been proved to be theirs."""

    login: str
    name: str
    password: str
    phone: str


@transaction.atomic
def open_account(*, actor: Actor, account: NewAccount) -> User:
    """A person's own account. `LoginTaken`, `PhoneTaken`, `PasswordWeak`, or what `typed` refuses."""
    phone = typed.phone(account.phone)
    user = User(
        login=typed.login(account.login),
        name=typed.line(account.name, _("姓名"), LONGEST_NAME),
        phone=keyring().encrypt(phone),
        phone_digest=keyring().digest(phone),
        created_at=clock.now(),
        created_by=actor.login,
    )
    assert_strong(account.password, user)
    if User.objects.filter(phone_digest=user.phone_digest, is_active=True).exists():
        raise PhoneTaken
    user.set_password(account.password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise LoginTaken(login=user.login) from error
    write(actor=actor, action="accounts.open_account", subject=f"user:{user.pk}")
    return user


def assert_strong(password: str, user: User) -> None:
    """`PasswordWeak`, with all that is wrong."""
    if len(password) > LONGEST_PASSWORD:
        raise LineTooLong(what=_("密码"), length=len(password), longest=LONGEST_PASSWORD)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PasswordWeak(problems=" ".join(error.messages)) from error
