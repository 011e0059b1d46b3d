"""The records in a source's JSON answer."""

from __future__ import annotations

from typing import Any

import orjson
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiahe.gathering.connectors.errors import WrongAnswer
from jiahe.gathering.connectors.source import Source

NO_JSON = gettext_lazy("不是 JSON")


def rows_at(source: Source, body: bytes) -> list[dict[str, Any]]:
    """The objects in the list at the declared place; anything else is an answer that was not agreed upon."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise WrongAnswer(source=source.code, reason=NO_JSON) from error
    for step in filter(None, source.data_path.split(".")):
        if not isinstance(found, dict) or step not in found:
            raise WrongAnswer(source=source.code, reason=_("没有 {place}").format(place=source.data_path))
        found = found[step]
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise WrongAnswer(
            source=source.code, reason=_("{place} 不是记录的列表").format(place=source.data_path or _("应答"))
        )
    return found
