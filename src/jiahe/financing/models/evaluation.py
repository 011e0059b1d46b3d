"""What an enterprise thinks of how its order was handled."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiahe.financing.models.order import Order


class Evaluation(models.Model):
    """1 (poor) to 5, tags of `evaluation.TAGS`, and words; once an order, from the first money or any end."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="evaluation")
    score = models.PositiveSmallIntegerField()
    tags = models.JSONField(default=list)
    text = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="evaluation_score")]
