"""An enterprise's complaint about how an order is handled."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiahe.consent.complaints.enums import ComplaintState
from jiahe.financing.models.order import Order


class OrderComplaint(models.Model):
    """At any stage, one that waits for an answer at a time. `due_on` is the last day for the authority's answer."""

    number = models.CharField(max_length=24, unique=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="complaints")
    text = models.TextField()
    state = models.CharField(max_length=9, choices=ComplaintState.choices, default=ComplaintState.OPEN)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ComplaintState.values), name="order_complaint_state_known"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state=ComplaintState.OPEN), name="order_complaint_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state=ComplaintState.OPEN, answered_at=None)
                | ~Q(state=ComplaintState.OPEN) & Q(answered_at__isnull=False),
                name="order_complaint_answered_with_state",
            ),
        ]

    def __str__(self) -> str:
        return self.number
