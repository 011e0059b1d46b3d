"""What is known of enterprises: the newest values of the features that points and limits are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from jiahe.scoring.points.models import Known
from jiahe.scoring.points.system import Values

SERIAL = "serial"


@dataclass(frozen=True)
class Of:
    """The values of one enterprise, and the day whose records they rest on."""

    as_of: date
    values: Values


def known(serials: Collection[int]) -> dict[int, Of]:
    """By serial; an enterprise of which nothing is known is left out."""
    found = Known.objects.filter(serial__in=serials)
    return {one.serial: Of(one.as_of, one.features) for one in found}


def city(codes: Iterable[str]) -> pa.Table:
    """A row for every enterprise with `serial` and a column for each feature, null where it is not known."""
    rows = list(Known.objects.order_by("pk").values_list("serial", "features"))
    columns = {
        code: pa.array([features.get(code) for _, features in rows], pa.int64()) for code in dict.fromkeys(codes)
    }
    return pa.table({SERIAL: pa.array([serial for serial, _ in rows], pa.int64()), **columns})
