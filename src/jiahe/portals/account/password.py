"""Replace one's password, also when it has to be."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiahe.accounts import sessions
from jiahe.accounts.actions.change_password import change_password
from jiahe.accounts.actions.confirm import confirm
from jiahe.accounts.actions.end_session import end_sessions
from jiahe.accounts.actor import oneself
from jiahe.accounts.debts import Debt, settles
from jiahe.accounts.passwords import must_change, rules
from jiahe.kit import clock
from jiahe.kit.errors import JiaheError
from jiahe.portals.account.forms import NewPasswordForm
from jiahe.portals.account.page import reader, show
from jiahe.web.goal import goal


@settles(Debt.PASSWORD)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    form = NewPasswordForm(request.POST if request.method == "POST" else None, has_password=user.has_usable_password())
    status = 200 if request.method == "GET" else 422
    owing = must_change(user, clock.now())
    if form.is_valid():
        try:
            confirm(request, password=form.cleaned_data.get("password", ""))
            change_password(actor=oneself(request), user=user, password=form.cleaned_data["new"])
        except JiaheError as refused:
            form.add_error(None, refused.sentence)
            status = refused.status
        else:
            sessions.renew(request, user)
            end_sessions(actor=oneself(request), user=user, but=request.session.session_key)
            messages.info(request, _("密码已更换，其他设备上的登录已全部退出。"))
            return redirect(goal(request, "/account/"))
    context = {
        "form": form,
        "owing": owing,
        "given": user.password_given,
        "rules": rules(),
        "next": goal(request, "/account/"),
    }
    return show(request, "password", context, status)
