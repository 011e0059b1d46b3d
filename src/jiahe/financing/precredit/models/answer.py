"""What an institution answers about an enterprise's credit record."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from jiahe.financing.models import Order


class Answer(models.Model):
    """`is_clean`: no bad credit record, by the institution's own query under its own written authorisation.

    Nothing else of that query comes to the platform, and nothing is inferred in its place.
    """

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="credit_answer")
    is_clean = models.BooleanField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
