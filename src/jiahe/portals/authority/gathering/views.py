"""What departments delivered, what became of it, what is late, what was refused and why."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.gathering import refused
from jiahe.gathering.actions.hand_out import hand_out
from jiahe.gathering.actions.take_back import take_back
from jiahe.gathering.errors import GatheringError
from jiahe.gathering.models import Batch
from jiahe.gathering.queries import batch as ledger
from jiahe.portals.authority.gathering.batches import line, lines
from jiahe.portals.authority.gathering.forms import BatchFilter, ReturnForm
from jiahe.portals.authority.gathering.overview import STATES, overview
from jiahe.web.downloads import XLSX
from jiahe.web.paging import page_of

BATCHES_A_PAGE = 30
REFUSED_A_PAGE = 50


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
    page = page_of(request, lambda limit, offset: refused.rows(found.pk, limit, offset), REFUSED_A_PAGE)
    context = {
        "line": line(found),
        "batch": found,
        "page": page,
        "open": refused.still_open(found),
        "form": ReturnForm(),
    }
    return render(request, "authority/gathering/batch.html", context)


@only_for(Role.DATA_OFFICER)
@require_POST
def take(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take the corrected workbook of a batch back, and show what became of it."""
    found = get_object_or_404(Batch, pk=batch_id)
    form = ReturnForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
        return redirect("authority:batch", found.pk)
    try:
        with form.stored() as path:
            outcome = take_back(actor=actor_of(request), file=path, expected=found.pk)
    except GatheringError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("authority:batch", found.pk)
    said = _("已收回 {read} 条：改正 {closed} 条，仍在隔离 {open} 条。")
    messages.success(request, said.format(read=outcome.batch.read, closed=outcome.closed, open=outcome.still_open))
    return redirect("authority:batch", outcome.batch.pk if outcome.batch.quarantined else found.pk)


@only_for(Role.DATA_OFFICER)
def download(request: HttpRequest, batch_id: int) -> FileResponse:
    """The refused records as a workbook, with the reasons beside the cells."""
    found = get_object_or_404(Batch, pk=batch_id)
    if not found.quarantined:
        raise Http404
    path = hand_out(actor=actor_of(request), batch=found)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type=XLSX)
