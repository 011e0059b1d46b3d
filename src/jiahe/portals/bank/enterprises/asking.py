"""Ask an enterprise for a consent: purpose, categories by class, time and look-back within the ceilings."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from jiahe.accounts.actor import actor_of, membership_of, only_for
from jiahe.consent.actions.ask import ask
from jiahe.consent.choices import choices
from jiahe.consent.draft import TEXT_LENGTH
from jiahe.consent.enums import Purpose
from jiahe.consent.form import TermsForm
from jiahe.consent.queries.consents import visible_to
from jiahe.consent.terms import LIVE, Subject
from jiahe.creditfile.models import Enterprise
from jiahe.kit import uscc as codes
from jiahe.kit.errors import JiaheError
from jiahe.portals.bank.people import PEOPLE, askable


class AskForm(TermsForm):
    note = forms.CharField(
        label=gettext_lazy("说明（企业会看到）"),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


@method_decorator(only_for(*PEOPLE), name="dispatch")
class Ask(View):
    """The terms to propose; the enterprise decides."""

    def get(self, request: HttpRequest, uscc: str) -> HttpResponse:
        enterprise = _enterprise(uscc)
        form = _form(request, enterprise, request.GET, None)
        ticked = [*request.GET.getlist("category"), *_held(request, enterprise, form)]
        form.initial = {"together": ticked, "separately": ticked}
        return _page(request, enterprise, form)

    def post(self, request: HttpRequest, uscc: str) -> HttpResponse:
        enterprise = _enterprise(uscc)
        form = _form(request, enterprise, request.POST, request.POST)
        if not form.is_valid():
            return _page(request, enterprise, form, 422)
        try:
            terms, note = form.terms(), form.cleaned_data["note"]
            asked = ask(actor=actor_of(request), uscc=enterprise.uscc, terms=terms, note=note)
        except JiaheError as refusal:
            form.add_error(None, refusal.sentence)
            return _page(request, enterprise, form, refusal.status)
        messages.success(request, _("已向企业请求授权，结果会在消息里告知。"))
        return redirect("bank:consent", asked.number)


def _enterprise(code: str) -> Enterprise:
    found = Enterprise.objects.filter(uscc=codes.normalise(code[:18])).exclude(name="").first()
    if found is None:
        raise Http404
    return found


def _held(request: HttpRequest, enterprise: Enterprise, form: AskForm) -> list[str]:
    """What the consent in force names: the one that is asked for would take its place."""
    mine = visible_to(actor_of(request)).filter(
        uscc=enterprise.uscc, purpose=form.purpose, written=form.written, state__in=LIVE
    )
    found = mine.values_list("categories", flat=True).first()
    return list(found or ())


def _form(request: HttpRequest, enterprise: Enterprise, chosen: QueryDict, data: QueryDict | None) -> AskForm:
    """For the purpose that was chosen, the usual one where none was; a written consent where that was asked for."""
    known = askable(membership_of(request))
    purpose = next((p for p in known if p.value == chosen.get("purpose")), known[0])
    written = bool(chosen.get("written")) and purpose is not Purpose.FEEDBACK
    subject = Subject(enterprise.serial, enterprise.uscc, enterprise.kind)
    offered = choices(subject=subject, purpose=purpose, written=written)
    return AskForm(data, purpose=purpose, offered=offered, written=written)


def _page(request: HttpRequest, enterprise: Enterprise, form: AskForm, status: int = 200) -> HttpResponse:
    context = {"enterprise": enterprise, "form": form, "purposes": askable(membership_of(request))}
    return render(request, "bank/enterprises/ask.html", context, status=status)
