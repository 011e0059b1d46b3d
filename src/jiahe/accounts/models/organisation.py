"""The body that a person acts for, and an institution's branches."""

from __future__ import annotations

from django.db import models

from jiahe.accounts.enums import OrganisationKind, OrganisationState


class Organisation(models.Model):
    """One authority, department, institution, enterprise or agency; `code` is what an Actor carries.

    An enterprise's code is its USCC, a department's the catalogue's.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=OrganisationKind.choices)
    state = models.CharField(max_length=8, choices=OrganisationState.choices, default=OrganisationState.ACTIVE)
    # An institution: the public number that enterprises may call.
    hotline = models.CharField(max_length=20, blank=True)
    # A sentence for people: why it is frozen or closed.
    reason = models.CharField(max_length=200, blank=True)
    # An enterprise: the keyed digest of the name of the legal representative who was verified, and when.
    representative_digest = models.CharField(max_length=64, blank=True)
    verified_at = models.DateTimeField(null=True)
    # An agency: the number under which it is filed as a rating agency, and the last day on which that holds.
    filing_number = models.CharField(max_length=60, blank=True)
    filed_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind=OrganisationKind.AGENCY)
                | (~models.Q(filing_number="") & models.Q(filed_until__isnull=False)),
                name="agency_is_filed",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Branch(models.Model):
    """One office of an institution; offices form a tree below the head office, which is the institution itself."""

    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="branches")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    area = models.CharField(max_length=12, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "code"], name="branch_code_once")]

    def __str__(self) -> str:
        return self.name
