"""Find enterprises: by part of a name, pinyin initials, or code."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from jiahe.creditfile.models import Enterprise
from jiahe.kit import uscc

FEWEST_SIGNS = 2
FOUND_AT_MOST = 20


@dataclass(frozen=True)
class EnterpriseHit:
    """An enterprise that answers to a search; `matched` says by what: name, former_name, initials or code."""

    uscc: str
    name: str
    state: str
    area: str
    matched: str


def search(text: str, *, limit: int = 20, offset: int = 0) -> list[EnterpriseHit]:
    """Enterprises whose name contains the text, or whose pinyin initials or code begin with it; names first."""
    wanted = " ".join(text.split())
    if len(wanted) < FEWEST_SIGNS:
        return []
    code = uscc.normalise(wanted)
    if len(code) == 18 and code.isascii():
        found = Enterprise.objects.filter(uscc=code)
        return [_hit(e, "code") for e in found]
    named = Q(name__contains=wanted) | Q(former_names__name__contains=wanted)
    if wanted.isascii() and wanted.isalnum():
        named |= Q(initials__contains=wanted.upper()) | Q(uscc__startswith=code)
    found = Enterprise.objects.filter(named).exclude(name="").distinct().order_by("name", "serial")
    return [_hit(e, _matched(e, wanted)) for e in found[offset : offset + limit]]


def _hit(enterprise: Enterprise, matched: str) -> EnterpriseHit:
    return EnterpriseHit(enterprise.uscc, enterprise.name, enterprise.state, enterprise.area, matched)


def _matched(enterprise: Enterprise, wanted: str) -> str:
    if wanted in enterprise.name:
        return "name"
    if wanted.isascii() and wanted.upper() in enterprise.initials:
        return "initials"
    return "code" if enterprise.uscc.startswith(uscc.normalise(wanted)) else "former_name"


def find(text: str) -> list[EnterpriseHit]:
    """Enterprises whose code, name or former name is the whole text: nobody can leaf through the registry with it."""
    wanted = " ".join(text.split())
    if not wanted:
        return []
    exact = Q(uscc=uscc.normalise(wanted)) | Q(name=wanted) | Q(former_names__name=wanted)
    found = Enterprise.objects.filter(exact).exclude(name="").distinct().order_by("serial")[:FOUND_AT_MOST]
    return [_hit(e, _matched(e, wanted)) for e in found]
