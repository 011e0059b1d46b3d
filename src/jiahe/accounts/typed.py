"""What people type: cleaned, or refused with what is wrong with it."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from jiahe.accounts.errors import LineEmpty, LineTooLong, NotAHotline, NotALogin, NotAPhone, NotAUscc, SignRefused
from jiahe.kit import uscc

PHONE = re.compile(r"1[3-9][0-9]{9}")
HOTLINE = re.compile(r"(95|96|12)[0-9]{3,4}|400-?[0-9]{3}-?[0-9]{4}|0[0-9]{2,3}-?[0-9]{7,8}")
LOGIN = re.compile(r"[A-Za-z][A-Za-z0-9._-]{2,39}")
# Brackets of any shape are one and the same in an enterprise's name.
BRACKETS = str.maketrans("[]{}【】〔〕〈〉《》", "()()()()()()")


def line(text: str, what: str, longest: int) -> str:
    """One line of text, without spaces at its ends; control signs and what else cannot be seen are refused."""
    cleaned = unicodedata.normalize("NFC", text).strip()
    if not cleaned:
        raise LineEmpty(what=what)
    if len(cleaned) > longest:
        raise LineTooLong(what=what, length=len(cleaned), longest=longest)
    for place, sign in enumerate(cleaned, start=1):
        if unicodedata.category(sign).startswith("C"):
            raise SignRefused(what=what, place=place)
    return cleaned


def phone(text: str) -> str:
    """A mobile number of eleven digits, however it was grouped."""
    digits = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)).removeprefix("+86")
    if not PHONE.fullmatch(digits):
        raise NotAPhone
    return digits


def hotline(text: str) -> str:
    """A public number, never a mobile one: that would be somebody's own. Empty where there is none."""
    cleaned = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if cleaned and not HOTLINE.fullmatch(cleaned):
        raise NotAHotline
    return cleaned


def login(text: str) -> str:
    """A login name: no phone number and no name of a person, because logs say it."""
    cleaned = unicodedata.normalize("NFKC", text).strip()
    if not LOGIN.fullmatch(cleaned):
        raise NotALogin
    return cleaned


def code(text: str) -> str:
    """A valid unified social credit code; `NotAUscc` says which sign is wrong."""
    written = uscc.normalise(text)
    problem = uscc.problem(written)
    if problem is None:
        return written
    raise NotAUscc(problem=_said(written, problem))


def _said(written: str, problem: str) -> str:
    if problem == "length":
        return _("现为 {length} 位，应为 18 位").format(length=len(written))
    if problem == "alphabet":
        place, sign = next((i, c) for i, c in enumerate(written, start=1) if c not in uscc.ALPHABET)
        return _("第 {place} 位“{sign}”不会出现在代码中(字母 I、O、S、V、Z 不用)").format(place=place, sign=sign)
    return _("末位校验位应为 {right}，实际为 {wrong}").format(
        right=uscc.check_character(written[:17]), wrong=written[17]
    )


def same_name(one: str, other: str) -> bool:
    """Whether two names of an enterprise differ in nothing but width, brackets, spaces and case."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).translate(BRACKETS).split()).casefold()


def person(name: str) -> str:
    """A person's name as digests are made of it."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def identity(number: str) -> str:
    """The number of an identity document as digests are made of it."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()
