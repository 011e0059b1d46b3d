"""Names from the catalogue, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from jiahe.catalogue import Authorisation, Category, CodeList, Frequency, Section, Text, load

Say = Callable[[Text], str]

SECTIONS = {
    Section.REGISTRATION: gettext_lazy("登记信息"),
    Section.RELATIONS: gettext_lazy("关系网络"),
    Section.OPERATIONS: gettext_lazy("经营情况"),
    Section.ASSETS: gettext_lazy("资产抵押"),
    Section.RISKS: gettext_lazy("风险信息"),
}
# What stands in no section of its own.
OTHER_SECTIONS = {Section.LABELS: gettext_lazy("标签"), Section.DERIVED: gettext_lazy("评分与积分")}

FREQUENCIES = {
    Frequency.REALTIME: gettext_lazy("实时"),
    Frequency.DAILY: gettext_lazy("每日"),
    Frequency.WEEKLY: gettext_lazy("每周"),
    Frequency.MONTHLY: gettext_lazy("每月"),
    Frequency.QUARTERLY: gettext_lazy("每季"),
    Frequency.YEARLY: gettext_lazy("每年"),
}

AUTHORISATIONS = {
    Authorisation.P0: gettext_lazy("公开"),
    Authorisation.A1: gettext_lazy("需授权"),
    Authorisation.A2: gettext_lazy("需单独授权"),
    Authorisation.R: gettext_lazy("需本人书面同意"),
}

SIZES = "enterprise_size"
STATES = "enterprise_state"
AREAS = "area"
DIVISIONS = "industry_division"


_CHINESE, _ENGLISH = attrgetter("zh"), attrgetter("en")


def speaker() -> Say:
    """`said` for many labels at once: the language of the page is looked up only here."""
    return _ENGLISH if (get_language() or "zh").startswith("en") else _CHINESE


def said(text: Text) -> str:
    """The label in the language of the page."""
    return speaker()(text)


def coded(codes: str, value: str, say: Say = said) -> str:
    """What a code means; the code itself where the list does not know it."""
    found = _code_list(codes)
    known = found.by_code.get(value) if found else None
    return say(known.name) if known else value


@lru_cache(maxsize=512)
def _code_list(codes: str) -> CodeList | None:
    return load().code_lists.get(codes)


def source(category: Category) -> str:
    """The department that supplies a category."""
    return said(load().department_names[category.department])


def county(area: str) -> str:
    """The name of the county that an area code lies in, from its first six digits."""
    return coded(AREAS, area[:6]) if area else ""


def industry(division: str) -> str:
    """The industry's name with its letter and number: 纺织业 C17."""
    found = _code_list(DIVISIONS)
    known = found.by_code.get(division[-2:]) if found and division else None
    return (
        _("%(name)s %(code)s") % {"name": said(known.name), "code": f"{known.parent or ''}{known.code}"}
        if known
        else division
    )
