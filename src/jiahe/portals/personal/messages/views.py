"""The inbox: what the organisation was told, and what the person was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.notify import inbox as notes
from jiahe.notify.models import Message
from jiahe.web.paging import Page, page_of

MESSAGES_A_PAGE = 20


@only_for(*Role)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    found = notes.messages(actor=actor_of(request))
    page: Page[Message] = page_of(request, lambda limit, offset: list(found[offset : offset + limit]), MESSAGES_A_PAGE)
    return render(request, "personal/messages.html", {"page": page})


@only_for(*Role)
@require_POST
def follow(request: HttpRequest, message_id: int) -> HttpResponseRedirect:
    """Mark a message as read and go where it leads."""
    actor = actor_of(request)
    found = notes.messages(actor=actor).filter(pk=message_id).first()
    if found is None:
        return redirect("personal:messages")
    notes.mark_read(actor=actor, message_id=found.pk)
    leads = found.link and url_has_allowed_host_and_scheme(found.link, None)
    return redirect(found.link if leads else "personal:messages")


@only_for(*Role)
@require_POST
def read_all(request: HttpRequest) -> HttpResponseRedirect:
    notes.mark_all_read(actor=actor_of(request))
    return redirect("personal:messages")
