"""Translations with Babel: `collect` the sentences of the code and the templates, `compile` what was translated."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "src/jiahe"
ENGLISH = PACKAGE / "locale/en/LC_MESSAGES/django.po"
# Which arguments of a function are its texts, and which its context.
KEYWORDS: dict[str, tuple[tuple[int, ...], int | None]] = {
    "_": ((1,), None),
    "gettext": ((1,), None),
    "gettext_lazy": ((1,), None),
    "gettext_noop": ((1,), None),
    "ngettext": ((1, 2), None),
    "ngettext_lazy": ((1, 2), None),
    "pgettext": ((2,), 1),
    "pgettext_lazy": ((2,), 1),
    "npgettext": ((2, 3), 1),
    "npgettext_lazy": ((2, 3), 1),
}
Text = str | Sequence[str]
# Fixed, so that the file changes only with its sentences.
HEADER = """\
# English translations of Jiahe, licensed as Jiahe is.
msgid ""
msgstr ""
"Project-Id-Version: Jiahe\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def sentences() -> Catalog:
    """Everything that is marked for translation, without places: they would change with every edit."""
    catalog = Catalog(project="Jiahe")
    for path in sorted(PACKAGE.rglob("*.py")):
        _add(catalog, path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("templates/**/*.*")):
        _add(catalog, _as_python(path.read_text(encoding="utf-8")))
    return catalog


def _as_python(template: str) -> str:
    """Django's own view of a template, with the layout removed that Python would take for indentation."""
    return "\n".join(line.strip() for line in templatize(template).splitlines())


def _add(catalog: Catalog, source: str) -> None:
    for message, context in _messages(source):
        flags = ["python-format"] if "%(" in str(message) else []
        catalog.add(message, context=context, flags=flags)


def _messages(source: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    keywords: dict[str, None] = dict.fromkeys(KEYWORDS)
    # Babel's own annotation names the four parts of a find in another order than they come.
    found = cast(Iterable[tuple[int, str, Any, Any]], extract_python(BytesIO(source.encode()), keywords, [], {}))
    for _line, function, arguments, _comments in found:
        given = (arguments,) if isinstance(arguments, str) else tuple(arguments)
        places, context = KEYWORDS[function]
        texts = tuple(given[place - 1] for place in places if place <= len(given))
        if texts and all(texts):
            yield (texts[0] if len(texts) == 1 else texts), given[context - 1] if context else None


def english() -> Catalog:
    """What is translated so far."""
    if not ENGLISH.exists():
        return Catalog(locale="en", project="Jiahe", charset="utf-8")
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en", charset="utf-8", abort_invalid=True)


def collect() -> None:
    """Add what is new to the English file and drop what is gone; says what is still to be translated."""
    catalog, template = english(), sentences()
    for message in list(catalog):
        if message.id and template.get(message.id, message.context) is None:
            catalog.delete(message.id, message.context)
    for message in template:
        if message.id and catalog.get(message.id, message.context) is None:
            catalog.add(message.id, context=message.context, flags=message.flags)
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalog, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True, width=110)
    for message in catalog:
        if message.id and not translated(message.string):
            print(repr(message.id))


def translated(text: Text | None) -> bool:
    return bool(text) if isinstance(text, str | None) else all(text)


def compile_all() -> None:
    for path in PACKAGE.glob("locale/*/LC_MESSAGES/*.po"):
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


if __name__ == "__main__":
    {"collect": collect, "compile": compile_all}[sys.argv[1]]()
