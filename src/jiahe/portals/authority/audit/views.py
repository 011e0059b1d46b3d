"""What the audit administrator reads: both books, and whether they are as they were written. Nothing is changed here."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.audit import anchor
from jiahe.audit.models import Book
from jiahe.audit.queries import log, sealing
from jiahe.kit.jobs import enqueue
from jiahe.portals.authority.audit.forms import RowFilter
from jiahe.portals.authority.audit.lines import lines
from jiahe.web.paging import page_of

ROWS_A_PAGE = 50


@only_for(Role.AUDIT_ADMIN)
def journal(request: HttpRequest) -> HttpResponse:
    """What was changed, the newest first."""
    return _book(request, Book.JOURNAL)


@only_for(Role.AUDIT_ADMIN)
def access(request: HttpRequest) -> HttpResponse:
    """What was looked at, the newest first."""
    return _book(request, Book.ACCESS)


def _book(request: HttpRequest, book: Book) -> HttpResponse:
    form = RowFilter(book, request.GET)
    wanted = form.wanted

    page = page_of(
        request,
        lambda limit, offset: lines(book, log.rows(book, wanted, limit=limit, offset=offset)),
        ROWS_A_PAGE,
    )
    context = {"book": book, "form": form, "page": page}
    return render(request, "authority/audit/book.html", context)


@only_for(Role.AUDIT_ADMIN)
def standing(request: HttpRequest) -> HttpResponse:
    """How far the books are sealed, and what the last verification found."""
    context = {
        "standings": sealing.standings(),
        "place": anchor.path(),
        "line": anchor.last(),
        "last": sealing.last_verification(),
    }
    return render(request, "authority/audit/sealing.html", context)


@only_for(Role.AUDIT_ADMIN)
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Let the worker verify both books now; the answer is in the journal."""
    actor = actor_of(request)
    enqueue("jiahe.audit.tasks.verify_for", actor.user_id, actor.login, actor.organisation, actor.role)
    messages.info(request, _("核验已排入后台作业：完成后本页显示结果。"))
    return redirect("authority:sealing")
