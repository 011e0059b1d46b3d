"""The language of a page: the installation's, unless the reader chose another one himself."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from jiahe.kit.configuration import setting

Answer = Callable[[HttpRequest], HttpResponseBase]


class ChosenLanguage:
    """Middleware: the language of the cookie that the switch sets. What the browser prefers does not decide."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else setting("JIAHE_LANGUAGE")
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
