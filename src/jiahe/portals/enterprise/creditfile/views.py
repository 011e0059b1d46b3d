"""The enterprise's own credit file: all of it, class R for the person concerned only."""

from __future__ import annotations

from collections.abc import Collection

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from jiahe import profiles
from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.catalogue import Section, load, names
from jiahe.profiles.enums import Purpose
from jiahe.profiles.sections import page
from jiahe.web.paging import page_of

PEOPLE = ROLES[OrganisationKind.ENTERPRISE]


@only_for(*PEOPLE)
@require_GET
def file(request: HttpRequest) -> HttpResponse:
    """The head and the first section."""
    return _whole(request, Section.REGISTRATION)


@only_for(*PEOPLE)
@require_GET
def section(request: HttpRequest, section: str) -> HttpResponse:
    """The head and one section; the section alone where htmx asks for it, and then nothing else is read."""
    if section not in {s.value for s in names.SECTIONS}:
        raise Http404
    wanted = Section(section)
    if not request.headers.get("HX-Request"):
        return _whole(request, wanted)
    profile = _read(request, page.codes_of(wanted))
    return render(request, "creditfile/section.html", page.section(profile, wanted, _place()))


@only_for(*PEOPLE)
@require_GET
def category(request: HttpRequest, code: str) -> HttpResponse:
    """All records of one category with all their items."""
    found = load().categories.get(code)
    if found is None:
        raise Http404
    profile = _read(request, [code])
    records = profile.records.get(code, [])
    shown = page_of(request, lambda limit, offset: records[offset : offset + limit], page.size_of(found, records))
    return render(request, "enterprise/creditfile/category.html", page.category(profile, found, shown) | _place())


def _whole(request: HttpRequest, active: Section) -> HttpResponse:
    profile = _read(request, None)
    return render(request, "enterprise/creditfile/file.html", page.whole(profile, active, _place()))


def _place() -> dict[str, object]:
    return {"root": reverse("enterprise:file"), "purpose": Purpose.OWN.label, "score_page": reverse("enterprise:score")}


def _read(request: HttpRequest, categories: Collection[str] | None) -> profiles.Profile:
    actor = actor_of(request)
    return profiles.read(actor=actor, enterprise=actor.organisation, categories=categories, purpose=Purpose.OWN)
