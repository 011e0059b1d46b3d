"""Plots as SVG. They hold numbers only, so that they need no font of any language; the words stand beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from jiahe.scoring.card import Bin
from jiahe.scoring.training.document.look import colours
from jiahe.scoring.training.figures import Decile

WIDE, SMALL = (7.2, 2.5), (3.5, 1.9)
SETTINGS: dict[Any, Any] = {"svg.fonttype": "path", "svg.hashsalt": "jiahe", "font.size": 8, "axes.linewidth": 0.6}
BARS = 40


def deciles(tenths: tuple[Decile, ...]) -> str:
    """What chance allows around the expected share of defaults, and the share that was found, the riskiest first."""
    with _plot(WIDE) as (axes, out):
        places = np.arange(1, len(tenths) + 1)
        low, high = ([tenth.low / tenth.rows for tenth in tenths], [tenth.high / tenth.rows for tenth in tenths])
        axes.vlines(places, low, high, color=colours()["paddy-tint"], linewidth=16)
        axes.hlines(
            [tenth.expected / tenth.rows for tenth in tenths],
            places - 0.2,
            places + 0.2,
            color=colours()["paddy"],
            linewidth=1.6,
        )
        axes.scatter(places, [tenth.defaults / tenth.rows for tenth in tenths], color=colours()["grain-mark"], zorder=3)
        axes.set_xticks(places)
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    return out.getvalue()


def distribution(scores: np.ndarray, target: np.ndarray, bands: tuple[int, ...]) -> str:
    """Shares of the sound and of the defaulted by score, with the bands' bounds."""
    with _plot(WIDE) as (axes, out):
        edges = np.linspace(scores.min(), scores.max() + 1, BARS + 1)
        sound, defaulted = (_shares(scores[target == label], edges) for label in (0, 1))
        axes.stairs(sound, edges, color=colours()["paddy-tint"], fill=True)
        axes.stairs(sound, edges, color=colours()["paddy"])
        axes.stairs(defaulted, edges, color=colours()["grain-mark"], linewidth=1.4)
        for bound in bands:
            axes.axvline(bound, color=colours()["ink-400"], linewidth=0.6, linestyle=(0, (3, 3)))
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    return out.getvalue()


def _shares(scores: np.ndarray, edges: np.ndarray) -> np.ndarray:
    return np.histogram(scores, edges)[0] / max(len(scores), 1)


def bins(known: tuple[Bin, ...], missing: Bin) -> str:
    """The rate of defaults of each bin, and behind it the share of enterprises; the missing one apart, as “—”."""
    shown = [*known, *([missing] if missing.records else [])]
    rows = sum(one.records for one in shown)
    places = np.array([*range(1, len(known) + 1), *([len(known) + 1.5] if missing.records else [])])
    with _plot(SMALL) as (axes, out):
        axes.bar(
            places,
            [one.defaults / max(one.records, 1) for one in shown],
            width=0.62,
            color=colours()["paddy"],
            zorder=2,
        )
        axes.set_xticks(places, [*map(str, range(1, len(known) + 1)), *(["—"] if missing.records else [])])
        axes.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        share = axes.twinx()
        share.plot(places, [one.records / rows for one in shown], "o", color=colours()["grain-mark"], markersize=3)
        share.set_ylim(0, 1)
        share.set_yticks([])
        _bare(share)
    return out.getvalue()


@contextmanager
def _plot(size: tuple[float, float]) -> Iterator[tuple[Axes, StringIO]]:
    """Axes to draw on, and where the SVG is once they are left."""
    with mpl.rc_context(SETTINGS):
        figure, out = Figure(size, layout="constrained"), StringIO()
        axes = figure.add_subplot()
        _bare(axes)
        axes.grid(axis="y", color=colours()["line"], linewidth=0.6)
        axes.set_axisbelow(True)
        axes.tick_params(length=0, colors=colours()["ink-600"])
        yield axes, out
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None})


def _bare(axes: Axes) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(colours()["line-strong"])
