"""What the department delivered and what became of it; nothing of any other department."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.gathering import refused
from jiahe.gathering.actions.hand_out import hand_out
from jiahe.gathering.models import Batch
from jiahe.portals.department.deliveries import overview
from jiahe.web.downloads import XLSX
from jiahe.web.paging import page_of

BATCHES_A_PAGE = 20
REFUSED_A_PAGE = 50


@only_for(Role.DEPARTMENT_CLERK)
def home(request: HttpRequest) -> HttpResponse:
    department = actor_of(request).organisation
    found = overview.batches(department)
    page = page_of(request, lambda limit, offset: overview.lines(found[offset : offset + limit]), BATCHES_A_PAGE)
    return render(request, "department/home.html", {"feeds": overview.feeds(department), "page": page})


@only_for(Role.DEPARTMENT_CLERK)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """One delivery: its counts, and the refused records with their reasons."""
    found = _own(request, batch_id)
    page = page_of(request, lambda limit, offset: refused.rows(found.pk, limit, offset), REFUSED_A_PAGE)
    context = {"line": overview.line(found), "batch": found, "page": page, "open": refused.still_open(found)}
    return render(request, "department/batch.html", context)


@only_for(Role.DEPARTMENT_CLERK)
def download(request: HttpRequest, batch_id: int) -> FileResponse:
    """The refused records as a workbook, with the reasons beside the cells."""
    found = _own(request, batch_id)
    if not found.quarantined:
        raise Http404
    path = hand_out(actor=actor_of(request), batch=found)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type=XLSX)


def _own(request: HttpRequest, batch_id: int) -> Batch:
    return get_object_or_404(overview.batches(actor_of(request).organisation), pk=batch_id)
