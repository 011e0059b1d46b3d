"""What happened to a request and its orders: the source of the six stages, of every clock and of every measure."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jiahe.financing.models.order import Order
from jiahe.financing.models.request import FinancingRequest


class Event(models.Model):
    """One step that was taken, never changed afterwards. `organisation` is whom the actor acted for."""

    request = models.ForeignKey(FinancingRequest, on_delete=models.PROTECT, related_name="events")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, null=True, related_name="events")
    action = models.CharField(max_length=12)
    start = models.CharField(max_length=11, blank=True)
    end = models.CharField(max_length=11)
    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["request", "at"]), models.Index(fields=["order", "at"])]
