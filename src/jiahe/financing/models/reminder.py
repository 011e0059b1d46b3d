"""What time has already brought about."""

from __future__ import annotations

from django.db import models

from jiahe.financing.models.order import Order


class Reminder(models.Model):
    """One call of an order's clock that was answered: `limit` with `begun` names the clock, so that each goes out once."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reminders")
    limit = models.CharField(max_length=8)
    begun = models.DateTimeField()
    call = models.CharField(max_length=10)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "limit", "begun", "call"], name="reminder_once")]
