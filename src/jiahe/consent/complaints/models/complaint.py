"""An enterprise's complaint: about one reading of its data, or about how one of its orders is handled."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiahe.consent.complaints.enums import ComplaintState


class Complaint(models.Model):
    """`reading` is the `uid` of a row of the access log, or `order` the number of an order; the other one is empty.

    `due_on` is the last day for an answer. A reading is complained about once; an order again when the one before has
    its answer.
    """

    number = models.CharField(max_length=24, unique=True)
    uscc = models.CharField(max_length=18, db_index=True)
    reading = models.CharField(max_length=32, blank=True)
    order = models.CharField(max_length=24, blank=True, db_index=True)
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
            models.CheckConstraint(
                condition=Q(reading="") & ~Q(order="") | ~Q(reading="") & Q(order=""), name="complaint_about_one_thing"
            ),
            models.UniqueConstraint(fields=["reading"], condition=~Q(reading=""), name="complaint_reading_once"),
            models.UniqueConstraint(
                fields=["order"], condition=Q(state=ComplaintState.OPEN) & ~Q(order=""), name="complaint_order_one_open"
            ),
            models.CheckConstraint(condition=Q(state__in=ComplaintState.values), name="complaint_state_known"),
            models.CheckConstraint(
                condition=Q(state=ComplaintState.OPEN, answered_at=None)
                | ~Q(state=ComplaintState.OPEN) & Q(answered_at__isnull=False),
                name="complaint_answered_with_state",
            ),
        ]
