"""An open door for one person into one organisation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jiahe.accounts.enums import InvitationState, Role
from jiahe.accounts.models.organisation import Branch, Organisation
from jiahe.accounts.models.user import User


class Invitation(models.Model):
    """Who may join as what until when. The link's token is kept only as a keyed digest; the phone is encrypted.

    `login` is the login name chosen for the person by whoever keeps the staff list; empty where they choose their own.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role.choices)
    name = models.CharField(max_length=100)
    login = models.CharField(max_length=150, blank=True)
    phone = models.CharField(max_length=200)
    phone_digest = models.CharField(max_length=64, db_index=True)
    token_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, choices=InvitationState.choices, default=InvitationState.OPEN)
    invited_at = models.DateTimeField()
    invited_by = models.CharField(max_length=150)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "phone_digest"],
                condition=Q(state=InvitationState.OPEN) & ~Q(phone_digest=""),
                name="invitation_once",
            )
        ]
