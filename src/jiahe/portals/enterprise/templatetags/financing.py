"""Codes of a financing request in words."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.translation import gettext as _

from jiahe.catalogue import names
from jiahe.financing.enums import LoanPurpose, Reason, Tag
from jiahe.products.enums import EnterpriseSize, GuaranteeKind, LprTerm, Repayment

register = template.Library()
ENUMS = {
    "purpose": LoanPurpose,
    "size": EnterpriseSize,
    "repayment": Repayment,
    "lpr": LprTerm,
    "reason": Reason,
}


@register.filter
def named(code: str, kind: str) -> str:
    """A code of one of `ENUMS`; a dash where there is none."""
    return str(ENUMS[kind](code).label) if code else "—"


@register.filter
def guarantees(codes: Iterable[str]) -> str:
    return _("、").join(str(GuaranteeKind(code).label) for code in codes) or "—"


@register.filter
def tags(codes: Iterable[str]) -> str:
    return _("、").join(str(Tag(code).label) for code in codes)


@register.filter
def county(area: str) -> str:
    return names.county(area) or "—"


@register.filter
def industry(division: str) -> str:
    return names.industry(division) or "—"
