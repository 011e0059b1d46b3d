"""Who is to be told by SMS for an organisation."""

from __future__ import annotations

from jiahe.accounts.enums import MembershipState, OrganisationState
from jiahe.accounts.models import Membership
from jiahe.kit.crypto import keyring
from jiahe.notify.audience import Holder


def holders(organisation: str, roles: tuple[str, ...], user_id: int | None) -> list[Holder]:
    """People with a phone who act for the organisation in one of the roles; only one of them, where a user is named."""
    found = Membership.objects.filter(
        organisation__code=organisation, role__in=roles, state=MembershipState.ACTIVE, user__is_active=True
    ).exclude(organisation__state=OrganisationState.CLOSED)
    if user_id is not None:
        found = found.filter(user=user_id)
    rows = found.exclude(user__phone="").order_by("user").values_list("user", "user__phone").distinct()
    return [Holder(user, keyring().decrypt(phone)) for user, phone in rows]
