"""A section's blocks as they stand on the page, and the list that leads to them.

Written here and not in templates: a section has a dozen blocks of some forty parts each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jiahe.profiles.sections.blocks import Block
from jiahe.profiles.sections.marks import generated_stamp
from jiahe.web import formats

FEWEST_FOR_A_LIST = 4


def cards(blocks: Sequence[Block], root: str, *, real: bool) -> SafeString:
    """The blocks of a file laid out below `root`, and before them a list of those there are, where they are many.

    `real`: of a real enterprise, so that generated data says what it is.
    """
    written = [_card(block, escape(root), real=real) for block in blocks]
    return SafeString("\n".join([_list(blocks), *written] if len(blocks) >= FEWEST_FOR_A_LIST else written))


def _list(blocks: Sequence[Block]) -> str:
    links = "".join(
        f'<a href="#c{one.category.code}">{escape(one.name)} <span class="quiet">{formats.grouped(one.total)}</span></a>'
        for one in blocks
    )
    return f'<nav class="toc" aria-label="{_("本节信息类")}">{links}</nav>'


def _card(block: Block, root: str, *, real: bool) -> str:
    code = block.category.code
    made = f" {generated_stamp()}" if real and block.generated else ""
    return (
        f'<article class="card" id="c{code}">\n<header class="card__head">\n<h3>{escape(block.name)}{made}</h3>\n'
        f'<span class="quiet">{escape(block.source)} · {escape(block.frequency)}</span>\n'
        f'<a class="small" href="{root}categories/{code}/">{escape(block.way)}</a>\n</header>\n'
        f"{_said(block)}{BODIES[block.form](block)}\n</article>"
    )


def _said(block: Block) -> str:
    """What is rarely to be said of an answer of its source."""
    known, refused = block.last_known_at, block.refused
    said = render_to_string("creditfile/last_known.html", {"at": known}) if known else ""
    return said + (render_to_string("creditfile/refused.html", {"rows": refused, "name": ""}) if refused else "")


def facts(block: Block) -> SafeString:
    """All facts of one record."""
    n, rest = len(block.missing), "、".join(map(escape, block.missing))
    said = ngettext("另有 %(n)s 项来源未提供", "另有 %(n)s 项来源未提供", n) % {"n": n}
    fold = f'<details class="fold"><summary>{said}</summary><p class="quiet">{rest}</p></details>\n' if n else ""
    return SafeString(
        f'<div class="card__body">\n<dl class="facts">{block.rows[0].facts}</dl>\n{fold}{block.dated}\n</div>'
    )


def series(block: Block, *, full: bool = False) -> SafeString:
    """A monthly series: a place for its chart, and the table of its values; `full` on a page of its own."""
    code, name = block.category.code, escape(block.name)
    chart, values = _("%(name)s走势图，数值见表") % {"name": name}, _("%(name)s逐月数值") % {"name": name}
    return SafeString(
        f'<div class="series{" series--full" if full else ""}" data-series>\n<div class="series__chart" hidden>\n'
        f'<div class="series__pick"><label class="visually-hidden" for="pick-{code}">{_("图中显示")}</label>'
        f'<select class="form-select" id="pick-{code}"></select></div>\n'
        f'<div class="series__canvas" role="img" aria-label="{chart}"></div>\n</div>\n'
        f'<div class="ledger-box{"" if full else " ledger-box--tall"}" role="region" tabindex="0" aria-label="{values}">\n'
        f'<table class="ledger">\n<caption class="visually-hidden">{name} · {_("来源")} {escape(block.source)}</caption>\n'
        f'<thead><tr><th scope="col">{_("月份")}</th>{block.heads}<th scope="col">{_("归集日期")}</th></tr></thead>\n'
        f"<tbody>{block.months}</tbody>\n</table>\n</div>\n</div>"
    )


def table(block: Block) -> SafeString:
    """The newest records, a row for each."""
    name = escape(block.name)
    return SafeString(
        f'<div class="ledger-box" role="region" tabindex="0" aria-label="{name}">\n<table class="ledger ledger--cards">\n'
        f'<caption class="visually-hidden">{name}</caption>\n<thead><tr><th scope="col">{_("业务日期")}</th>{block.heads}'
        f'<th scope="col">{_("来源")}</th><th scope="col">{_("归集日期")}</th></tr></thead>\n'
        f"<tbody>{block.body}</tbody>\n</table>\n</div>"
    )


BODIES: dict[str, Callable[[Block], SafeString]] = {"facts": facts, "series": series, "table": table}
