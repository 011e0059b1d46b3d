"""What waits to leave the platform, and what became of it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiahe.notify.models.address import Address


class Channel(models.TextChoices):
    SMS = "sms", _("短信")
    EMAIL = "email", _("电子邮件")
    WEBHOOK = "webhook", _("接口推送")


class OutgoingState(models.TextChoices):
    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    DELIVERED = "delivered", _("已送达")
    FAILED = "failed", _("对方未收到")
    UNCERTAIN = "uncertain", _("是否送出不明")
    DEAD = "dead", _("未能送达")
    SETTLED = "settled", _("已处理")


# What waits for a person to look at it.
PUT_ASIDE = (OutgoingState.DEAD, OutgoingState.UNCERTAIN, OutgoingState.FAILED)


def _uid() -> str:
    return uuid4().hex


class Outgoing(models.Model):
    """One message to one person or system outside. Recipient and facts are encrypted; the facts are emptied once it is
    sent, because they may hold a code or a link. What goes to an `address` has no recipient of its own.

    `next_at` is when it is tried, or its receipt asked for; while a relay has it in hand, when another one may take it;
    empty where nothing more is to be done. `unsure` says that a try has begun of which it is not known how it ended.
    """

    uid = models.CharField(max_length=32, unique=True, default=_uid)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    address = models.ForeignKey(Address, on_delete=models.PROTECT, null=True, related_name="+")
    recipient = models.CharField(max_length=200, blank=True)
    template = models.CharField(max_length=40)
    facts = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=OutgoingState.choices, default=OutgoingState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    unsure = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # The number that the provider gave the message, and how often it was asked what became of it.
    receipt = models.CharField(max_length=100, blank=True)
    asked = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_at"], name="outgoing_due", condition=models.Q(next_at__isnull=False)),
            models.Index(fields=["created_at"], name="outgoing_put_aside", condition=models.Q(state__in=PUT_ASIDE)),
        ]
