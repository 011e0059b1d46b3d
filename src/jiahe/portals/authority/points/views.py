"""The indicator system of the credit points: its versions, the draft being edited, and what it would change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.catalogue import names
from jiahe.financing.precredit.simulation import bands, simulate
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.portals.authority.points.editor import rows, typed
from jiahe.portals.authority.points.forms import AboutForm
from jiahe.scoring.points import words
from jiahe.scoring.points.actions.decide import commit, publish, send_back
from jiahe.scoring.points.actions.draft import begin, drop, save
from jiahe.scoring.points.errors import WrongSystem
from jiahe.scoring.points.lifecycle import OPEN, State
from jiahe.scoring.points.measures import named
from jiahe.scoring.points.models import SystemVersion
from jiahe.scoring.points.parties import OFFICER
from jiahe.scoring.points.queries.versions import one, published, versions
from jiahe.scoring.points.system import Dimension

Act = Callable[[Actor, int], object]
ACTS: dict[str, tuple[Act, Promise]] = {
    "commit": (lambda actor, number: commit(actor=actor, number=number), gettext_lazy("已提交，等另一人发布。")),
    "send-back": (lambda actor, number: send_back(actor=actor, number=number), gettext_lazy("已退回起草。")),
    "publish": (lambda actor, number: publish(actor=actor, number=number), gettext_lazy("已发布，各机构会收到消息。")),
    "drop": (lambda actor, number: drop(actor=actor, number=number), gettext_lazy("草稿已删除。")),
}


@only_for(OFFICER)
@require_GET
def systems(request: HttpRequest) -> HttpResponse:
    found = list(versions())
    context = {"versions": found, "open": any(version.state in OPEN for version in found)}
    return render(request, "authority/points/systems.html", context)


@only_for(OFFICER)
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """A draft that copies the version named by `from`, or the published one."""
    wanted = request.POST.get("from", "")
    try:
        version = begin(actor=actor_of(request), number=int(wanted) if wanted.isdecimal() else None)
    except JiaheError as refused:
        if refused.status in (403, 404):
            raise
        messages.error(request, refused.sentence)
        return redirect("authority:points")
    return redirect("authority:points_edit", version.number)


@only_for(OFFICER)
@require_GET
def system(request: HttpRequest, number: int) -> HttpResponse:
    """One version as it stands, with what may be done with it."""
    actor, version = actor_of(request), one(number)
    context = {
        "version": version,
        "parts": [_part(dimension) for dimension in version.system.dimensions],
        "most": version.system.most,
        "open": any(other.state in OPEN for other in versions()),
        "mine": version.committed_by_id == actor.user_id,
    }
    return render(request, "authority/points/system.html", context)


def _part(dimension: Dimension) -> tuple[str, int, list[tuple[str, list[tuple[str, int]], int]]]:
    lines = [
        (
            words.name(indicator.feature),
            [(words.band(indicator, place), band.points) for place, band in enumerate(indicator.bands)],
            indicator.missing,
        )
        for indicator in dimension.indicators
    ]
    return names.said(dimension.name), dimension.most, lines


@only_for(OFFICER)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """The draft as a form; what was typed wrongly stays as it was typed, with every fault above it."""
    version = one(number)
    if version.state != State.DRAFT:
        return redirect("authority:points_system", number)
    if request.method == "GET":
        return _editor(request, version, AboutForm.of(version), version.body, ())
    about, body = AboutForm(request.POST), typed(request.POST)
    faults, status = _saved(actor_of(request), number, about, body)
    if faults:
        return _editor(request, version, about, body, faults, status)
    messages.success(request, _("草稿已保存。"))
    if request.POST.get("act") == "simulate":
        return redirect("authority:points_simulation", number)
    return redirect("authority:points_edit", number)


def _saved(actor: Actor, number: int, about: AboutForm, body: dict[str, Any]) -> tuple[tuple[str, ...], int]:
    """What is wrong, and the status that says so; nothing where the draft was kept."""
    if not about.is_valid():
        return (_("有需要改正的地方，见标红的栏目。"),), 422
    try:
        save(actor=actor, number=number, body=body, **about.cleaned_data)
    except WrongSystem as wrong:
        return wrong.faults, wrong.status
    except JiaheError as refused:
        if refused.status in (403, 404):
            raise
        return (refused.sentence,), refused.status
    return (), 200


def _editor(
    request: HttpRequest,
    version: SystemVersion,
    about: AboutForm,
    body: dict[str, Any],
    faults: tuple[str, ...],
    status: int = 200,
) -> HttpResponse:
    context = {
        "version": version,
        "about": about,
        "rows": rows(body),
        "faults": faults,
        "features": named().values(),
    }
    return render(request, "authority/points/edit.html", context, status=status)


@only_for(OFFICER)
@require_POST
def act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    if act not in ACTS:
        raise Http404
    do, told = ACTS[act]
    try:
        do(actor_of(request), number)
    except JiaheError as refused:
        if refused.status == 404:
            raise
        messages.error(request, refused.sentence)
    else:
        messages.success(request, str(told))
        if act == "drop":
            return redirect("authority:points")
    return redirect("authority:points_system", number)


@only_for(OFFICER)
@require_GET
def simulation(request: HttpRequest, number: int) -> HttpResponse:
    """What the version would change if it took the place of the published one."""
    version, before = one(number), published()
    found = simulate(actor=actor_of(request), after=version.system)
    labels = bands(version.system.most)
    before_labels = bands(before.system.most) if before else []
    context = {
        "version": version,
        "before": before,
        "found": found,
        "bands": list(zip(labels, found.before, found.after, strict=True)),
        "labels": labels,
        "swaps": list(zip(before_labels, found.swaps, strict=False)),
    }
    return render(request, "authority/points/simulation.html", context)
