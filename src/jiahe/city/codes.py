"""Unified social credit codes of the generated city: valid, and with XX where no real code here has them."""

from __future__ import annotations

from typing import Any

import numpy as np

from jiahe.kit.uscc import ALPHABET, ORGANISATION_ALPHABET, ORGANISATION_WEIGHTS

Codes = np.ndarray[Any, np.dtype[np.bytes_]]
WEIGHTS = np.array([pow(3, i, 31) for i in range(17)], dtype=np.int64)
VALUES = np.zeros(128, dtype=np.int64)
VALUES[[ord(c) for c in ALPHABET]] = range(len(ALPHABET))
ORGANISATION_VALUES = np.zeros(128, dtype=np.int64)
ORGANISATION_VALUES[[ord(c) for c in ORGANISATION_ALPHABET]] = range(len(ORGANISATION_ALPHABET))
ORGANISATION_CHECKS = np.frombuffer(b"0X987654321", dtype=np.uint8)
CHECKS = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)


def codes(kinds: np.ndarray[Any, np.dtype[np.str_]], areas: np.ndarray[Any, np.dtype[np.str_]]) -> list[str]:
    """One code for each firm: its kind (1 enterprise, 2 sole trader, 3 co-operative), its county, its number."""
    count = len(kinds)
    first = [f"9{kind}{area}XX{number:06d}" for kind, area, number in zip(kinds, areas, range(count), strict=True)]
    signs = np.frombuffer("".join(first).encode(), dtype=np.uint8).reshape(count, 16)
    organisation = ORGANISATION_VALUES[signs[:, 8:16]] @ np.array(ORGANISATION_WEIGHTS)
    signs = np.column_stack((signs, ORGANISATION_CHECKS[organisation % 11]))
    check = CHECKS[(31 - (VALUES[signs] @ WEIGHTS) % 31) % 31]
    whole = np.column_stack((signs, check)).tobytes().decode()
    return [whole[i : i + 18] for i in range(0, count * 18, 18)]
