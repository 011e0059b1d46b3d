"""What an institution would lend."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiahe.financing.enums import OfferState
from jiahe.financing.models.order import Order
from jiahe.products.enums import GuaranteeKind, LprTerm, Repayment


class Offer(models.Model):
    """One offer of an order: amount in yuan, annual rate per cent, the LPR term and spread (basis points) behind it.

    `guarantees` is a list of `GuaranteeKind` codes; an offer is unsecured where it is credit alone.
    """

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="offer")
    state = models.CharField(max_length=8, choices=OfferState.choices, default=OfferState.OPEN)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    rate = models.DecimalField(max_digits=6, decimal_places=3)
    lpr_term = models.CharField(max_length=2, choices=LprTerm.choices, blank=True)
    lpr_on = models.DateField(null=True)
    spread_bp = models.SmallIntegerField(null=True)
    term_months = models.PositiveSmallIntegerField()
    guarantees = models.JSONField()
    repayment = models.CharField(max_length=20, choices=Repayment.choices)
    fees = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    note = models.CharField(max_length=300, blank=True)
    valid_until = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="offer_state_known"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, rate__gte=0, term_months__gt=0, fees__gte=0), name="offer_numbers"
            ),
        ]

    @property
    def unsecured(self) -> bool:
        """Credit and nothing else; mixed guarantees never count."""
        return bool(self.guarantees == [GuaranteeKind.CREDIT])
