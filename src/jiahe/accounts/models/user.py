"""The person who signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

if TYPE_CHECKING:
    from jiahe.accounts.models.membership import Membership


class User(AbstractBaseUser):
    """A person. What they may do is said by their memberships. Closed accounts stay, because logs name them.

    Phone and identity number are encrypted; the keyed digests beside them are what is searched by.
    """

    login = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=200, blank=True)
    phone_digest = models.CharField(max_length=64, blank=True, db_index=True)
    identity = models.CharField(max_length=200, blank=True)
    identity_digest = models.CharField(max_length=64, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    # Somebody else chose the password: it must be changed before anything else.
    password_given = models.BooleanField(default=False)
    # Since when the password holds; empty for one that has stood since the account was opened.
    password_at = models.DateTimeField(null=True)
    # The time step of the last second-factor code that was accepted: it and all before it are spent.
    last_code = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=150)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    # Of a person recognised by their session: the memberships they may act under now (accounts.recognition).
    acting_under: list[Membership] | None = None

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
