"""What the enterprise's credit points are made of, what limit they give at each institution, and applying by them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import ROLES, OrganisationKind
from jiahe.consent.terms import Subject
from jiahe.creditfile.models import Enterprise
from jiahe.financing.precredit.actions.apply import begin_by_points
from jiahe.financing.precredit.category import goes_with_an_application
from jiahe.financing.precredit.queries.reckoned import of_the_reader
from jiahe.kit.errors import JiaheError
from jiahe.portals.enterprise.points.lines import parts
from jiahe.scoring.points import words
from jiahe.scoring.points.queries.versions import in_force

PEOPLE = ROLES[OrganisationKind.ENTERPRISE]


@only_for(*PEOPLE)
@require_GET
def points(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    found, limits = of_the_reader(actor)
    known = Enterprise.objects.filter(uscc=actor.organisation).first()
    context = {
        "found": found,
        "parts": list(parts(found.points)) if found else [],
        "limits": [(one, words.name(one.rule.base)) for one in limits],
        "written_only": known is not None
        and not goes_with_an_application(Subject(known.serial, known.uscc, known.kind)),
        "in_force": found.version if found else in_force(),
    }
    return render(request, "enterprise/points/page.html", context)


@only_for(*PEOPLE)
@require_POST
def apply(request: HttpRequest) -> HttpResponse:
    """A draft under the rule that the page showed, to go on with; what has changed since is said on the page."""
    number = request.POST.get("rule", "")
    try:
        draft = begin_by_points(
            actor=actor_of(request),
            institution=request.POST.get("institution", ""),
            rule=int(number) if number.isdecimal() else 0,
            product=request.POST.get("product", ""),
        )
    except JiaheError as refused:
        if refused.status in (403, 404):
            raise
        messages.error(request, refused.sentence)
        return redirect("enterprise:points")
    return redirect("enterprise:request_resume", draft.number)
