"""Numbers and times in templates, written as `jiahe.web.formats` writes them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jiahe.web import formats

register = template.Library()


@register.filter
def count(value: int) -> str:
    """A count with thousands separated."""
    return formats.grouped(value)


@register.filter
def seconds(value: float) -> str:
    return formats.grouped(Decimal(str(value)), 1)


@register.filter
def ago(value: datetime) -> SafeString:
    """Relative time, with the exact one on hover."""
    exact = formats.moment(value)
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), exact, formats.ago(value))


@register.filter
def moment(value: datetime) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.moment(value))


@register.filter
def wan(value: Decimal) -> SafeString:
    """An amount in yuan, written in 万元 with its unit, the exact one on hover."""
    written = formats.money(value, "元")
    return format_html(
        '<span title="{}">{} <span class="unit">{}</span></span>', written.exact, written.text, written.unit
    )


@register.filter
def percent(value: Decimal | float) -> str:
    """A share as per cent, one decimal."""
    return f"{formats.grouped(Decimal(str(value)) * 100, 1)} %"


@register.filter
def rate(value: Decimal) -> str:
    """An annual rate in per cent, two decimals at least where it has them."""
    return f"{formats.grouped(value, 3)} %"


@register.filter
def yuan(value: Decimal) -> str:
    """To the fen, with thousands separated: what is paid is written out."""
    return f"{value:,.2f}"
