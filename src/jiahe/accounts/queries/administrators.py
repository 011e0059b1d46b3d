"""Who keeps watch: the three separated administrators (GB/T 22239-2019 8.1.4.2 d), supervisors, model officers."""

from __future__ import annotations

from jiahe.accounts.enums import SEPARATED, MembershipState, Role
from jiahe.accounts.models import Membership


def has_three_administrators() -> bool:
    """Whether system, security and audit administrator are three people who may act now."""
    kept = Membership.objects.filter(role__in=SEPARATED, state=MembershipState.ACTIVE, user__is_active=True)
    pairs = set(kept.values_list("role", "user_id"))
    return all(len({pair[part] for pair in pairs}) >= len(SEPARATED) for part in (0, 1))


def supervisors() -> list[Membership]:
    """Those who may act now, each with the authority."""
    return _active(Role.SUPERVISOR)


def model_officers() -> list[Membership]:
    """As `supervisors`."""
    return _active(Role.MODEL_OFFICER)


def _active(role: Role) -> list[Membership]:
    active = Membership.objects.filter(role=role, state=MembershipState.ACTIVE, user__is_active=True)
    return list(active.select_related("organisation").order_by("pk"))
