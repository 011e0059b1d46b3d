"""The unified social credit code of GB 32100-2015 and the organisation code of GB 11714 inside it."""

from __future__ import annotations

import unicodedata

from stdnum.cn import uscc as standard

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def normalise(text: str) -> str:
    """Half-width, upper case, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def check_character(first17: str) -> str:
    """The 18th character for the first 17; `ValueError` when one of them is outside the alphabet."""
    return str(standard.calc_check_digit(first17))


def organisation_check_character(first8: str) -> str:
    """The 9th character of an organisation code for its first 8."""
    total = sum(ORGANISATION_ALPHABET.index(c) * w for c, w in zip(first8, ORGANISATION_WEIGHTS, strict=True))
    return "0X987654321"[total % 11]


def problem(code: str) -> str | None:
    """Why a normalised code is not valid, as one of `length`, `alphabet`, `check`; None when it is."""
    if len(code) != 18:
        return "length"
    if any(c not in ALPHABET for c in code):
        return "alphabet"
    return None if check_character(code[:17]) == code[17] else "check"


def is_generated(code: str) -> bool:
    """Whether the code is of the synthetic city: no real organisation code here begins with XX."""
    return code[8:10] == "XX"
