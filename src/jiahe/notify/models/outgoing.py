"""What waits to leave the platform."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    SMS = "sms", _("短信")


class OutgoingState(models.TextChoices):
    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发送")
    DEAD = "dead", _("未能送达")


def _uid() -> str:
    return uuid4().hex


class Outgoing(models.Model):
    """One message to one person outside. Recipient and facts are encrypted; the facts are emptied once it is sent,

    because they may hold a code or a link. While a relay has it in hand, `next_at` is when another one may take it.
    """

    uid = models.CharField(max_length=32, unique=True, default=_uid)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    recipient = models.CharField(max_length=200)
    template = models.CharField(max_length=40)
    facts = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=OutgoingState.choices, default=OutgoingState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="outgoing_waiting", condition=models.Q(state=OutgoingState.WAITING))
        ]
