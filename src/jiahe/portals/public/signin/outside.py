"""Sign in by the province's single sign-on or by the electronic business licence."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts import limits
from jiahe.accounts.actions.link import known, link
from jiahe.accounts.actions.sign_in import open_session
from jiahe.accounts.actor import act_under, memberships, oneself
from jiahe.accounts.debts import onward, owed
from jiahe.accounts.errors import AnswerInvalid, NotLinked
from jiahe.accounts.models import Organisation, User
from jiahe.accounts.providers import Provider, provider
from jiahe.accounts.verification import VerifiedEntity
from jiahe.web.goal import goal
from jiahe.web.qr import picture

WAITING = "outside_sign_in"  # the session's key for a sign-in that is on its way
VERIFIED_ENTITY = "verified_entity"  # and for who it was, where no account is linked: read by the registration


@login_not_required
@never_cache
@require_GET
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """On to the provider, or the picture to scan."""
    way = provider(code)
    limits.take("sign_in", address=limits.address_of(request))
    begun = way.begin(request.build_absolute_uri(reverse("public:outside_back", args=[code])))
    request.session[WAITING] = {"provider": code, "kept": begun.kept, "next": goal(request, "/")}
    if begun.address:
        return HttpResponseRedirect(begun.address)
    return _ticket(request, way, begun.picture)


@login_not_required
@never_cache
@require_GET
def back(request: HttpRequest, code: str) -> HttpResponse:
    """The browser returns from the provider. What waited in the session is used up, whatever comes of it."""
    way = provider(code)
    waiting = request.session.pop(WAITING, None)
    if waiting is None or waiting["provider"] != code:
        raise AnswerInvalid(provider=way.label)
    verified = way.finish(waiting["kept"], request.GET.dict())
    if verified is None:
        raise AnswerInvalid(provider=way.label)
    return _arrived(request, verified, waiting["next"])


@login_not_required
@require_POST
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Has the picture been scanned and confirmed?"""
    way = provider(code)
    waiting = request.session.get(WAITING)
    if waiting is None or waiting["provider"] != code:
        raise AnswerInvalid(provider=way.label)
    verified = way.finish(waiting["kept"], {})
    if verified is None:
        return _ticket(request, way, waiting["picture"], waits=True)
    del request.session[WAITING]
    return _arrived(request, verified, waiting["next"])


def _ticket(request: HttpRequest, way: Provider, scan: str, *, waits: bool = False) -> HttpResponse:
    request.session[WAITING] |= {"picture": scan}
    request.session.modified = True
    context = {"way": way, "picture": picture(scan), "waits": waits}
    return render(request, "public/ticket.html", context)


def _arrived(request: HttpRequest, verified: VerifiedEntity, on: str) -> HttpResponse:
    """Link it to whoever is signed in with all that is needed; else sign in whoever is linked to it; else on to the registration."""
    if isinstance(request.user, User) and owed(request, request.user) is None:
        link(actor=oneself(request), user=request.user, verified=verified)
        messages.info(request, _("已绑定：下次可用这种方式登录。"))
        return redirect("account:security")
    user = known(verified)
    if user is None:
        request.session[VERIFIED_ENTITY] = asdict(verified)
        if Organisation.objects.filter(code=verified.uscc).exists():
            raise NotLinked(name=verified.name, uscc=verified.uscc, representative=verified.representative)
        messages.info(request, _("{name}已核验，还没有账户：请在此登记。").format(name=verified.name))
        return redirect("public:register")
    open_session(request, user, way=verified.provider)
    for membership in memberships(user).filter(organisation__code=verified.uscc):
        act_under(request, membership.pk)
    return HttpResponseRedirect(onward(request, user, on))
