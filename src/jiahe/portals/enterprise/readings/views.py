"""Who looked at me: every read as a plain sentence, and a complaint from each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_GET

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.audit.models import AccessLog
from jiahe.consent.complaints.actions.complain import complain
from jiahe.consent.complaints.models import Complaint
from jiahe.consent.complaints.queries import complaints as cases
from jiahe.kit import clock, parameters
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.enterprise.readings.forms import ReadingFilter
from jiahe.profiles import readings as log
from jiahe.profiles.readings import Reading
from jiahe.web.paging import Page, page_of

READINGS_A_PAGE = 20
PEOPLE = ROLES[OrganisationKind.ENTERPRISE]


@only_for(*PEOPLE)
@require_GET
def readings(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = ReadingFilter(request.GET, log.readers(actor=actor))
    found = log.readings(actor=actor, **form.chosen)
    page: Page[Reading] = page_of(
        request, lambda limit, offset: log.said(found[offset : offset + limit]), READINGS_A_PAGE
    )
    made = cases.about(actor=actor, readings=[r.uid for r in page.rows])
    lines = [(reading, made.get(reading.uid)) for reading in page.rows]
    return render(request, "enterprise/readings/readings.html", {"form": form, "page": page, "lines": lines})


@method_decorator(only_for(*PEOPLE), name="dispatch")
class Complain(View):
    """The reading that is complained about, and what is wrong with it."""

    def get(self, request: HttpRequest, uid: str) -> HttpResponse:
        return self._page(request, uid, {})

    def post(self, request: HttpRequest, uid: str) -> HttpResponse:
        text = request.POST.get("text", "")
        try:
            made = complain(actor=actor_of(request), reading=uid, text=text)
        except JiaheError as refusal:
            if refusal.status == 404:
                raise
            return self._page(request, uid, {"refusal": refusal.sentence, "text": text}, refusal.status)
        messages.success(request, _("投诉已提交，主管部门将在 {day} 前答复。").format(day=made.due_on))
        return redirect("enterprise:complaint", made.number)

    def _page(self, request: HttpRequest, uid: str, more: dict[str, Any], status: int = 200) -> HttpResponse:
        days = parameters.value("complaint_answer_days", on=clock.today())
        context = {"reading": _reading(actor_of(request), uid), "uid": uid, "days": days, **more}
        return render(request, "enterprise/readings/complain.html", context, status=status)


@only_for(*PEOPLE)
@require_GET
def complaints(request: HttpRequest) -> HttpResponse:
    found = cases.visible_to(actor_of(request))
    page: Page[Complaint] = page_of(
        request, lambda limit, offset: list(found[offset : offset + limit]), READINGS_A_PAGE
    )
    return render(request, "enterprise/readings/complaints.html", {"page": page})


@only_for(*PEOPLE)
@require_GET
def complaint(request: HttpRequest, number: str) -> HttpResponse:
    actor = actor_of(request)
    made = cases.one(actor=actor, number=number)
    context = {"complaint": made, "reading": _reading(actor, made.reading)}
    return render(request, "enterprise/readings/complaint.html", context)


def _reading(actor: Actor, uid: str) -> Reading:
    row = AccessLog.objects.filter(uid=uid, uscc=actor.organisation).first()
    if row is None:
        raise Http404
    return log.said([row])[0]
