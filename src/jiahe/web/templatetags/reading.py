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
