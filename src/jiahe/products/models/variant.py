"""The terms of a version for one guarantee or one channel."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jiahe.products.enums import GuaranteeKind, LprTerm
from jiahe.products.models.version import ProductVersion


def _in_order(low: str, high: str) -> Q:
    return Q(**{low: None}) | Q(**{high: None}) | Q(**{f"{low}__lte": F(high)})


class Variant(models.Model):
    """Amounts in yuan, terms in months, rates in per cent a year, spreads in basis points over the LPR of `lpr_on`.

    `guarantees` are values of `GuaranteeKind`, null where not published. `risk_shares` says who bears how much of a
    loss, `[{"party": …, "percent": "…"}]`, in sum 100. The notes hold what the institution says in words and a number
    cannot hold.
    """

    version = models.ForeignKey(ProductVersion, on_delete=models.CASCADE, related_name="variants")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60, blank=True)
    guarantees = models.JSONField(null=True)
    guarantee_note = models.CharField(max_length=200, blank=True)
    amount_from = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    amount_to = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    term_from = models.PositiveSmallIntegerField(null=True)
    term_to = models.PositiveSmallIntegerField(null=True)
    term_note = models.CharField(max_length=200, blank=True)
    rate_from = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    rate_to = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    rate_note = models.CharField(max_length=200, blank=True)
    lpr_term = models.CharField(max_length=2, choices=LprTerm.choices, blank=True)
    lpr_on = models.DateField(null=True)
    spread_from = models.SmallIntegerField(null=True)
    spread_to = models.SmallIntegerField(null=True)
    risk_shares = models.JSONField(null=True)
    risk_share_note = models.CharField(max_length=200, blank=True)
    guarantee_fee = models.DecimalField(max_digits=7, decimal_places=4, null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="variant_position_once"),
            models.CheckConstraint(condition=Q(amount_from__gte=0), name="variant_amount_from_not_negative"),
            models.CheckConstraint(condition=Q(amount_to__gt=0), name="variant_amount_to_positive"),
            models.CheckConstraint(condition=Q(term_from__gt=0), name="variant_term_from_positive"),
            models.CheckConstraint(condition=Q(term_to__gt=0), name="variant_term_to_positive"),
            models.CheckConstraint(condition=Q(rate_from__gte=0), name="variant_rate_from_not_negative"),
            models.CheckConstraint(condition=Q(rate_to__gte=0), name="variant_rate_to_not_negative"),
            models.CheckConstraint(condition=Q(guarantee_fee__gte=0), name="variant_guarantee_fee_not_negative"),
            models.CheckConstraint(condition=_in_order("amount_from", "amount_to"), name="variant_amount_in_order"),
            models.CheckConstraint(condition=_in_order("term_from", "term_to"), name="variant_term_in_order"),
            models.CheckConstraint(condition=_in_order("rate_from", "rate_to"), name="variant_rate_in_order"),
            models.CheckConstraint(condition=_in_order("spread_from", "spread_to"), name="variant_spread_in_order"),
            models.CheckConstraint(
                condition=Q(lpr_term="", lpr_on=None, spread_from=None, spread_to=None)
                | Q(lpr_term__in=LprTerm.values, lpr_on__isnull=False),
                name="variant_spread_over_an_lpr",
            ),
        ]

    @property
    def unsecured(self) -> bool:
        """Credit and nothing else; mixed guarantees never count."""
        return self.guarantees == [GuaranteeKind.CREDIT]
