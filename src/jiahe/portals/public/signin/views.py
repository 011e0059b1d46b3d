"""The way in and the way out."""

from __future__ import annotations

from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from jiahe.accounts.actions.sign_in import sign_in
from jiahe.accounts.errors import SignInRefused, SignInResting
from jiahe.catalogue import load
from jiahe.portals.public.signin.forms import SignInForm

START = "/"


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignIn(View):
    """The form, and what comes of it: on to where the person was going, or the sentence why not."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(_goal(request))
        return _page(request, SignInForm(), 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SignInForm(request.POST)
        if not form.is_valid():
            return _page(request, form, 422)
        try:
            sign_in(request, login=form.cleaned_data["login"], password=form.cleaned_data["password"])
        except (SignInRefused, SignInResting) as refused:
            form.add_error(None, refused.sentence)
            return _page(request, form, refused.status)
        return HttpResponseRedirect(_goal(request))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session."""
    auth.logout(request)
    return redirect("public:sign_in")


def _page(request: HttpRequest, form: SignInForm, status: int) -> HttpResponse:
    catalogue = load()
    context = {
        "form": form,
        "next": _goal(request),
        "departments": len(catalogue.departments),
        "categories": len(catalogue.categories),
    }
    return render(request, "public/sign_in.html", context, status=status)


def _goal(request: HttpRequest) -> str:
    """Where the person was going, if that is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else START
