"""Set up the second factor: a picture to scan, the secret in letters, a code to prove it; recovery codes once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jiahe.accounts import second_factor, sessions
from jiahe.accounts.actions import second_factor as factor
from jiahe.accounts.actions.confirm import confirm
from jiahe.accounts.actor import oneself
from jiahe.accounts.debts import Debt, settles
from jiahe.accounts.errors import FactorRequired
from jiahe.accounts.models import User
from jiahe.kit.crypto import keyring
from jiahe.kit.errors import JiaheError
from jiahe.portals.account.forms import CodeForm, ConfirmForm
from jiahe.portals.account.page import reader, show
from jiahe.web.goal import goal
from jiahe.web.qr import picture

PROPOSED = "new_factor"  # the session's key for the sealed secret that is not proved yet


@settles(Debt.FACTOR)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The first one at sign-in needs no password again; replacing one does."""
    user = reader(request)
    secret = _proposed(request)
    replaces = second_factor.is_set(user)
    form = CodeForm(
        request.POST if request.method == "POST" else None, has_password=user.has_usable_password() and replaces
    )
    status = 200 if request.method == "GET" else 422
    if form.is_valid():
        try:
            if replaces:
                confirm(request, password=form.cleaned_data.get("password", ""))
            codes = factor.set_up(actor=oneself(request), user=user, secret=secret, code=form.cleaned_data["code"])
        except JiaheError as refused:
            form.add_error(None, refused.sentence)
            status = refused.status
        else:
            del request.session[PROPOSED]
            sessions.mark_verified(request)
            return show(request, "recovery_codes", {"codes": codes, "next": goal(request, "/account/")})
    context = {
        "form": form,
        "owing": _is_owed(request) and not sessions.is_verified(request),
        "replaces": replaces,
        "picture": picture(second_factor.address(user, secret)),
        "secret": [secret[i : i + 4] for i in range(0, len(secret), 4)],
        "next": goal(request, "/account/"),
    }
    return show(request, "second_factor", context, status)


@sensitive_post_parameters()
@require_POST
def switch_off(request: HttpRequest) -> HttpResponse:
    user = _confirmed(request)
    if _is_owed(request):
        raise FactorRequired
    factor.take_away(actor=oneself(request), user=user)
    messages.info(request, _("两步验证已停用。"))
    return redirect("account:security")


@sensitive_post_parameters()
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    user = _confirmed(request)
    if not second_factor.is_set(user):
        return redirect("account:second_factor")
    codes = factor.renew_recovery_codes(actor=oneself(request), user=user)
    return show(request, "recovery_codes", {"codes": codes, "next": "/account/"})


def _confirmed(request: HttpRequest) -> User:
    form = ConfirmForm(request.POST, has_password=True)
    return confirm(request, password=form.cleaned_data["password"] if form.is_valid() else "")


def _is_owed(request: HttpRequest) -> bool:
    acting = request.acting  # type: ignore[attr-defined]  # set by accounts.middleware
    return bool(acting) and second_factor.is_required(acting.role)


def _proposed(request: HttpRequest) -> str:
    """The secret of this set-up; a page that is loaded again shows the same one."""
    sealed = request.session.get(PROPOSED)
    if sealed:
        return keyring().decrypt(sealed)
    secret = second_factor.new_secret()
    request.session[PROPOSED] = keyring().encrypt(secret)
    return secret
