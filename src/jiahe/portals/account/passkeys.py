"""Passkeys of the account."""

from __future__ import annotations

import json

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jiahe.accounts import passkeys
from jiahe.accounts.actions import passkey
from jiahe.accounts.actions.confirm import confirm
from jiahe.accounts.actor import oneself
from jiahe.kit.errors import JiaheError
from jiahe.portals.account.forms import PasskeyForm
from jiahe.portals.account.page import reader, show


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    user = reader(request)
    form = PasskeyForm(request.POST if request.method == "POST" else None, has_password=user.has_usable_password())
    status = 200 if request.method == "GET" else 422
    if form.is_valid():
        given = form.cleaned_data
        try:
            confirm(request, password=given.get("password", ""))
            passkey.add(actor=oneself(request), user=user, name=given["name"], credential=given["credential"])
        except JiaheError as refused:
            form.add_error(None, refused.sentence)
            status = refused.status
        else:
            messages.info(request, _("通行密钥“{name}”已添加，下次可用它登录。").format(name=given["name"]))
            return redirect("account:security")
    context = {
        "form": form,
        "options": json.dumps(passkeys.registration(user), cls=DjangoJSONEncoder),
        "works": passkeys.can_be_used(request),
    }
    return show(request, "passkey", context, status)


@sensitive_post_parameters()
@require_POST
def remove(request: HttpRequest, passkey_id: int) -> HttpResponse:
    user = confirm(request, password=request.POST.get("password", ""))
    passkey.remove(actor=oneself(request), user=user, passkey_id=passkey_id)
    messages.info(request, _("通行密钥已移除。"))
    return redirect("account:security")
