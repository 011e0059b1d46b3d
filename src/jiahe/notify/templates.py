"""The words of every message: a title and a sentence for each template, filled with its facts when read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Template:
    """`facts` names what the sentence is filled with."""

    title: str | Promise
    sentence: str | Promise


TEMPLATES = {
    "consent.requested": Template(_("授权请求"), _("{organisation}请求您授权查看{categories}类信息，用于{purpose}。")),
    "consent.given": Template(
        _("授权已生效"), _("您授权{organisation}为{purpose}查看{categories}类信息，有效至{until}。")
    ),
    "consent.ended": Template(_("授权已结束"), _("授权{number}已结束：{state}。")),
}
