"""Whose order it is, as far as a reader is told."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jiahe.creditfile.models import Enterprise
from jiahe.financing.models import Order
from jiahe.financing.parties import BANKERS
from jiahe.kit.actor import Actor


def names(reader: Actor, orders: Sequence[Order]) -> dict[int, str]:
    """The enterprise's name by the order's key; an institution that was only handed a request is not told it yet."""
    known = dict(Enterprise.objects.filter(serial__in={o.serial for o in orders}).values_list("serial", "name"))
    hidden = reader.role in BANKERS
    return {
        o.pk: _("受理后可见") if hidden and not o.is_named else known.get(o.serial) or o.request.uscc for o in orders
    }
