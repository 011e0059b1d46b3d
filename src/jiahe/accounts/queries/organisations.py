"""The organisations that the authority's security administrator keeps."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from jiahe.accounts import rights
from jiahe.accounts.enums import MembershipState, OrganisationKind
from jiahe.accounts.models import Organisation
from jiahe.kit.actor import Actor


def organisations(*, actor: Actor, kind: str = "", text: str = "") -> QuerySet[Organisation]:
    """Those whose people the actor keeps, with the number of their active people; enterprises keep themselves."""
    kinds = [k for k in OrganisationKind if rights.gives(actor, "", k) and kind in ("", k)]
    found = Organisation.objects.filter(kind__in=kinds)
    if text:
        found = found.filter(Q(name__contains=text) | Q(code__icontains=text))
    active = Count("memberships", filter=Q(memberships__state=MembershipState.ACTIVE))
    return found.annotate(people=active).order_by("kind", "name", "code")
