"""Questions to a provider over HTTP: short patience, and one failure for whatever goes wrong on the way."""

from __future__ import annotations

from typing import Any

import httpx
from django.utils.functional import Promise

from jiahe.accounts.errors import AnswerInvalid, ProviderDown

PATIENCE = 5.0


def ask(label: str | Promise, method: str, url: str, **more: Any) -> tuple[int, dict[str, Any]]:
    """Status and JSON object of an answer. `ProviderDown` when none comes or the provider is itself in trouble."""
    try:
        answer = httpx.request(method, url, timeout=PATIENCE, **more)
        if answer.status_code >= 500:
            raise ProviderDown(provider=label)
        body = answer.json()
    except httpx.HTTPError as error:
        raise ProviderDown(provider=label) from error
    except ValueError as error:
        raise AnswerInvalid(provider=label) from error
    if not isinstance(body, dict):
        raise AnswerInvalid(provider=label)
    return answer.status_code, body
