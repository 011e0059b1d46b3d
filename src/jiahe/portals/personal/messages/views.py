"""The inbox: what the organisation was told, and what the person was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, membership_of, only_for
from jiahe.accounts.enums import OrganisationKind, Role
from jiahe.notify import inbox as notes
from jiahe.notify.models import Message
from jiahe.web.paging import Page, page_of

MESSAGES_A_PAGE = 20
# Where a message leads by what it is about, in the portal of each kind of organisation; its number names the thing.
ABOUT = {
    (OrganisationKind.ENTERPRISE, "consent"): "enterprise:consent",
    (OrganisationKind.INSTITUTION, "consent"): "bank:consent",
    (OrganisationKind.AGENCY, "consent"): "bank:consent",
    (OrganisationKind.ENTERPRISE, "complaint"): "enterprise:complaint",
    (OrganisationKind.AUTHORITY, "complaint"): "authority:complaint",
}


@only_for(*Role)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    found = notes.messages(actor=actor_of(request))
    page: Page[Message] = page_of(request, lambda limit, offset: list(found[offset : offset + limit]), MESSAGES_A_PAGE)
    kind = membership_of(request).organisation.kind
    lines = [(message, leads_to(message, kind)) for message in page.rows]
    return render(request, "personal/messages.html", {"page": page, "lines": lines})


def leads_to(message: Message, kind: str) -> str:
    """The page that a message is about, empty where there is none: a path of this site, never of another."""
    if message.link:
        return message.link if url_has_allowed_host_and_scheme(message.link, None) else ""
    view = ABOUT.get((OrganisationKind(kind), message.template.partition(".")[0]))
    number = message.facts.get("number")
    return reverse(view, args=[number]) if view and number else ""


@only_for(*Role)
@require_POST
def follow(request: HttpRequest, message_id: int) -> HttpResponseRedirect:
    """Mark a message as read and go where it leads."""
    actor = actor_of(request)
    found = notes.messages(actor=actor).filter(pk=message_id).first()
    if found is None:
        return redirect("personal:messages")
    notes.mark_read(actor=actor, message_id=found.pk)
    return redirect(leads_to(found, membership_of(request).organisation.kind) or "personal:messages")


@only_for(*Role)
@require_POST
def read_all(request: HttpRequest) -> HttpResponseRedirect:
    notes.mark_all_read(actor=actor_of(request))
    return redirect("personal:messages")
