"""The legal representative of a frozen enterprise is verified again."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from jiahe.accounts.actions.ask_representative import ask_representative
from jiahe.accounts.actions.verify_again import verify_again
from jiahe.accounts.actor import actor_of, membership_of, only_for
from jiahe.accounts.enums import OrganisationState, Role, VerificationState
from jiahe.accounts.models import Verification
from jiahe.accounts.verification import VerifiedEntity
from jiahe.kit.errors import JiaheError
from jiahe.web import fields

ASKED, ENTITY = "verification", "verified_entity"
OPEN = (VerificationState.WAITING, VerificationState.CONFIRMED)


class RepresentativeForm(forms.Form):
    name = fields.line(gettext_lazy("姓名"), hint=gettext_lazy("现任法定代表人（负责人、经营者）"), maxlength=100)
    identity = fields.line(
        gettext_lazy("证件号码"),
        hint=gettext_lazy("只用于与登记信息比对，不保存号码"),
        autocomplete="off",
        maxlength=40,
    )


@only_for(Role.ENTERPRISE_ADMIN)
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("identity")
def verify(request: HttpRequest) -> HttpResponse:
    """Asked here; the page opens the enterprise again as soon as the answer is yes."""
    organisation = membership_of(request).organisation
    if organisation.state != OrganisationState.FROZEN:
        return redirect("enterprise:home")
    asked = Verification.objects.filter(number=request.session.get(ASKED, ""), uscc=organisation.code).first()
    form = RepresentativeForm(request.POST if "name" in request.POST else None)
    status = 200
    if request.method == "POST":
        try:
            if proof := _proof(request, organisation.code, asked):
                return _opened(request, proof)
            if form.is_valid():
                new = ask_representative(actor=actor_of(request), uscc=organisation.code, **form.cleaned_data)
                request.session[ASKED] = new.number
                return redirect("enterprise:verify")
            status = 422 if form.is_bound else 200
        except JiaheError as refused:
            request.session.pop(ENTITY, None)
            messages.error(request, refused.sentence)
            status = refused.status
    waiting = asked if asked and asked.state in OPEN and asked.used_at is None and status == 200 else None
    context = {"form": form, "waiting": waiting, "organisation": organisation, "said": ENTITY in request.session}
    return render(request, "enterprise/verify.html", context, status=status)


def _proof(request: HttpRequest, uscc: str, asked: Verification | None) -> str | VerifiedEntity | None:
    """What proves the representative now: a sign-in as the enterprise, or a confirmed verification."""
    said = request.session.get(ENTITY)
    if said and said["uscc"] == uscc:
        return VerifiedEntity(**said)
    confirmed = asked and asked.state == VerificationState.CONFIRMED and asked.used_at is None
    return asked.number if asked and confirmed else None


def _opened(request: HttpRequest, proof: str | VerifiedEntity) -> HttpResponse:
    verify_again(actor=actor_of(request), proof=proof)
    request.session.pop(ENTITY, None)
    request.session.pop(ASKED, None)
    messages.success(request, _("核验完成，账户恢复使用。"))
    return redirect("enterprise:home")
