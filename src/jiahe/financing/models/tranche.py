"""Money that came."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiahe.financing.models.order import Order


class Tranche(models.Model):
    """One disbursement under an order's contract, in yuan; `voucher` is the institution's own number for it."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="tranches")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    paid_on = models.DateField()
    voucher = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "voucher"], name="tranche_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tranche_amount"),
        ]
