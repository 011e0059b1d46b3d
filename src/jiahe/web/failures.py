"""A failure that has a sentence becomes a page that says it."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from jiahe.kit.errors import JiaheError


class TooLarge(JiaheError):
    code = "web.too_large"
    status = 413
    template = _("提交的内容太大：页面上填写的内容合计不能超过 {megabytes:.1f} MB，请缩短后重试。")


class NotUnderstood(JiaheError):
    code = "web.not_understood"
    status = 400
    template = _("提交的内容无法识别：请返回页面刷新后重试。")


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


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that was refused before any view saw it."""
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 2**20
    big = isinstance(exception, RequestDataTooBig)
    failure = TooLarge(megabytes=megabytes) if big else NotUnderstood()
    return render(request, "web/failure.html", {"failure": failure}, status=failure.status)
