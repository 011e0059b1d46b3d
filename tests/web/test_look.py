"""Colours are named once and can be read; pages carry nothing inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import jiahe

PACKAGE = Path(jiahe.__file__).parent
STATIC = PACKAGE / "web/static"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab)\(")
INLINE = re.compile(r"\sstyle\s*=|\son[a-z]+=|\shx-on\b|javascript:|<style\b|<script(?![^>]*\ssrc=)", re.IGNORECASE)
SOURCES = sorted([*(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js")])
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
TINTED = ("paddy", "grain", "info", "warn", "danger")


@pytest.mark.parametrize("source", [*SOURCES, *TEMPLATES], ids=lambda path: path.name)
def test_only_the_tokens_name_a_colour(source: Path) -> None:
    text = re.sub(
        r"(href|aria-\w+|id|hx-target|hx-indicator)=\"#[^\"]*\"|#c\{\{", "", source.read_text(encoding="utf-8")
    )
    assert COLOUR.findall(text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_carry_no_inline_style_or_script(template: Path) -> None:
    assert INLINE.findall(template.read_text(encoding="utf-8")) == []


def tokens(look: str) -> dict[str, str]:
    """The colours of one look: the first block is the day's, the wall overrides it."""
    blocks = re.findall(r"(:root|\[data-look=\"wall\"\]) \{(.*?)\n\}", TOKENS, re.DOTALL)
    day, wall = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text)) for _, text in blocks[:2])
    return day if look == "day" else day | wall


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", ["day", "wall"])
def test_text_can_be_read_on_every_ground_it_stands_on(look: str) -> None:
    colours = tokens(look)
    pairs = [(ink, ground) for ink in ("ink-900", "ink-600", "ink-400") for ground in ("paper", "surface")]
    pairs += [(name, ground) for name in TINTED for ground in ("surface", "paper", f"{name}-tint")]
    pairs += [
        ("on-colour", "paddy"),
        ("on-colour", "paddy-hover"),
        ("ink-900", "danger-tint"),
        ("ink-900", "info-tint"),
    ]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("look", ["day", "wall"])
def test_marks_and_borders_of_controls_can_be_seen(look: str) -> None:
    colours = tokens(look)
    for name in ("grain-mark", "line-strong"):
        assert contrast(colours[name], colours["surface"]) >= 3
