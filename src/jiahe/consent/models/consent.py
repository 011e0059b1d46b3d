"""What an enterprise allows: to whom, which categories, what for, how long, how often."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiahe.accounts.models import Organisation
from jiahe.consent.enums import ConsentKind, ConsentState, Direction, Purpose
from jiahe.consent.terms import LIVE, State, Terms


class Consent(models.Model):
    """One consent of one enterprise to one organisation for one purpose.

    `written`: the person concerned gave it for categories of class R; such a one holds those and nothing else.
    `per_month` bounds the uses in a calendar month where the kind is periodic. `subject_ref` names, opaquely, the
    order that it serves. `text` are the very words that were agreed to. `note` is what the asker added, `reason` what
    the enterprise said when it refused or took back.
    """

    number = models.CharField(max_length=24, unique=True)
    serial = models.BigIntegerField()
    uscc = models.CharField(max_length=18)
    grantee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=16, choices=Direction.choices, default=Direction.TO_INSTITUTION)
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    categories = models.JSONField()
    written = models.BooleanField(default=False)
    kind = models.CharField(max_length=8, choices=ConsentKind.choices)
    per_month = models.PositiveSmallIntegerField(null=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    lookback_months = models.PositiveSmallIntegerField()
    data_life_days = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=ConsentState.choices)
    subject_ref = models.CharField(max_length=60, blank=True)
    text_version = models.CharField(max_length=20, blank=True)
    text_digest = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    note = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=150)
    given_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ending_told_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["serial", "grantee", "state"]),
            models.Index(fields=["grantee", "state"]),
            models.Index(fields=["subject_ref"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["serial", "grantee", "purpose", "direction", "written"],
                condition=Q(state__in=[s.value for s in LIVE]),
                name="consent_one_live",
            ),
            models.UniqueConstraint(
                fields=["serial", "grantee", "purpose", "direction", "written"],
                condition=Q(state=State.REQUESTED.value),
                name="consent_one_request",
            ),
            models.UniqueConstraint(
                fields=["grantee", "subject_ref"], condition=Q(state=State.PENDING.value), name="consent_one_offer"
            ),
            models.CheckConstraint(condition=Q(valid_until__gt=models.F("valid_from")), name="consent_has_time"),
            models.CheckConstraint(condition=Q(state__in=ConsentState.values), name="consent_state_known"),
        ]

    def terms(self, *, used: int = 0, frozen: bool = False) -> Terms:
        """What is agreed and how it stands; uses, and whether the enterprise is frozen, are looked up by who needs them."""
        return Terms(
            purpose=self.purpose,
            direction=self.direction,
            categories=tuple(self.categories),
            kind=self.kind,
            per_month=self.per_month,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            lookback_months=self.lookback_months,
            data_life_days=self.data_life_days,
            written=self.written,
            subject_ref=self.subject_ref,
            state=State(self.state),
            frozen=frozen,
            used=used,
        )


class ConsentUse(models.Model):
    """One use: everything that one organisation reads under a consent within 24 hours of `started_at`."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="uses")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["consent", "number"], name="consent_use_once")]
