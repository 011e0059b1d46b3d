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
    said = VerifiedEntity.of(request.session.get(ENTITY))
    form = RepresentativeForm(request.POST or None)
    status = 200
    try:
        if said and said.uscc == organisation.code:
            return _opened(request, said)
        if asked and asked.state == VerificationState.CONFIRMED and asked.used_at is None:
            return _opened(request, asked.number)
        if request.method == "POST":
            status = 422
            if form.is_valid():
                actor = actor_of(request)
                new = ask_representative(actor=actor, uscc=organisation.code, **form.cleaned_data)
                request.session[ASKED] = new.number
                return redirect("enterprise:verify")
    except JiaheError as refused:
        request.session.pop(ENTITY, None)
        form.is_valid()
        status = fields.refuse(form, refused)
    waiting = asked if asked and asked.state == VerificationState.WAITING and status == 200 else None
    context = {"form": form, "waiting": waiting, "organisation": organisation}
    return render(request, "enterprise/verify.html", context, status=status)


def _opened(request: HttpRequest, proof: str | VerifiedEntity) -> HttpResponse:
    verify_again(actor=actor_of(request), proof=proof)
    request.session.pop(ENTITY, None)
    request.session.pop(ASKED, None)
    messages.success(request, _("核验完成，账户恢复使用。"))
    return redirect("enterprise:home")
