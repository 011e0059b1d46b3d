"""Answer a request: tick what is agreed to, read the words that follow from it, agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.consent.actions.give import give
from jiahe.consent.card import card
from jiahe.consent.choices import Choice, divided
from jiahe.consent.draft import draft
from jiahe.consent.models import Consent
from jiahe.consent.queries.consents import one
from jiahe.consent.terms import TO_PLATFORM, Terms
from jiahe.kit.errors import JiaheError

PEOPLE = ROLES[OrganisationKind.ENTERPRISE]


class RequestForm(forms.Form):
    """One box for what may be agreed to together, one for each category that may not; none is ticked beforehand."""

    together = forms.BooleanField(required=False)
    separately = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Mapping[str, Any] | None, asked: Consent) -> None:
        super().__init__(data)
        self.asked = asked
        self.feedback = asked.direction == TO_PLATFORM
        self.parts = divided(asked.categories, written=asked.written)
        field = self.fields["separately"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(c.code, c.name) for c in self.parts.separately]

    @property
    def joint(self) -> list[str]:
        return [c.name for c in self.parts.together]

    @property
    def single_ticks(self) -> list[tuple[Choice, bool]]:
        chosen = set(self["separately"].value() or ())
        return [(c, c.code in chosen) for c in self.parts.separately]

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("together") and not self.cleaned_data.get("separately") and not self.errors:
            raise forms.ValidationError(_("请至少勾选一类信息；如不同意，请选择拒绝。"))
        return self.cleaned_data

    def terms(self) -> Terms:
        """Those of the request, narrowed to what was ticked."""
        chosen = set(self.cleaned_data["separately"])
        alone = {c.code for c in self.parts.separately}
        joint = self.cleaned_data["together"]
        kept = [code for code in self.asked.categories if (code in chosen if code in alone else joint)]
        return replace(self.asked.terms(), categories=tuple(kept))


def request_form(asked: Consent, data: Mapping[str, Any] | None = None) -> RequestForm:
    return RequestForm(data, asked)


@only_for(*PEOPLE)
@require_POST
def read(request: HttpRequest, number: str) -> HttpResponse:
    """The words that would be agreed to."""
    actor = actor_of(request)
    asked = one(actor=actor, number=number)
    form = request_form(asked, request.POST)
    if not form.is_valid():
        return _again(request, asked, form)
    try:
        made = draft(uscc=asked.uscc, grantee=asked.grantee.code, terms=form.terms())
    except JiaheError as refusal:
        form.add_error(None, refusal.sentence)
        return _again(request, asked, form)
    context = {
        "words": made.words(),
        "language": get_language(),
        "grantee": asked.grantee,
        "number": number,
        "form": form,
    }
    return render(request, "enterprise/consents/review_request.html", context)


@only_for(*PEOPLE)
@require_POST
def agree(request: HttpRequest, number: str) -> HttpResponse:
    """Give the consent in the words that were read."""
    actor = actor_of(request)
    asked = one(actor=actor, number=number)
    form = request_form(asked, request.POST)
    if not form.is_valid():
        return _again(request, asked, form)
    try:
        give(
            actor=actor,
            grantee=asked.grantee.code,
            terms=form.terms(),
            agreed=request.POST.get("agreed", ""),
            separately=form.cleaned_data["separately"],
            language=request.POST.get("language", ""),
            request=number,
        )
    except JiaheError as refusal:
        if refusal.status in (403, 404):
            raise
        form.add_error(None, refusal.sentence)
        return _again(request, asked, form, refusal.status)
    messages.success(request, _("授权已生效。"))
    return redirect("enterprise:consent", number)


def _again(request: HttpRequest, asked: Consent, form: RequestForm, status: int = 422) -> HttpResponse:
    context = {"card": card(asked), "form": form}
    return render(request, "enterprise/consents/decide.html", context, status=status)
