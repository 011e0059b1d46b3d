"""The content as a page for the browser and as a PDF for the file."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from django.template import Context, Engine
from django.utils.safestring import mark_safe

from jiahe.scoring.training.document.blocks import Block
from jiahe.scoring.training.document.content import content
from jiahe.scoring.training.document.look import colours
from jiahe.scoring.training.run import Result

HERE = Path(__file__).parent
HTML, PDF = "model.html", "model.pdf"


def write(result: Result, folder: Path) -> None:
    """`model.html`, which holds everything it shows, and `model.pdf`."""
    folder.mkdir(parents=True, exist_ok=True)
    told = content(result)
    (folder / PDF).write_bytes(pdf(told))
    (folder / HTML).write_text(html(told), encoding="utf-8")


def html(told: Block) -> str:
    page = Engine(dirs=[str(HERE)]).get_template("page.html")
    for one in _plots(told):
        # Drawn by us, of numbers alone.
        one["drawing"] = mark_safe(one["svg"][one["svg"].index("<svg") :])  # noqa: S308
    return page.render(Context({"document": told, "colours": colours()}))


def pdf(told: Block) -> bytes:
    with TemporaryDirectory() as folder:
        place = Path(folder)
        for one in _plots(told):
            (place / one["file"]).write_text(one["svg"], encoding="utf-8")
        (place / "document.json").write_text(json.dumps(told | {"colours": colours()}), encoding="utf-8")
        (place / "page.typ").write_bytes((HERE / "page.typ").read_bytes())
        # The same card, the same bytes: no time of making.
        made: bytes = typst.compile(place / "page.typ", root=place, format="pdf", timestamp=0)
    return made


def _plots(told: Block) -> list[Block]:
    blocks = [block for part in told["sections"] for block in part["blocks"]]
    return [
        block if block["kind"] == "plot" else block["plot"] for block in blocks if block["kind"] in ("plot", "beside")
    ]
