"""One institution's handling of one financing request."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiahe.accounts.models import Branch, Organisation
from jiahe.financing.enums import Channel, FirstLoanEvidence, Mode, OrderStates, Reason
from jiahe.financing.models.request import FinancingRequest
from jiahe.financing.workflow import LIVE, OrderState


class Order(models.Model):
    """An order; who owns it, until when the next step is due, and how it ended.

    `manager` is the account manager whose order it is; only one that waits to be accepted may have none. `due_at` ends
    the time limit in hand; while the enterprise owes an answer it is the enterprise's, `stopped_at` says since when
    the institution's clock stands and `left_due_at` until when it went. `indicated_amount` (yuan) and `indicated_rate`
    (annual, per cent) were named with the claim. `first_loan` and `unsecured` are what the institution confirmed with
    the contract, with the evidence they rest on. `serial` repeats the request's, for the rule of one live order at one
    institution.
    """

    number = models.CharField(max_length=24, unique=True)
    request = models.ForeignKey(FinancingRequest, on_delete=models.PROTECT, related_name="orders")
    serial = models.BigIntegerField()
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="orders")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, related_name="orders")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="orders")
    state = models.CharField(max_length=11, choices=OrderStates.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    indicated_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    indicated_rate = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    created_at = models.DateTimeField()
    state_since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    left_due_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    wanted = models.CharField(max_length=400, blank=True)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    reason_text = models.CharField(max_length=300, blank=True)
    contract_number = models.CharField(max_length=60, blank=True)
    contract_amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    first_loan = models.BooleanField(null=True)
    first_loan_evidence = models.CharField(max_length=16, choices=FirstLoanEvidence.choices, blank=True)
    unsecured = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["institution", "state", "due_at"]),
            models.Index(fields=["manager", "state"]),
            models.Index(fields=["due_at"], name="order_due", condition=Q(state__in=[s.value for s in LIVE])),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OrderStates.values), name="order_state_known"),
            models.UniqueConstraint(fields=["request", "institution"], name="order_one_an_institution"),
            models.UniqueConstraint(
                fields=["serial", "institution"],
                condition=Q(state__in=[s.value for s in LIVE]),
                name="order_one_live_an_enterprise",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[s.value for s in LIVE]) | Q(due_at__isnull=False),
                name="order_live_has_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[s.value for s in LIVE if s is not OrderState.DISPATCHED])
                | Q(manager__isnull=False),
                name="order_live_has_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[OrderState.REFUSED.value, OrderState.RETURNED.value])
                | (~Q(reason="") & ~Q(reason_text="")),
                name="order_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_named(self) -> bool:
        """Whether its institution is told whose it is: it has come in, or the enterprise applied to it by name."""
        return self.accepted_at is not None or self.request.mode == Mode.DIRECTED
