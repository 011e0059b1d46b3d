"""Outgoing messages that wait for a person, for the system administrator; nothing personal is shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.kit.errors import JiaheError
from jiahe.notify.actions.resend import resend
from jiahe.notify.actions.settle import settle
from jiahe.notify.models import PUT_ASIDE
from jiahe.notify.queries import put_aside
from jiahe.web.paging import page_of

A_PAGE = 50


@only_for(Role.SYSTEM_ADMIN)
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """All of them, or with `?state=` those in one state."""
    state = request.GET.get("state", "")
    found = put_aside.put_aside(state)
    page = page_of(request, lambda limit, offset: put_aside.lines(found[offset : offset + limit]), A_PAGE)
    counts = put_aside.counts()
    states = [(one.value, one.label, counts.aside[one]) for one in PUT_ASIDE]
    context = {"page": page, "counts": counts, "states": states, "state": state if state in PUT_ASIDE else ""}
    return render(request, "authority/outbox/outbox.html", context)


@only_for(Role.SYSTEM_ADMIN)
@require_POST
def act(request: HttpRequest, uid: str) -> HttpResponse:
    """Send one again, or mark it as dealt with; who comes second is told so."""
    actor = actor_of(request)
    try:
        if request.POST.get("act") == "resend":
            resend(actor=actor, uid=uid)
            messages.success(request, _("已重新排入发送。"))
        else:
            settle(actor=actor, uid=uid)
            messages.success(request, _("已标记为处理完毕。"))
    except JiaheError as refusal:
        if refusal.status == 404:
            raise
        messages.error(request, refusal.sentence)
    return redirect("authority:outbox")
