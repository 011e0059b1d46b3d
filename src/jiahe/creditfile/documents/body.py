"""The body of a document: an enterprise's current records of one category, as compressed JSON rows.

A row is a JSON array in the order of the document's layout; names are kept once per layout and not in
every record. The rows stand one behind the other with commas between them, and are compressed with a
zstd dictionary of their category.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import zstandard

LEVEL = 1  # measured on monthly series: 1.7 times as fast as 3, and 2 % smaller
THREADS = 2
DICTIONARY_BYTES = 16_384
SAMPLES = 2_000
FEWEST_SAMPLES = 100


@dataclass(frozen=True)
class Texts:
    """Some enterprises' rows in one buffer: text i is data[starts[i] : starts[i] + lengths[i]]."""

    serials: np.ndarray[Any, np.dtype[np.int64]]
    counts: np.ndarray[Any, np.dtype[np.int64]]
    data: bytes
    starts: np.ndarray[Any, np.dtype[np.int64]]
    lengths: np.ndarray[Any, np.dtype[np.int64]]

    def sample(self, most: int) -> list[bytes]:
        step = max(1, len(self.starts) // most)
        pairs = zip(self.starts[::step], self.lengths[::step], strict=True)
        return [self.data[a : a + n] for a, n in pairs][:most]


def texts(batches: Iterable[pa.RecordBatch]) -> Iterator[Texts]:
    """Group sorted batches of (serial int64, row text ending in a comma) by serial.

    The rows of one enterprise may be spread over batches, so the last group waits for the next batch.
    """
    waiting = b""
    waiting_serial, waiting_count = -1, 0
    for batch in batches:
        if not batch.num_rows:
            continue
        serials = batch.column(0).to_numpy()
        offsets, data = _buffer(batch.column(1))
        firsts = np.concatenate(([0], np.flatnonzero(np.diff(serials)) + 1))
        starts = offsets[firsts] + len(waiting)
        counts = np.diff(np.concatenate((firsts, [len(serials)])))
        groups = serials[firsts]
        data = waiting + data
        if groups[0] == waiting_serial:
            starts[0] = 0
            counts[0] += waiting_count
        elif waiting:
            starts = np.concatenate(([0], starts))
            counts = np.concatenate(([waiting_count], counts))
            groups = np.concatenate(([waiting_serial], groups))
        last = int(starts[-1])
        if len(groups) > 1:
            lengths = np.diff(starts) - 1
            yield Texts(groups[:-1], counts[:-1], data, starts[:-1], lengths)
        waiting, waiting_serial, waiting_count = data[last:], int(groups[-1]), int(counts[-1])
    if waiting:
        one = np.array([0]), np.array([len(waiting) - 1])
        yield Texts(np.array([waiting_serial]), np.array([waiting_count]), waiting, *one)


def _buffer(column: pa.Array) -> tuple[np.ndarray[Any, np.dtype[np.int64]], bytes]:
    """The offsets (int64, beginning at 0) and the bytes of a string array without NULLs."""
    column = column.cast(pa.large_string())
    offsets = np.frombuffer(column.buffers()[1], dtype=np.int64)[column.offset : column.offset + len(column) + 1]
    data = memoryview(column.buffers()[2])[offsets[0] : offsets[-1]]
    return offsets - offsets[0], bytes(data)


def train(samples: Sequence[bytes]) -> bytes | None:
    """A dictionary for a category, or None where there is too little to learn from."""
    if len(samples) < FEWEST_SAMPLES:
        return None
    try:
        return zstandard.train_dictionary(DICTIONARY_BYTES, list(samples)).as_bytes()
    except zstandard.ZstdError:
        return None  # the rows are so alike or so short that there is nothing to learn


def compress(group: Texts, dictionary: bytes | None) -> list[bytes]:
    """The bodies of a group, compressed side by side."""
    segments = np.column_stack((group.starts, group.lengths)).astype(np.uint64).tobytes()
    source = zstandard.BufferWithSegments(group.data, segments)
    compressor = zstandard.ZstdCompressor(level=LEVEL, dict_data=_dictionary(dictionary))
    packed = compressor.multi_compress_to_buffer(source, threads=THREADS)
    return [packed[i].tobytes() for i in range(len(packed))]


def _dictionary(content: bytes | None) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(content) if content else None


def decompressor(dictionary: bytes | None) -> zstandard.ZstdDecompressor:
    return zstandard.ZstdDecompressor(dict_data=_dictionary(dictionary))


def rows(body: bytes, opener: zstandard.ZstdDecompressor) -> list[list[Any]]:
    """The rows of a body, as lists in the order of its layout."""
    return list(orjson.loads(b"[" + opener.decompress(body) + b"]"))
