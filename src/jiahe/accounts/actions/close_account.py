"""Close one's account: as easy as opening it."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from jiahe.accounts.actions.change_member import assert_not_last
from jiahe.accounts.actions.end_session import end_sessions
from jiahe.accounts.actions.freeze import freeze
from jiahe.accounts.enums import MembershipState, OrganisationKind, OrganisationState, Role
from jiahe.accounts.models import Membership, Organisation, User
from jiahe.audit.journal import write
from jiahe.kit import clock
from jiahe.kit.actor import Actor
from jiahe.kit.configuration import setting

LEFT_ALONE = _("唯一的企业管理员已注销账户，请由法定代表人重新登记认证。")


def left_alone(user: User) -> QuerySet[Organisation]:
    """The enterprises of which the person is the last administrator."""
    others = Membership.objects.filter(role=Role.ENTERPRISE_ADMIN, state=MembershipState.ACTIVE).exclude(user=user)
    return Organisation.objects.filter(
        kind=OrganisationKind.ENTERPRISE,
        state=OrganisationState.ACTIVE,
        memberships__user=user,
        memberships__role=Role.ENTERPRISE_ADMIN,
        memberships__state=MembershipState.ACTIVE,
    ).exclude(pk__in=others.values("organisation"))


@transaction.atomic
def close_account(*, actor: Actor, user: User) -> None:
    """Memberships and sessions end; phone, identity number, password and second factors are removed.

    Login and name stay, because the logs that the law wants kept name them. An enterprise that loses its last
    administrator is frozen until its legal representative is verified again, and its people are told. The last
    administrator of an institution or of the authority names another one first: `LastAdministrator`.
    """
    active = Membership.objects.select_related("organisation").filter(user=user, state=MembershipState.ACTIVE)
    for membership in active.exclude(role=Role.ENTERPRISE_ADMIN):
        assert_not_last(membership)
    with translation.override(setting("JIAHE_LANGUAGE")):
        reason = str(LEFT_ALONE)
    for organisation in left_alone(user):
        freeze(actor=actor, organisation=organisation, reason=reason)
    now = clock.now()
    user.memberships.exclude(state=MembershipState.ENDED).update(state=MembershipState.ENDED, ended_at=now)
    end_sessions(actor=actor, user=user, but=None)
    Authenticator.objects.filter(user_id=user.pk).delete()
    user.identities.all().delete()
    user.used_passwords.all().delete()
    user.set_unusable_password()
    user.phone = user.phone_digest = user.identity = user.identity_digest = ""
    user.is_active, user.closed_at = False, now
    user.save()
    write(actor=actor, action="accounts.close", subject=f"user:{user.pk}")
