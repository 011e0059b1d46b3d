"""Somebody who was invited opens the link: what is offered, and the account to take it with."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiahe.accounts.actions.accept import accept, opened
from jiahe.accounts.actions.open_account import NewAccount
from jiahe.accounts.actor import ACTING, oneself
from jiahe.accounts.models import Invitation, User
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.public.register.forms import AccountForm, AgreementForm
from jiahe.portals.public.register.views import BESIDE_ACCOUNT
from jiahe.web import fields


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password", "again")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accepted with the account one is signed in to, or with a new one."""
    found = opened(token)
    form = _form(request, found)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _accepted(request, token, form)
            except JiaheError as refused:
                status = fields.refuse(form, refused, BESIDE_ACCOUNT)
    return render(request, "public/invitation.html", {"form": form, "invitation": found}, status=status)


def _form(request: HttpRequest, found: Invitation) -> forms.Form:
    """An account's name comes from the invitation, and its login where one was chosen."""
    if request.user.is_authenticated:
        return AgreementForm(request.POST or None)
    form = AccountForm(request.POST or None)
    del form.fields["name"]
    if found.login:
        del form.fields["login"]
    return form


def _accepted(request: HttpRequest, token: str, form: forms.Form) -> HttpResponse:
    said = form.cleaned_data
    user = request.user
    if isinstance(user, User):
        joined = accept(actor=oneself(request), token=token, person=user, agreed=said["agreed"])
        request.session[ACTING] = joined.pk
        messages.success(request, _("您已加入“{name}”。").format(name=joined.organisation.name))
        return redirect("start")
    person = NewAccount(said.get("login", ""), "", said["password"], "")
    joined = accept(actor=Actor.visitor(), token=token, person=person, agreed=said["agreed"])
    text = _("您已加入“{name}”：请以登录名 {login} 和刚才设定的密码登录。")
    messages.success(request, text.format(name=joined.organisation.name, login=joined.user.login))
    return redirect("public:sign_in")
