"""Sign in with a passkey: what the browser is asked, and what its answer opens."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts import limits, passkeys
from jiahe.accounts.actions.sign_in import open_session
from jiahe.accounts.errors import PasskeyRefused
from jiahe.kit.errors import JiaheError
from jiahe.portals.public.signin.forms import SignInForm
from jiahe.portals.public.signin.views import START, page
from jiahe.web.goal import goal


@login_not_required
@never_cache
@require_GET
def challenge(request: HttpRequest) -> JsonResponse:
    limits.take("sign_in", address=limits.address_of(request))
    return JsonResponse(passkeys.challenge())


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """A passkey is two factors in one: the device, and what unlocks it."""
    form = SignInForm()
    try:
        limits.take("sign_in", address=limits.address_of(request))
        owner = passkeys.owner(_credential(request))
    except JiaheError as refused:
        form = SignInForm({})
        form.errors.clear()
        form.add_error(None, refused.sentence)
        return page(request, form, refused.status)
    open_session(request, owner, way="passkey", verified=True)
    return HttpResponseRedirect(goal(request, START))


def _credential(request: HttpRequest) -> dict[str, object]:
    try:
        credential = json.loads(request.POST.get("credential", ""))
    except ValueError as error:
        raise PasskeyRefused from error
    if not isinstance(credential, dict):
        raise PasskeyRefused
    return credential
