"""Every sentence has its English, with the same blanks to fill in, and nothing else is translated."""

import re

from babel.messages.catalog import Message

from tools.translations import Text, english, sentences, translated

BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*(?:![rsa])?(?::[^{}]*)?\}")
Key = tuple[str | None, str]


def by_key(catalog: list[Message]) -> dict[Key, Message]:
    return {(m.context, str(m.id)): m for m in catalog if m.id}


def texts(message: Text | None) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message or ())


def test_every_sentence_is_in_the_english_file_and_no_other() -> None:
    written, known = by_key(list(sentences())), by_key(list(english()))
    assert len(written) > 100
    assert sorted(map(str, written.keys() ^ known.keys())) == []  # `make translations` collects and drops


def test_every_sentence_has_its_english() -> None:
    assert [m.id for m in english() if m.id and not translated(m.string)] == []


def test_the_english_fills_in_the_same_blanks() -> None:
    different = [
        (message.id, text)
        for message in english()
        if message.id and translated(message.string)
        for text in texts(message.string)
        if set(BLANK.findall(text)) - {"%(count)s"} != set(BLANK.findall(texts(message.id)[-1])) - {"%(count)s"}
    ]
    assert different == []
