"""Close one's account."""

from __future__ import annotations

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiahe.accounts.actions.close_account import close_account, left_alone
from jiahe.accounts.actions.confirm import confirm
from jiahe.accounts.actor import memberships, oneself
from jiahe.kit.errors import JiaheError
from jiahe.portals.account.forms import ConfirmForm
from jiahe.portals.account.page import reader, show


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    form = ConfirmForm(request.POST if request.method == "POST" else None, has_password=user.has_usable_password())
    status = 200 if request.method == "GET" else 422
    if request.method == "POST" and (form.is_valid() or not form.fields):
        try:
            confirm(request, password=form.cleaned_data.get("password", ""))
            close_account(actor=oneself(request), user=user)
        except JiaheError as refused:
            form.add_error(None, refused.sentence)
            status = refused.status
        else:
            auth.logout(request)
            messages.info(request, _("账户已注销。"))
            return redirect("public:sign_in")
    context = {"form": form, "acting_for": memberships(user), "left_alone": left_alone(user)}
    return show(request, "close", context, status)
