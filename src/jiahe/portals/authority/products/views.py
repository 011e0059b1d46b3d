"""Products that institutions have handed in, for the supervisor to decide; and all that are there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_GET

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.kit.errors import JiaheError
from jiahe.products.actions.decide import approve, reject
from jiahe.products.models import ProductVersion
from jiahe.products.queries.products import one
from jiahe.products.queries.versions import approved, history, version_of, waiting
from jiahe.products.sheet import differences, sheet
from jiahe.web.paging import Page, page_of

PRODUCTS_A_PAGE = 20


@only_for(Role.SUPERVISOR)
@require_GET
def products(request: HttpRequest) -> HttpResponse:
    """What waits, the longest first; with `?list=all` every product as it was approved last."""
    everything = request.GET.get("list") == "all"
    found = approved(actor=actor_of(request)) if everything else waiting(actor=actor_of(request))
    page: Page[ProductVersion] = page_of(
        request, lambda limit, offset: list(found[offset : offset + limit]), PRODUCTS_A_PAGE
    )
    return render(request, "authority/products/list.html", {"page": page, "everything": everything})


@method_decorator(only_for(Role.SUPERVISOR), name="dispatch")
class Decision(View):
    """One version with what it changes of the one on the shelf, and the decision about it."""

    def get(self, request: HttpRequest, number: str, version: int) -> HttpResponse:
        return self._page(request, number, version)

    def post(self, request: HttpRequest, number: str, version: int) -> HttpResponse:
        actor, act, reason = actor_of(request), request.POST.get("act"), request.POST.get("reason", "")
        try:
            if act == "approve":
                approve(actor=actor, number=number, version=version)
                messages.success(request, _("已通过，机构会收到消息。"))
            elif act == "reject":
                reject(actor=actor, number=number, version=version, reason=reason)
                messages.success(request, _("已退回，机构会看到原因。"))
            else:
                return self._page(request, number, version)
        except JiaheError as refused:
            if refused.status == 404:
                raise
            return self._page(request, number, version, refused)
        return redirect("authority:products")

    def _page(self, request: HttpRequest, number: str, version: int, refused: JiaheError | None = None) -> HttpResponse:
        actor = actor_of(request)
        found = one(actor=actor, number=number)
        shown = version_of(found, version, actor=actor)
        compared = found.current if found.current != shown else None
        context = {
            "product": found,
            "shown": shown,
            "parts": sheet(shown),
            "compared": compared,
            "changes": differences(compared, shown) if compared else [],
            "versions": history(found),
            "refused": refused,
            "reason": request.POST.get("reason", ""),
        }
        status = refused.status if refused else 200
        return render(request, "authority/products/product.html", context, status=status)
