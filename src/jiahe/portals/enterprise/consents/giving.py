"""Give a consent of one's own accord: choose an institution and a purpose, set the terms, read the words, agree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind, OrganisationState
from jiahe.accounts.models import Organisation
from jiahe.consent.actions.give import give
from jiahe.consent.choices import choices
from jiahe.consent.draft import Draft, draft
from jiahe.consent.enums import PURPOSES, Purpose
from jiahe.consent.form import TermsForm
from jiahe.consent.terms import Subject
from jiahe.creditfile.models import Enterprise
from jiahe.kit.errors import JiaheError

PEOPLE = ROLES[OrganisationKind.ENTERPRISE]


def _institutions() -> list[tuple[str, str]]:
    active = Organisation.objects.filter(kind=OrganisationKind.INSTITUTION, state=OrganisationState.ACTIVE)
    return [("", _("请选择一家机构")), *active.order_by("name").values_list("code", "name")]


class ToWhomForm(forms.Form):
    """One institution, one purpose, ordinary or written."""

    grantee = forms.ChoiceField(
        label=gettext_lazy("授权给"),
        choices=_institutions,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": gettext_lazy("请选择一家机构。")},
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("用途"),
        choices=[(p.value, p.label) for p in PURPOSES[OrganisationKind.INSTITUTION]],
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    written = forms.BooleanField(label=gettext_lazy("本人书面同意（涉及个人的信息）"), required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("written") and self.cleaned_data.get("purpose") == Purpose.FEEDBACK:
            self.add_error("purpose", _("贷款结果回传不用本人书面同意：请去掉“本人书面同意”的勾选。"))
        return self.cleaned_data


@only_for(*PEOPLE)
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Choose to whom and what for; with that chosen, the terms."""
    if not request.GET:
        return _to_whom(request, ToWhomForm())
    whom = ToWhomForm(request.GET)
    if not whom.is_valid():
        return _to_whom(request, whom, 422)
    return _terms(request, whom, _terms_form(request, whom, None))


@only_for(*PEOPLE)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """The words that would be agreed to."""

    def show(whom: ToWhomForm, form: TermsForm, made: Draft) -> HttpResponse:
        context = {
            "words": made.words(),
            "language": get_language(),
            "whom": whom,
            "form": form,
            "grantee": made.grantee,
        }
        return render(request, "enterprise/consents/review_new.html", context)

    return _with_draft(request, show)


@only_for(*PEOPLE)
@require_POST
def agree(request: HttpRequest) -> HttpResponse:
    """Give the consent in the words that were read."""

    def do(whom: ToWhomForm, form: TermsForm, made: Draft) -> HttpResponse:
        try:
            given = give(
                actor=actor_of(request),
                grantee=made.grantee.code,
                terms=made.terms,
                agreed=request.POST.get("agreed", ""),
                separately=form.cleaned_data["separately"],
                language=request.POST.get("language", ""),
            )
        except JiaheError as refusal:
            if refusal.status == 403:
                raise
            form.add_error(None, refusal.sentence)
            return _terms(request, whom, form, refusal.status)
        messages.success(request, _("授权已生效。"))
        return redirect("enterprise:consent", given.number)

    return _with_draft(request, do)


def _with_draft(request: HttpRequest, then: Callable[[ToWhomForm, TermsForm, Draft], HttpResponse]) -> HttpResponse:
    """Go on with what was filled in, or show what is wrong with it."""
    whom = ToWhomForm(request.POST)
    if not whom.is_valid():
        return _to_whom(request, whom, 422)
    form = _terms_form(request, whom, request.POST)
    if not form.is_valid():
        return _terms(request, whom, form, 422)
    try:
        code = actor_of(request).organisation
        made = draft(uscc=code, grantee=whom.cleaned_data["grantee"], terms=form.terms())
    except JiaheError as refusal:
        form.add_error(None, refusal.sentence)
        return _terms(request, whom, form, 422)
    return then(whom, form, made)


def _terms_form(request: HttpRequest, whom: ToWhomForm, data: QueryDict | None) -> TermsForm:
    purpose, written = Purpose(whom.cleaned_data["purpose"]), whom.cleaned_data["written"]
    code = actor_of(request).organisation
    known = Enterprise.objects.filter(uscc=code).first()
    subject = Subject(known.serial, known.uscc, known.kind) if known else Subject(0, code)
    offered = choices(subject=subject, purpose=purpose, written=written)
    return TermsForm(data, purpose=purpose, offered=offered, written=written)


def _to_whom(request: HttpRequest, form: ToWhomForm, status: int = 200) -> HttpResponse:
    return render(request, "enterprise/consents/to_whom.html", {"form": form}, status=status)


def _terms(request: HttpRequest, whom: ToWhomForm, form: TermsForm, status: int = 200) -> HttpResponse:
    institution = dict(_institutions())[whom.cleaned_data["grantee"]]
    context = {"whom": whom, "form": form, "institution": institution}
    return render(request, "enterprise/consents/terms.html", context, status=status)
