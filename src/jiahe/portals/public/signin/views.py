"""The way in and the way out."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from jiahe.accounts import passkeys, second_factor, sessions
from jiahe.accounts.actions.sign_in import show_code, sign_in
from jiahe.accounts.debts import Debt, onward, settles
from jiahe.accounts.models import User
from jiahe.accounts.providers import offered
from jiahe.catalogue import load
from jiahe.kit.errors import JiaheError
from jiahe.portals.public.signin.forms import CodeForm, SignInForm
from jiahe.web.goal import goal

START = "/"


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("password")], name="dispatch")
class SignIn(View):
    """The form, and what comes of it: on to where the person was going, or the sentence why not."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(goal(request, START))
        return page(request, SignInForm(), 200)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SignInForm(request.POST)
        if not form.is_valid():
            return page(request, form, 422)
        try:
            user = sign_in(request, login=form.cleaned_data["login"], password=form.cleaned_data["password"])
        except JiaheError as refused:
            form.add_error(None, refused.sentence)
            return page(request, form, refused.status)
        return HttpResponseRedirect(onward(request, user, goal(request, START)))


@settles(Debt.CODE)
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The second factor of somebody whose password was right."""
    user = request.user
    if sessions.is_verified(request) or not isinstance(user, User) or not second_factor.is_set(user):
        return HttpResponseRedirect(goal(request, START))
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200 if request.method == "GET" else 422
    if form.is_valid():
        try:
            show_code(request, code=form.cleaned_data["code"])
        except JiaheError as refused:
            form.add_error(None, refused.sentence)
            status = refused.status
        else:
            return HttpResponseRedirect(goal(request, START))
    return render(request, "public/code.html", {"form": form, "next": goal(request, START)}, status=status)


@settles(*Debt)
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End the session."""
    sessions.end(request)
    return redirect("public:sign_in")


def page(request: HttpRequest, form: SignInForm, status: int) -> HttpResponse:
    """The sign-in page with the ways that this installation offers."""
    catalogue = load()
    context = {
        "form": form,
        "next": goal(request, START),
        "ways": offered(),
        "passkeys_work": passkeys.can_be_used(request),
        "departments": len(catalogue.departments),
        "categories": len(catalogue.categories),
    }
    return render(request, "public/sign_in.html", context, status=status)
