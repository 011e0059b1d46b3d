"""By which formula, and on which terms, an institution lends to those who have enough points."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiahe.accounts.models import Organisation
from jiahe.financing.precredit.enums import RuleState
from jiahe.products.enums import Repayment
from jiahe.products.models import Product
from jiahe.scoring.points.limit import Formula, Step


class LimitRule(models.Model):
    """One version of an institution's rule; an institution that has published none takes no part.

    `base` is a feature in fen, `steps` pairs of points and share (hundredths of a per cent), `least` and `most` are in
    yuan. A limit holds for `valid_days` after the day whose data it rests on. `rate` (annual, per cent), `repayment`
    and `most_months` are the terms on which it lends, so that an enterprise knows them before it asks. What is
    published never changes.
    """

    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="limit_rules")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=RuleState.choices, default=RuleState.DRAFT)
    base = models.CharField(max_length=60)
    steps = models.JSONField()
    least = models.BigIntegerField()
    most = models.BigIntegerField()
    valid_days = models.PositiveSmallIntegerField()
    rate = models.DecimalField(max_digits=6, decimal_places=3)
    repayment = models.CharField(max_length=20, choices=Repayment.choices)
    most_months = models.PositiveSmallIntegerField()
    products = models.ManyToManyField(Product, related_name="+")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="limit_rule_number_once"),
            models.UniqueConstraint(
                fields=["institution"], condition=Q(state=RuleState.PUBLISHED), name="limit_rule_one_published"
            ),
            models.UniqueConstraint(
                fields=["institution"], condition=Q(state=RuleState.DRAFT), name="limit_rule_one_draft"
            ),
            models.CheckConstraint(condition=Q(state__in=RuleState.values), name="limit_rule_state_known"),
            models.CheckConstraint(
                condition=Q(least__gte=0, most__gte=models.F("least"), most__gt=0), name="limit_rule_amounts"
            ),
            models.CheckConstraint(
                condition=Q(state=RuleState.DRAFT, published_at=None)
                | ~Q(state=RuleState.DRAFT) & Q(published_at__isnull=False),
                name="limit_rule_published_when",
            ),
        ]

    @property
    def formula(self) -> Formula:
        return Formula(self.base, tuple(Step(points, share) for points, share in self.steps), self.least, self.most)
