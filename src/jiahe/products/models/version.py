"""One version of a product's terms. Once it is submitted it never changes, and it is kept for good."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiahe.products.enums import FeeTiming, FeeUnit, ProductKind, VersionState
from jiahe.products.lifecycle import OPEN
from jiahe.products.models.product import Product


class ProductVersion(models.Model):
    """What the institution did not state is null or an empty text, and is shown as not published, never as 0.

    Of the lists, null is not published and an empty one is "no limit", "none needed". `regions` are area codes,
    `industries` sections or divisions of GB/T 4754, `sizes` and `repayments` values of the enums. `admission` is a rule
    of the rule language as JSON. `reason` is the authority's sentence where it rejected the version.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=VersionState.choices, default=VersionState.DRAFT)

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=ProductKind.choices)
    summary = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=300, blank=True)
    repayments = models.JSONField(null=True)
    repayment_note = models.CharField(max_length=200, blank=True)
    regions = models.JSONField(null=True)
    industries = models.JSONField(null=True)
    sizes = models.JSONField(null=True)
    materials = models.JSONField(null=True)
    promised_days = models.PositiveSmallIntegerField(null=True)
    first_loan_friendly = models.BooleanField(null=True)
    green = models.BooleanField(null=True)
    technology = models.BooleanField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    admission = models.JSONField(null=True)
    mechanism = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)

    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "submitted_at"])]
        constraints = [
            models.UniqueConstraint(fields=["product", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["product"], condition=Q(state__in=[s.value for s in OPEN]), name="version_one_open"
            ),
            models.UniqueConstraint(
                fields=["product"], condition=Q(state=VersionState.APPROVED), name="version_one_approved"
            ),
            models.CheckConstraint(condition=Q(state__in=VersionState.values), name="version_state_known"),
            models.CheckConstraint(condition=Q(kind__in=ProductKind.values), name="version_kind_known"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_from__lte=models.F("valid_until")),
                name="version_validity_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT) | Q(submitted_at__isnull=False), name="version_submitted_when"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in OPEN], decided_at=None)
                | ~Q(state__in=[s.value for s in OPEN]) & Q(decided_at__isnull=False),
                name="version_decided_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.REJECTED) | ~Q(reason=""), name="version_rejected_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mark(self) -> str:
        """Differs after each writing: whoever edits says with it what they began with."""
        return f"{self.number}-{self.drafted_at.timestamp()}"


class Fee(models.Model):
    """What a loan costs beside its interest; `amount` is null where the institution does not publish it."""

    version = models.ForeignKey(ProductVersion, on_delete=models.CASCADE, related_name="fees")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    timing = models.CharField(max_length=6, choices=FeeTiming.choices)
    unit = models.CharField(max_length=7, choices=FeeUnit.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=4, null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="fee_position_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="fee_not_negative"),
            models.CheckConstraint(condition=Q(timing__in=FeeTiming.values), name="fee_timing_known"),
            models.CheckConstraint(condition=Q(unit__in=FeeUnit.values), name="fee_unit_known"),
        ]
