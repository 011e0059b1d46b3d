"""Enterprises' complaints about readings of their data and about orders, for the supervisor to answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_GET

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.audit.models import AccessLog
from jiahe.consent.complaints.actions.answer import answer
from jiahe.consent.complaints.enums import ANSWERS, ComplaintState
from jiahe.consent.complaints.models import Complaint
from jiahe.consent.complaints.queries import complaints as cases
from jiahe.creditfile.models import Enterprise
from jiahe.kit import clock
from jiahe.kit.errors import JiaheError
from jiahe.profiles import readings as log
from jiahe.web.paging import Page, page_of

COMPLAINTS_A_PAGE = 20


@only_for(Role.SUPERVISOR)
@require_GET
def complaints(request: HttpRequest) -> HttpResponse:
    """Those that wait for an answer, the most urgent first; with `?state=answered` the others."""
    answered = request.GET.get("state") == "answered"
    mine = cases.visible_to(actor_of(request))
    found = mine.exclude(state=ComplaintState.OPEN) if answered else mine.filter(state=ComplaintState.OPEN)
    ordered = found if answered else found.order_by("due_on", "pk")
    page: Page[Complaint] = page_of(
        request, lambda limit, offset: list(ordered[offset : offset + limit]), COMPLAINTS_A_PAGE
    )
    known = dict(Enterprise.objects.filter(uscc__in={c.uscc for c in page.rows}).values_list("uscc", "name"))
    lines = [(c, known.get(c.uscc) or c.uscc) for c in page.rows]
    context = {"page": page, "lines": lines, "answered": answered, "today": clock.today()}
    return render(request, "authority/complaints/complaints.html", context)


@method_decorator(only_for(Role.SUPERVISOR), name="dispatch")
class Answer(View):
    """One complaint with the reading it is about, and the answer to it."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        return self._page(request, number, {})

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        wanted, text = request.POST.get("state", ""), request.POST.get("text", "")
        if wanted not in ANSWERS:
            return self._page(request, number, {"refusal": _("请选择核查结论。"), "text": text}, 422)
        try:
            answer(actor=actor_of(request), number=number, state=ComplaintState(wanted), text=text)
        except JiaheError as refusal:
            if refusal.status == 404:
                raise
            return self._page(request, number, {"refusal": refusal.sentence, "text": text}, refusal.status)
        messages.success(request, _("已答复，企业会收到消息。"))
        return redirect("authority:complaint", number)

    def _page(self, request: HttpRequest, number: str, more: dict[str, Any], status: int = 200) -> HttpResponse:
        complaint = cases.one(actor=actor_of(request), number=number)
        rows = AccessLog.objects.filter(uid=complaint.reading)
        name = Enterprise.objects.filter(uscc=complaint.uscc).values_list("name", flat=True).first()
        context = {
            "complaint": complaint,
            "enterprise": name or complaint.uscc,
            "readings": log.said(rows),
            "answers": ANSWERS,
            **more,
        }
        return render(request, "authority/complaints/complaint.html", context, status=status)
