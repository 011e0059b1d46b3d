"""The credit file of one enterprise, as a data officer of the authority may see it."""

from __future__ import annotations

from collections.abc import Collection

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jiahe import profiles
from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.catalogue import Section, load, names
from jiahe.profiles import Purpose
from jiahe.profiles.sections import page
from jiahe.web.paging import page_of

PURPOSE = _("数据质量核查")


@only_for(Role.DATA_OFFICER)
def file(request: HttpRequest, uscc: str) -> HttpResponse:
    """The head and the first section."""
    return _whole(request, uscc, Section.REGISTRATION)


@only_for(Role.DATA_OFFICER)
def section(request: HttpRequest, uscc: str, section: str) -> HttpResponse:
    """The head and one section; the section alone where htmx asks for it, and then nothing else is read."""
    if section not in {s.value for s in names.SECTIONS}:
        raise Http404
    wanted = Section(section)
    if not request.headers.get("HX-Request"):
        return _whole(request, uscc, wanted)
    profile = _read(request, uscc, page.codes_of(wanted))
    return render(request, "creditfile/section.html", page.section(profile, wanted, _place(profile)))


@only_for(Role.DATA_OFFICER)
def category(request: HttpRequest, uscc: str, code: str) -> HttpResponse:
    """All records of one category with all their items."""
    found = load().categories.get(code)
    if found is None:
        raise Http404
    profile = _read(request, uscc, [code])
    records = profile.records.get(code, [])
    shown = page_of(request, lambda limit, offset: records[offset : offset + limit], page.size_of(found, records))
    context = page.category(profile, found, shown) | _place(profile)
    return render(request, "authority/creditfile/category.html", context)


def _whole(request: HttpRequest, uscc: str, active: Section) -> HttpResponse:
    profile = _read(request, uscc, None)
    return render(request, "authority/creditfile/file.html", page.whole(profile, active, _place(profile)))


def _place(profile: profiles.Profile) -> dict[str, object]:
    root = reverse("authority:file", args=[profile.enterprise.uscc])
    return {"root": root, "purpose": PURPOSE}


def _read(request: HttpRequest, uscc: str, categories: Collection[str] | None) -> profiles.Profile:
    return profiles.read(actor=actor_of(request), enterprise=uscc, categories=categories, purpose=Purpose.DATA_QUALITY)
