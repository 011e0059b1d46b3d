"""What an enterprise asks for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jiahe.financing.enums import Channel, LoanPurpose, Mode, RequestStates
from jiahe.financing.workflow import RequestState
from jiahe.products.enums import EnterpriseSize
from jiahe.products.models import ProductVersion


class FinancingRequest(models.Model):
    """One request; institutions handle it in orders of their own.

    Until an institution has come in it shows others only what the enterprise previewed: amount, term, purpose,
    guarantee, county, industry division and size. The contact's name and phone are encrypted; `phone_digest` tells
    whether two requests name the same one. `guarantees` is a list of `GuaranteeKind` codes that the enterprise can
    give; `places` how many institutions may come in, `taken` how many have. `dispatched` counts how often it was
    handed out again. `own_application` is the enterprise's word that nobody applies for it. `first_loan` is what it
    declares, None where it did not say.
    """

    number = models.CharField(max_length=24, unique=True)
    serial = models.BigIntegerField()
    uscc = models.CharField(max_length=18, db_index=True)
    state = models.CharField(max_length=9, choices=RequestStates.choices, default=RequestState.DRAFT)
    mode = models.CharField(max_length=8, choices=Mode.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    product = models.ForeignKey(ProductVersion, on_delete=models.PROTECT, null=True, related_name="requests")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    term_months = models.PositiveSmallIntegerField(null=True)
    purpose = models.CharField(max_length=16, choices=LoanPurpose.choices, blank=True)
    guarantees = models.JSONField(default=list)
    area = models.CharField(max_length=12, blank=True)
    industry = models.CharField(max_length=4, blank=True)
    size = models.CharField(max_length=6, choices=EnterpriseSize.choices, blank=True)
    first_loan = models.BooleanField(null=True)
    own_application = models.BooleanField(default=False)
    contact = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=200, blank=True)
    phone_digest = models.CharField(max_length=64, blank=True, db_index=True)
    places = models.PositiveSmallIntegerField(default=1)
    taken = models.PositiveSmallIntegerField(default=0)
    dispatched = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    window_until = models.DateTimeField(null=True)
    full_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-submitted_at"]),
            models.Index(fields=["window_until"], name="request_open", condition=Q(state=RequestState.OPEN.value)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestStates.values), name="request_state_known"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="request_no_more_than_places"),
            models.CheckConstraint(condition=Q(places__gte=1), name="request_has_a_place"),
            models.CheckConstraint(
                condition=Q(state=RequestState.DRAFT.value)
                | Q(amount__gt=0, term_months__gt=0, submitted_at__isnull=False, window_until__isnull=False),
                name="request_complete_once_submitted",
            ),
        ]

    def __str__(self) -> str:
        return self.number
