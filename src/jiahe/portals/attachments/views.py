"""The papers of a request: listed, added, shown page by page, downloaded, taken back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.financing.attachments import preview
from jiahe.financing.attachments.actions.read import look, read
from jiahe.financing.attachments.actions.remove import remove
from jiahe.financing.attachments.actions.upload import OPEN, upload
from jiahe.financing.attachments.enums import MIME, Media
from jiahe.financing.attachments.errors import NoSuchPage
from jiahe.financing.attachments.models import Attachment
from jiahe.financing.attachments.queries.readers import MEMBERS, of_request
from jiahe.financing.attachments.queries.wanted import of_the_request
from jiahe.financing.queries import requests
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.attachments.forms import UploadForm
from jiahe.web import fields

BANKS = ROLES[OrganisationKind.INSTITUTION]
READERS = (*MEMBERS, *BANKS)


@only_for(*READERS)
@require_GET
def of(request: HttpRequest, request_number: str) -> HttpResponse:
    return _page(request, actor_of(request), request_number)


@only_for(*MEMBERS)
@require_POST
def add(request: HttpRequest, request_number: str) -> HttpResponse:
    actor = actor_of(request)
    found = requests.one(actor=actor, number=request_number)
    form = UploadForm(request.POST, request.FILES, wanted=of_the_request(found))
    status = 422
    if form.is_valid():
        try:
            upload(actor=actor, request=request_number, **form.facts())
        except JiaheError as refused:
            status = fields.refuse(form, refused)
        else:
            return redirect("attachments:of_request", request_number)
    return _page(request, actor, request_number, form, status)


def _page(
    request: HttpRequest, actor: Actor, number: str, form: UploadForm | None = None, status: int = 200
) -> HttpResponse:
    found = requests.one(actor=actor, number=number)
    own = actor.role in MEMBERS
    wanted = list(of_the_request(found)) if own else []
    if own and found.state in OPEN and form is None:
        form = UploadForm(wanted=wanted)
    listed = of_request(actor=actor, number=number)
    context = {"financing": found, "attachments": listed, "wanted": wanted, "form": form, "own": own}
    return render(request, "attachments/page.html", context, status=status)


@only_for(*READERS)
@require_GET
def preview_page(request: HttpRequest, number: str) -> HttpResponse:
    """The frame around one page of a paper; the page itself is a picture, which is read and logged on its own."""
    found = look(actor=actor_of(request), number=number)
    page = _number(request.GET.get("page", "1"), found)
    near = {"page": page, "before": page - 1, "after": page + 1 if page < found.pages else 0}
    return render(request, "attachments/preview.html", {"one": found, "financing": found.request, **near})


def _number(written: str, attachment: Attachment) -> int:
    """A page that there is; what can be downloaded only has none, and its frame says so."""
    page = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0
    if not 1 <= page <= max(attachment.pages, 1):
        raise NoSuchPage(page=written[:6])
    return page


@only_for(*READERS)
@require_GET
def picture(request: HttpRequest, number: str, page: int) -> HttpResponse:
    found = read(actor=actor_of(request), number=number)
    return _sent(preview.page(found.content, Media(found.attachment.media), page), "image/webp")


@only_for(*READERS)
@require_GET
def download(request: HttpRequest, number: str) -> HttpResponse:
    found = read(actor=actor_of(request), number=number)
    answer = _sent(found.content, MIME[Media(found.attachment.media)])
    answer["Content-Disposition"] = content_disposition_header(True, found.attachment.name) or "attachment"
    return answer


def _sent(content: bytes, mime: str) -> HttpResponse:
    """Content of others' making: it runs nothing, is taken for nothing else, and is kept nowhere."""
    return HttpResponse(
        content,
        mime,
        headers={
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )


@only_for(*MEMBERS)
@require_POST
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    found = remove(actor=actor_of(request), number=number)
    return redirect("attachments:of_request", found.number)
