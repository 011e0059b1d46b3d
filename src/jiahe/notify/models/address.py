"""Where an organisation has what it is told delivered to, beside its inbox."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AddressKind(models.TextChoices):
    EMAIL = "email", _("电子邮件")
    WEBHOOK = "webhook", _("接口推送")


class Address(models.Model):
    """A mailbox, or a web address to which messages are posted, signed with `secret`; both encrypted.

    Declared by the operator. Withdrawn ones stay, because messages name them.
    """

    organisation = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=8, choices=AddressKind.choices)
    value = models.CharField(max_length=700)
    secret = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
