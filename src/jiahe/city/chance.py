"""Repeatable chance: one number for a thing and a word, the same in every process and every category."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]


def draw(seed: int, things: Ints, word: str) -> Floats:
    """One number in [0, 1) for each thing (splitmix64)."""
    start = np.uint64((seed * 0x9E3779B97F4A7C15 + zlib.crc32(word.encode()) * 0xD1342543DE82EF95) % 2**64)
    z = things.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + start
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    even: Floats = (z >> np.uint64(11)).astype(np.float64) / 2**53
    return even
