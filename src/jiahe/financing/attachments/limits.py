"""How much may be uploaded: parameters that the authority sets."""

from __future__ import annotations

from jiahe.kit import clock, parameters


def megabytes() -> int:
    """Of one file."""
    return _value("attachment_megabytes")


def a_request() -> int:
    """How many attachments one request may have."""
    return _value("attachments_a_request")


def pages() -> int:
    return _value("attachment_pages")


def pixels() -> int:
    """Of one picture."""
    return _value("attachment_ten_thousand_pixels") * 10_000


def unpacked() -> int:
    """Bytes of what an office document or a compressed part of a PDF holds."""
    return _value("attachment_unpacked_megabytes") << 20


def preview_seconds() -> int:
    return _value("attachment_preview_seconds")


def kept_days() -> int:
    """After the request ended."""
    return _value("attachment_retention_days")


def _value(name: str) -> int:
    return parameters.value(name, on=clock.today())
