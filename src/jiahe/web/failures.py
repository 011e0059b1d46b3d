"""A failure that has a sentence becomes a page that says it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from jiahe.kit.errors import JiaheError

Answer = Callable[[HttpRequest], HttpResponseBase]


class Failures:
    """Middleware: a `JiaheError` that a view lets through is answered with its status and its sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, JiaheError):
            return None
        return render(request, "web/failure.html", {"failure": exception}, status=exception.status)
