"""The body that a person acts for."""

from __future__ import annotations

from django.db import models

from jiahe.accounts.enums import OrganisationKind


class Organisation(models.Model):
    """One authority, department, institution, enterprise or agency; `code` is what an Actor carries."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=OrganisationKind.choices)

    def __str__(self) -> str:
        return self.name
