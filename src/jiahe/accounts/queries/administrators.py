"""The three separated administrators (GB/T 22239-2019 8.1.4.2 d)."""

from __future__ import annotations

from jiahe.accounts.enums import SEPARATED, MembershipState
from jiahe.accounts.models import Membership


def has_three_administrators() -> bool:
    """Whether system, security and audit administrator are three people who may act now."""
    kept = Membership.objects.filter(role__in=SEPARATED, state=MembershipState.ACTIVE, user__is_active=True)
    pairs = set(kept.values_list("role", "user_id"))
    return all(len({pair[part] for pair in pairs}) >= len(SEPARATED) for part in (0, 1))
