"""The model document: everything an official must find is there, in Chinese and in English, on one page and in a PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from django.utils import translation

from jiahe.scoring.training.document import write
from jiahe.scoring.training.document.look import TOKENS, colours
from jiahe.scoring.training.order import Order
from jiahe.scoring.training.run import Result, train
from tests.scoring.training.tables import made, written
from tests.scoring.training.test_table import TODAY


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    file = written(made().assign(days_late=made()["defaulted"] * 91), tmp_path_factory.mktemp("table") / "<table>.csv")
    return train(Order(file, "defaulted", "uscc", "observed_on"), TODAY, lambda text: None)


def _pdf_text(file: Path) -> str:
    document = pypdfium2.PdfDocument(file)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_document_says_what_the_card_is_made_of(result: Result, tmp_path: Path) -> None:
    write(result, tmp_path)
    html, pdf = (tmp_path / "model.html").read_text(), _pdf_text(tmp_path / "model.pdf")
    sections = ("用途", "数据", "区分能力", "预计与实际", "分档", "特征与分值", "公平性", "使用限制", "设置与重现")
    for words in (*sections, result.card.digest[:20], result.card.origin.data_sha256[:20], "paid_months", "资产负债率"):
        assert words in html
        assert words in pdf.replace("\r\n", "")
    assert "days_late" in html
    # Every number of a bin's points, for every feature.
    for one in result.card.characteristics:
        for box in one.bins:
            assert f"<td>{box.points}</td>" in html
    assert html.count("<svg") == 2 + len(result.card.characteristics)


def test_it_holds_all_it_shows_and_escapes_what_it_was_given(result: Result, tmp_path: Path) -> None:
    write(result, tmp_path)
    html = (tmp_path / "model.html").read_text()
    assert "&lt;table&gt;.csv" in html
    assert "<script" not in html
    assert not re.search(r"(?:src|href)=\"(?!#)(?!http://www\.w3\.org)", re.sub(r"xlink:href=\"#", "", html))


def test_the_same_card_has_the_same_document(result: Result, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(result, tmp_path / name)
    for file in ("model.html", "model.pdf"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_it_speaks_english_where_that_is_the_language(result: Result, tmp_path: Path) -> None:
    with translation.override("en"):
        write(result, tmp_path)
    html = (tmp_path / "model.html").read_text()
    assert '<html lang="en">' in html
    words = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", html, flags=re.DOTALL)
    # The groups of ages were named when the card was made.
    assert set(re.findall(r"[\u4e00-\u9fff]+", words)) <= {"不满", "年", "至", "年以上"}


def test_the_colours_are_those_of_the_pages() -> None:
    assert colours()["paddy"] == "#1f6f54"
    assert all(f"--{name}: {colour}" in TOKENS.read_text() for name, colour in colours().items())
