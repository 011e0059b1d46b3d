"""In which role a person acts for an organisation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from jiahe.accounts.enums import MembershipState, Role
from jiahe.accounts.models.organisation import Branch, Organisation


class Membership(models.Model):
    """One person in one role for one organisation. Ended ones stay, because logs name them.

    `representative` says that the person was verified as the legal representative (or operator, or owner of a sole
    proprietorship): whose written consent opens class R.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    state = models.CharField(max_length=8, choices=MembershipState.choices, default=MembershipState.ACTIVE)
    representative = models.BooleanField(default=False)
    since = models.DateTimeField()
    granted_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=~Q(state=MembershipState.ENDED), name="membership_once"
            )
        ]
