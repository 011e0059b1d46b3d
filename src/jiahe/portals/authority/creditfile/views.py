"""The credit file of one enterprise, as a data officer of the authority may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jiahe import profiles
from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.catalogue import Category, Section, load
from jiahe.gathering.queries import batch as ledger
from jiahe.portals.authority import names
from jiahe.portals.authority.creditfile import blocks, page
from jiahe.profiles.door import DATA_QUALITY
from jiahe.web.paging import page_of

RECORDS_A_PAGE = 20
SERIES_A_PAGE = 120


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
    return render(request, "authority/creditfile/section.html", _section(profile, wanted))


@only_for(Role.DATA_OFFICER)
def category(request: HttpRequest, uscc: str, code: str) -> HttpResponse:
    """All records of one category with all their items."""
    found = load().categories.get(code)
    if found is None:
        raise Http404
    profile = _read(request, uscc, [code])
    records = profile.records.get(code, [])
    as_series = blocks.is_series_of(found, records)
    size = SERIES_A_PAGE if as_series else RECORDS_A_PAGE
    shown = page_of(request, lambda limit, offset: records[offset : offset + limit], size)
    series = blocks.series(found, shown.rows, len(records)) if as_series and shown.rows else None
    return render(
        request,
        "authority/creditfile/category.html",
        {
            "profile": profile,
            "enterprise": profile.enterprise,
            "name": names.said(found.name),
            "back": _back(profile, found),
            "about": page.about(found),
            "withheld": [str(page.REASONS.get(w.reason, w.reason)) for w in profile.withheld],
            "last_known_at": profile.as_last_known_at.get(code),
            "total": len(records),
            "page": shown,
            "series": series,
            "records": [] if series else [blocks.facts(found, r, profile.enterprise) for r in shown.rows],
        },
    )


def _back(profile: profiles.Profile, category: Category) -> str:
    """Where in the file the category stands; labels stand at its head."""
    code = profile.enterprise.uscc
    if category.section not in names.SECTIONS:
        return reverse("authority:file", args=[code])
    return reverse("authority:section", args=[code, category.section.value]) + f"#c{category.code}"


def _whole(request: HttpRequest, uscc: str, active: Section) -> HttpResponse:
    profile = _read(request, uscc, None)
    context = {"head": page.head(profile), "tabs": page.tabs(profile, active), **_section(profile, active)}
    return render(request, "authority/creditfile/file.html", context)


def _section(profile: profiles.Profile, active: Section) -> dict[str, object]:
    gathered = frozenset(row.category.code for row in ledger.freshness() if row.state != "never")
    return {
        "profile": profile,
        "enterprise": profile.enterprise,
        "section": page.section_page(profile, active, gathered),
    }


def _read(request: HttpRequest, uscc: str, categories: list[str] | None) -> profiles.Profile:
    return profiles.read(actor=actor_of(request), enterprise=uscc, categories=categories, purpose=DATA_QUALITY)
