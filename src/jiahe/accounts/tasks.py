"""What recurs for accounts: enterprises whose registration has changed since they were verified are frozen."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from jiahe.accounts.actions.freeze import freeze
from jiahe.accounts.enums import OrganisationKind, OrganisationState
from jiahe.accounts.models import Followed, Organisation
from jiahe.accounts.queries.registration import of_registry
from jiahe.creditfile.queries.representative import applied
from jiahe.kit.actor import Actor
from jiahe.kit.configuration import setting
from jiahe.kit.jobs import Schedule, declare


def follow_registry() -> None:
    """Compare, where the registry's categories have gained a batch since the last comparison; again changes nothing."""
    now_at = applied()
    if dict(Followed.objects.values_list("category", "batch")) != now_at:
        compare_all()
        for category, batch in now_at.items():
            Followed.objects.update_or_create(category=category, defaults={"batch": batch})


def compare_all() -> None:
    """Compare every active enterprise's verification with the registry."""
    active = Organisation.objects.filter(kind=OrganisationKind.ENTERPRISE, state=OrganisationState.ACTIVE)
    for enterprise in list(active.exclude(representative_digest="")):
        with translation.override(setting("JIAHE_LANGUAGE")):
            if reason := changed(enterprise):
                freeze(actor=Actor.system(), organisation=enterprise, reason=reason)


def changed(enterprise: Organisation) -> str:
    """Why the verification holds no more, in words; empty where it still does.

    A registry that names nobody has not changed: a record may be on its way.
    """
    found = of_registry(enterprise.code)
    if found is None:
        return ""
    if found.ended:
        return _("登记机关的记录显示本企业已注销、吊销、撤销或迁出。")
    if found.names and enterprise.representative_digest not in found.names:
        return _("登记机关的记录显示法定代表人(负责人、经营者)已变更。")
    return ""


declare(Schedule("accounts: registry", "jiahe.accounts.tasks.follow_registry", "*/5 * * * *"))
