"""An enterprise registers, step by step: enterprise, phone, representative, account."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiahe.accounts import errors, limits
from jiahe.accounts.actions.ask_representative import ask_representative
from jiahe.accounts.actions.open_account import NewAccount
from jiahe.accounts.actions.register import register
from jiahe.accounts.actions.send_code import send_code
from jiahe.accounts.actions.use_code import use_code
from jiahe.accounts.actor import ACTING, oneself
from jiahe.accounts.enums import VerificationState
from jiahe.accounts.models import Membership, User, Verification
from jiahe.accounts.queries.registration import candidate
from jiahe.kit.actor import Actor
from jiahe.kit.crypto import keyring, mask
from jiahe.kit.errors import JiaheError
from jiahe.portals.public.register import draft as drafts
from jiahe.portals.public.register.draft import Draft
from jiahe.portals.public.register.forms import (
    AccountForm,
    AgreementForm,
    CodeForm,
    EnterpriseForm,
    PhoneForm,
    RepresentativeForm,
)
from jiahe.web import fields

PURPOSE = "register"
BESIDE_ENTERPRISE = {errors.NotAUscc: "uscc", errors.NotRegistered: "uscc", errors.NameDiffers: "name"}
BESIDE_ACCOUNT = {
    errors.LoginTaken: "login",
    errors.NotALogin: "login",
    errors.PasswordWeak: "password",
    errors.TermsNotAgreed: "agreed",
}
either = require_http_methods(["GET", "POST"])


@login_not_required
@either
def enterprise(request: HttpRequest) -> HttpResponse:
    """Which enterprise it is; a sign-in that has proved one fills it in."""
    said = drafts.entity(request)
    form = EnterpriseForm(request.POST or None, initial={"uscc": said.uscc, "name": said.name} if said else {})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                found = candidate(code=form.cleaned_data["uscc"], name=form.cleaned_data["name"])
            except JiaheError as refused:
                status = fields.refuse(form, refused, BESIDE_ENTERPRISE)
            else:
                drafts.begin(request, uscc=found.uscc, name=found.name)
                if found.by_former:
                    messages.info(request, _("您填的是曾用名，登记的现用名称是“{name}”。").format(name=found.name))
                return _after(request, drafts.ENTERPRISE)
    return _page(request, drafts.ENTERPRISE, status, form=form)


@login_not_required
@either
def phone(request: HttpRequest) -> HttpResponse:
    """A phone that answers: first the number, then the code that was sent to it."""
    found = drafts.draft(request)
    if "code" in request.POST and found.asked:
        return _code(request, found)
    form = PhoneForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                limits.take("code", address=limits.address_of(request))
                number = send_code(actor=_actor(request), phone=form.cleaned_data["phone"], purpose=PURPOSE)
            except JiaheError as refused:
                status = fields.refuse(form, refused, {errors.NotAPhone: "phone"})
            else:
                found.asked = keyring().encrypt(number)
                found.save(request)
                return redirect("public:register_phone")
    sent = mask(found.clear("asked"))
    again = "again" in request.GET or status != 200
    return _page(request, drafts.PHONE, status, found, form=form if again or not sent else CodeForm(), sent=sent)


def _code(request: HttpRequest, found: Draft) -> HttpResponse:
    form = CodeForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            use_code(phone=found.clear("asked"), purpose=PURPOSE, code=form.cleaned_data["code"])
        except JiaheError as refused:
            status = fields.refuse(form, refused, {errors.CodeWrong: "code"})
        else:
            found.phone, found.asked = found.asked, ""
            found.save(request)
            return _after(request, drafts.PHONE)
    return _page(request, drafts.PHONE, status, found, form=form, sent=mask(found.clear("asked")))


@login_not_required
@either
@sensitive_post_parameters("identity")
def representative(request: HttpRequest) -> HttpResponse:
    """Who represents the enterprise: asked here, answered by the verifier."""
    found = _at(request, drafts.REPRESENTATIVE)
    asked = Verification.objects.filter(number=found.verification, uscc=found.uscc).first()
    if asked and asked.state == VerificationState.CONFIRMED:
        return _after(request, drafts.REPRESENTATIVE)
    form = RepresentativeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                asked = ask_representative(actor=_actor(request), uscc=found.uscc, **form.cleaned_data)
            except JiaheError as refused:
                status = fields.refuse(form, refused)
            else:
                found.verification = asked.number
                found.save(request)
                return redirect("public:register_representative")
    waiting = asked if asked and asked.state == VerificationState.WAITING and status == 200 else None
    refused_before = bool(asked and asked.state == VerificationState.REFUSED)
    return _page(
        request, drafts.REPRESENTATIVE, status, found, form=form, waiting=waiting, refused_before=refused_before
    )


@login_not_required
@either
@sensitive_post_parameters("password", "again")
def account(request: HttpRequest) -> HttpResponse:
    """The account, and with it the registration."""
    found = _at(request, drafts.ACCOUNT)
    form = AgreementForm(request.POST or None) if request.user.is_authenticated else AccountForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                limits.take("registration", address=limits.address_of(request))
                joined = _register(request, found, form)
            except JiaheError as refused:
                status = fields.refuse(form, refused, BESIDE_ACCOUNT)
            else:
                return _registered(request, joined)
    return _page(request, drafts.ACCOUNT, status, found, form=form)


def _register(request: HttpRequest, found: Draft, form: forms.Form) -> Membership:
    said = form.cleaned_data
    person = (
        request.user
        if isinstance(request.user, User)
        else NewAccount(said["login"], said["name"], said["password"], found.clear("phone"))
    )
    return register(
        actor=_actor(request),
        code=found.uscc,
        name=found.name,
        proof=drafts.proved(request, found) or found.verification,
        person=person,
        agreed=said["agreed"],
    )


def _registered(request: HttpRequest, joined: Membership) -> HttpResponse:
    drafts.end(request)
    request.session.pop(drafts.ENTITY, None)
    if request.user.is_authenticated:
        request.session[ACTING] = joined.pk
        messages.success(request, _("“{name}”登记完成。").format(name=joined.organisation.name))
        return redirect("start")
    messages.success(request, _("登记完成：请用刚才设定的登录名和密码登录。"))
    return redirect("public:sign_in")


def _actor(request: HttpRequest) -> Actor:
    return oneself(request) if request.user.is_authenticated else Actor.visitor()


def _at(request: HttpRequest, step: str) -> Draft:
    """The registration, if all steps before this one are done."""
    found = drafts.draft(request)
    path = drafts.path(request, found)
    done = {
        drafts.ENTERPRISE: True,
        drafts.PHONE: bool(found.phone),
        drafts.REPRESENTATIVE: bool(found.verification),
    }
    if step not in path or not all(done[before] for before in path[: path.index(step)]):
        raise errors.StepMissing
    return found


def _after(request: HttpRequest, step: str) -> HttpResponse:
    path = drafts.path(request, drafts.draft(request))
    return redirect(f"public:register_{path[path.index(step) + 1]}")


def _page(request: HttpRequest, step: str, status: int, found: Draft | None = None, **context: object) -> HttpResponse:
    context |= {"step": step, "steps": drafts.steps(request, step, found), "draft": found}
    return render(request, f"public/register/{step}.html", context, status=status)
