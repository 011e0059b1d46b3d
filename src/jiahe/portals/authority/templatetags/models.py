"""Counts of a trial, of which small ones were never kept."""

from __future__ import annotations

from django import template

from jiahe.web.formats import grouped

register = template.Library()


@register.filter
def told(count: int | None) -> str:
    """A dot where the group was too small to be kept."""
    return "·" if count is None else grouped(count)
