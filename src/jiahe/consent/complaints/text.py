"""What somebody wrote, as it may be kept."""

from __future__ import annotations

import unicodedata

from jiahe.consent.complaints.errors import WrongText

LEAST, MOST = 5, 1000
LINES = "\r\n"


def checked(text: str, field: str) -> str:
    """Without space around it; `WrongText` where it is too short, too long or holds control characters."""
    kept = text.strip()
    controls = any(unicodedata.category(sign).startswith("C") for sign in kept if sign not in LINES)
    if controls or not LEAST <= len(kept) <= MOST:
        raise WrongText(field=field, least=LEAST, most=MOST)
    return kept
