"""What departments delivered, what became of it, what is late, what was refused and why."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from jiahe.accounts.actor import only_for
from jiahe.accounts.enums import Role
from jiahe.gathering import quarantine
from jiahe.gathering.models import Batch
from jiahe.gathering.queries import batch as ledger
from jiahe.portals.authority.gathering.batches import line, lines
from jiahe.portals.authority.gathering.forms import BatchFilter
from jiahe.portals.authority.gathering.overview import STATES, overview
from jiahe.web.paging import page_of

BATCHES_A_PAGE = 30
REFUSED_A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@only_for(Role.DATA_OFFICER)
def freshness(request: HttpRequest) -> HttpResponse:
    """Every category against its frequency, by department; `?state=` shows one state."""
    wanted = request.GET.get("state", "")
    only = wanted if wanted in STATES else ""
    states, groups = overview(only)
    context = {"states": states, "groups": groups, "only": only, "total": sum(s.count for s in states)}
    return render(request, "authority/gathering/freshness.html", context)


@only_for(Role.DATA_OFFICER)
def batches(request: HttpRequest) -> HttpResponse:
    """The ledger, the newest first; `?category=` shows one category."""
    form = BatchFilter(request.GET)
    category = form.chosen
    page = page_of(
        request,
        lambda limit, offset: lines(ledger.recent(limit=limit, offset=offset, category=category or None)),
        BATCHES_A_PAGE,
    )
    context = {"form": form, "category": category, "page": page, "lines": page.rows}
    return render(request, "authority/gathering/batches.html", context)


@only_for(Role.DATA_OFFICER)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One batch: its counts, and the refused records with their reasons."""
    found = get_object_or_404(Batch, pk=batch_id)
    page = page_of(request, lambda limit, offset: quarantine.rows(found.pk, limit, offset), REFUSED_A_PAGE)
    return render(request, "authority/gathering/batch.html", {"line": line(found), "batch": found, "page": page})


@only_for(Role.DATA_OFFICER)
def download(request: HttpRequest, batch_id: int) -> FileResponse:
    """The refused records as a workbook, with the reasons beside the cells."""
    found = get_object_or_404(Batch, pk=batch_id)
    if not found.quarantined:
        raise Http404
    path = quarantine.export_xlsx(found.pk)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type=XLSX)
