"""The score cards: all of them, one with what it says and what may be done with it, and how the one in use fares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jiahe.accounts.actor import actor_of, only_for
from jiahe.accounts.enums import Role
from jiahe.accounts.models import User
from jiahe.kit.actor import Actor
from jiahe.kit.errors import JiaheError
from jiahe.kit.jobs import enqueue
from jiahe.portals.authority.models import sheet
from jiahe.portals.authority.models.forms import CardForm
from jiahe.portals.authority.models.watched import latest, watched
from jiahe.scoring.actions.commit_card import commit_card
from jiahe.scoring.actions.import_card import delete_draft, import_card
from jiahe.scoring.actions.publish_card import publish_card
from jiahe.scoring.actions.roll_back import roll_back
from jiahe.scoring.actions.try_card import assert_can_be_tried, try_on_newest
from jiahe.scoring.models import CardState, CardVersion, Trial
from jiahe.scoring.queries.cards import card_of, live, version_of, versions
from jiahe.scoring.queries.outcomes import observable
from jiahe.web import fields
from jiahe.web.fields import Text

READERS = (Role.MODEL_OFFICER, Role.SUPERVISOR)
Act = Callable[[Actor, int, str], object]

# What a button does, and what is said when it is done.
ACTS: dict[str, tuple[Act, Text]] = {
    "commit": (
        lambda actor, number, _: commit_card(actor=actor, number=number),
        gettext_lazy("已提交，待另一位模型管理员发布。"),
    ),
    "publish": (
        lambda actor, number, _: publish_card(actor=actor, number=number),
        gettext_lazy("已发布，自下次评分起使用。"),
    ),
    "roll_back": (
        lambda actor, number, reason: roll_back(actor=actor, number=number, reason=reason),
        gettext_lazy("已退回上一版，自下次评分起使用。"),
    ),
    "try": (
        lambda actor, number, _: try_on_newest(actor=actor, number=number),
        gettext_lazy("试算完成。"),
    ),
    "try_on": (
        lambda actor, number, _: _in_background(actor, number),
        gettext_lazy("试算已开始，需要几分钟，完成后出现在本页。"),
    ),
    "delete": (lambda actor, number, _: delete_draft(actor=actor, number=number), gettext_lazy("草稿已删除。")),
}


@dataclass(frozen=True)
class Step:
    name: str
    at: datetime
    by: User


STEPS = (
    ("drafted", gettext_lazy("导入")),
    ("committed", gettext_lazy("提交")),
    ("published", gettext_lazy("发布")),
    ("retired", gettext_lazy("停用")),
)


@only_for(*READERS)
@require_GET
def models(request: HttpRequest) -> HttpResponse:
    """Every card, the newest first, below the one in use."""
    now = live()
    rows = [(one, card_of(one), dict(sheet.figures(one.figures))) for one in versions()]
    context = {"live": now, "watch": latest(now) if now else None, "rows": rows, "acts": _acts(request)}
    return render(request, "authority/models/list.html", context)


@only_for(Role.MODEL_OFFICER)
@require_http_methods(["GET", "POST"])
def import_model(request: HttpRequest) -> HttpResponse:
    """Take a card in as a draft."""
    form, status = CardForm(request.POST or None, request.FILES or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                note = form.cleaned_data["note"]
                text, known = form.text("file"), form.text("figures")
                made = import_card(actor=actor_of(request), text=text, figures=known, note=note)
            except JiaheError as refused:
                status = fields.refuse(form, refused)
            else:
                messages.success(request, _("已导入为草稿，核对后提交。"))
                return redirect("authority:model", made.number)
    return render(request, "authority/models/import.html", {"form": form}, status=status)


@only_for(*READERS)
@require_GET
def model(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@only_for(*READERS)
@require_GET
def file(request: HttpRequest, number: int) -> HttpResponse:
    """The card as it was imported, byte for byte what `card.dumps` writes."""
    found = version_of(number)
    headers = {"Content-Disposition": f'attachment; filename="card-{number}.json"'}
    return HttpResponse(found.card, content_type="application/json", headers=headers)


@only_for(Role.MODEL_OFFICER)
@require_POST
def act(request: HttpRequest, number: int) -> HttpResponse:
    """One step of a card; a refusal is shown on its page."""
    chosen = request.POST.get("act", "")
    if chosen not in ACTS:
        return _page(request, number)
    step, said = ACTS[chosen]
    try:
        step(actor_of(request), number, request.POST.get("reason", ""))
    except JiaheError as refused:
        if refused.status == 404:
            raise
        return _page(request, number, refused)
    messages.success(request, said)
    return redirect("authority:models") if chosen == "delete" else redirect("authority:model", number)


@only_for(*READERS)
@require_GET
def monitoring(request: HttpRequest) -> HttpResponse:
    """How the card in use fares, month by month; `?version=` shows another one."""
    asked = request.GET.get("version", "")
    shown = version_of(int(asked)) if asked.isdecimal() and len(asked) < 9 else live()
    rows = watched(shown) if shown else []
    context = {"shown": shown, "rows": rows, "others": versions().exclude(published_at=None)}
    return render(request, "authority/models/monitoring.html", context)


def _page(request: HttpRequest, number: int, refused: JiaheError | None = None) -> HttpResponse:
    found = version_of(number)
    card, now = card_of(found), live()
    lines = sheet.lines(card)
    context = {
        "version": found,
        "card": card,
        "lines": lines,
        "most": max(line.highest for line in lines),
        "figures": sheet.figures(found.figures),
        "steps": [
            Step(str(name), at, by) for step, name in STEPS if (at := _at(found, step)) and (by := _by(found, step))
        ],
        "live": now,
        "acts": _acts(request),
        "own": found.committed_by_id == actor_of(request).user_id,
        "back": now.replaced if now == found and found.state == CardState.PUBLISHED else None,
        "trials": Trial.objects.filter(version=found).select_related("live", "made_by").order_by("-pk")[:5],
        "bands": range(1, len(card.bands) + 2),
        "refused": refused,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "authority/models/card.html", context, status=refused.status if refused else 200)


def _in_background(actor: Actor, number: int) -> None:
    """A trial on the last day whose outcomes are known: it takes minutes. Refused at once where it cannot be."""
    assert_can_be_tried(actor=actor, number=number)
    who = (actor.user_id, actor.login, actor.organisation, actor.role)
    enqueue("jiahe.scoring.tasks.try_on", number, f"{observable()}", *who)


def _acts(request: HttpRequest) -> bool:
    return actor_of(request).role == Role.MODEL_OFFICER


def _at(version: CardVersion, step: str) -> datetime | None:
    found: datetime | None = getattr(version, f"{step}_at")
    return found


def _by(version: CardVersion, step: str) -> User | None:
    found: User | None = getattr(version, f"{step}_by")
    return found
