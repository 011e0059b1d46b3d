"""Look up one enterprise, choose a purpose, and read what is open for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from jiahe import profiles
from jiahe.accounts.actor import actor_of, membership_of, only_for
from jiahe.catalogue import Section, load, names
from jiahe.consent.enums import ConsentState, Purpose
from jiahe.consent.queries.consents import visible_to
from jiahe.consent.terms import OPEN
from jiahe.creditfile.queries import registry
from jiahe.kit import uscc as codes
from jiahe.kit.actor import Actor
from jiahe.portals.bank.people import PEOPLE, purposes, state_said
from jiahe.profiles.sections import page
from jiahe.web.paging import page_of

LONGEST = 200


@dataclass(frozen=True)
class Way:
    """A purpose for which an enterprise may be read, and how the institution's own consent stands."""

    purpose: Purpose
    state: str


@dataclass(frozen=True)
class Hit:
    """An enterprise of the public registry, and the purposes to choose from."""

    uscc: str
    name: str
    state: str
    county: str
    generated: bool
    ways: tuple[Way, ...]


@only_for(*PEOPLE)
@require_GET
def look_up(request: HttpRequest) -> HttpResponse:
    """Whole codes and whole names only: nobody leafs through others' customers."""
    text = " ".join(request.GET.get("q", "").split())[:LONGEST]
    hits = _hits(request, text) if text else []
    return render(request, "bank/enterprises/look_up.html", {"text": text, "hits": hits})


def _hits(request: HttpRequest, text: str) -> list[Hit]:
    found = registry.find(text)
    states = _states(actor_of(request), [hit.uscc for hit in found])
    known = purposes(membership_of(request))
    return [
        Hit(
            uscc=hit.uscc,
            name=hit.name,
            state=names.coded(names.STATES, hit.state),
            county=names.county(hit.area),
            generated=codes.is_generated(hit.uscc),
            ways=tuple(Way(p, states.get((hit.uscc, p.value), "")) for p in known),
        )
        for hit in found
    ]


def _states(actor: Actor, found: list[str]) -> dict[tuple[str, str], str]:
    """How the institution's own ordinary consents for these enterprises stand, by purpose."""
    mine = visible_to(actor).filter(uscc__in=found, written=False, state__in=OPEN).order_by("requested_at")
    return {(c.uscc, c.purpose): state_said(ConsentState(c.state)) for c in mine}


@only_for(*PEOPLE)
@require_GET
def file(request: HttpRequest, uscc: str, purpose: str) -> HttpResponse:
    """The head and the first section."""
    return _whole(request, uscc, purpose, Section.REGISTRATION)


@only_for(*PEOPLE)
@require_GET
def section(request: HttpRequest, uscc: str, purpose: str, section: str) -> HttpResponse:
    """The head and one section; the section alone where htmx asks for it, and then nothing else is read."""
    if section not in {s.value for s in names.SECTIONS}:
        raise Http404
    wanted = Section(section)
    if not request.headers.get("HX-Request"):
        return _whole(request, uscc, purpose, wanted)
    profile = _read(request, uscc, purpose, page.codes_of(wanted))
    return render(request, "creditfile/section.html", page.section(profile, wanted, _place(profile, purpose)))


@only_for(*PEOPLE)
@require_GET
def category(request: HttpRequest, uscc: str, purpose: str, code: str) -> HttpResponse:
    """All records of one category with all their items."""
    found = load().categories.get(code)
    if found is None:
        raise Http404
    profile = _read(request, uscc, purpose, [code])
    records = profile.records.get(code, [])
    shown = page_of(request, lambda limit, offset: records[offset : offset + limit], page.size_of(found, records))
    context = page.category(profile, found, shown) | _place(profile, purpose)
    return render(request, "bank/enterprises/category.html", context)


def _whole(request: HttpRequest, uscc: str, purpose: str, active: Section) -> HttpResponse:
    profile = _read(request, uscc, purpose, None)
    context = page.whole(profile, active, _place(profile, purpose))
    return render(request, "bank/enterprises/file.html", context)


def _place(profile: profiles.Profile, purpose: str) -> dict[str, object]:
    code = profile.enterprise.uscc
    return {
        "root": reverse("bank:file", args=[code, purpose]),
        "purpose": Purpose(purpose).label,
        "ask": f"{reverse('bank:ask', args=[code])}?purpose={purpose}",
        "consents": profile.consents,
    }


def _read(request: HttpRequest, uscc: str, purpose: str, categories: Collection[str] | None) -> profiles.Profile:
    if purpose not in purposes(membership_of(request)):
        raise Http404
    return profiles.read(actor=actor_of(request), enterprise=uscc, categories=categories, purpose=purpose)
