"""Where an official of the authority begins: find an enterprise, see what needs attention."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from jiahe.accounts.actor import only_for
from jiahe.accounts.enums import Role
from jiahe.catalogue import names
from jiahe.creditfile.queries import registry
from jiahe.gathering.queries import batch as ledger
from jiahe.kit import uscc
from jiahe.portals.authority.gathering.batches import lines
from jiahe.portals.authority.gathering.overview import counts
from jiahe.web.paging import Page, page_of

PAGE = 20
SUGGESTED = 8
LATEST = 6
MATCHED = {"former_name": _("曾用名"), "initials": _("拼音首字母"), "code": _("信用代码")}


@dataclass(frozen=True)
class Hit:
    """An enterprise found, and by what, where it is not its present name."""

    uscc: str
    name: str
    state: str
    county: str
    matched: str
    generated: bool


@only_for(Role.DATA_OFFICER)
def home(request: HttpRequest) -> HttpResponse:
    states = counts(ledger.freshness())
    context = {"states": states, "total": sum(s.count for s in states), "lines": lines(ledger.recent(limit=LATEST))}
    return render(request, "authority/search/home.html", context)


@only_for(Role.DATA_OFFICER)
def results(request: HttpRequest) -> HttpResponse:
    text = _wanted(request)
    page: Page[Hit] | None = page_of(request, lambda limit, offset: _hits(text, limit, offset), PAGE) if text else None
    return render(
        request, "authority/search/results.html", {"text": text, "page": page, "fewest": registry.FEWEST_SIGNS}
    )


@only_for(Role.DATA_OFFICER)
def suggestions(request: HttpRequest) -> HttpResponse:
    text = _wanted(request)
    hits = _hits(text, SUGGESTED, 0) if text else []
    return render(request, "authority/search/suggestions.html", {"text": text, "hits": hits})


def _wanted(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "").split())[:100]


def _hits(text: str, limit: int, offset: int) -> list[Hit]:
    return [
        Hit(
            uscc=hit.uscc,
            name=hit.name,
            state=names.coded(names.STATES, hit.state),
            county=names.county(hit.area),
            matched=str(MATCHED.get(hit.matched, "")),
            generated=uscc.is_generated(hit.uscc),
        )
        for hit in registry.search(text, limit=limit, offset=offset)
    ]
