"""From what departments write to typed values: one SQL expression for each item, generated from the catalogue.

Every expression takes the fast way first (a plain cast) and looks closer only at the rows where that
fails, so that clean files pass at the engine's full speed. A value that cannot be understood becomes NULL,
and `checks` tells a NULL that was written as nothing from one that was not understood.
"""

from __future__ import annotations

from jiahe.catalogue import Catalogue, CodeList, Item, ItemType
from jiahe.lake.columns import ITEM_STORAGE
from jiahe.lake.engines.duckdb import literal, name

FULL_WIDTH = "".join(chr(c) for c in range(0xFF01, 0xFF5F)) + "\u3000"
HALF_WIDTH = "".join(chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)) + " "
FULL_WIDTH_LETTERS = "[０-９Ａ-Ｚａ-ｚ\u3000]"
# A text with nothing to clean: no full-width letter, no space at either end.
CLEAN = "(?s)[^ ０-９Ａ-Ｚａ-ｚ\u3000](?:[^０-９Ａ-Ｚａ-ｚ\u3000]*[^ ０-９Ａ-Ｚａ-ｚ\u3000])?"
LETTERS_FROM = (
    "".join(chr(c) for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))) + "\u3000"
)
LETTERS_TO = (
    "".join(chr(c - 0xFEE0) for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))) + " "
)

NOTHING = ("", "-", "--", "—", "——", "/", "\\", "无", "暂无", "空", "null", "NULL", "None", "\\N", "N/A")
SENTINELS = ("9999-09-09", "9999-12-31", "1899-12-31", "1899-12-30", "1900-01-01", "0001-01-01", "2099-12-31")
ITEM_SQL = {kind: sql for kind, (sql, _) in ITEM_STORAGE.items()}
TRUE_WORDS = ("1", "是", "Y", "y", "true", "TRUE", "True", "有", "yes")
FALSE_WORDS = ("0", "否", "N", "n", "false", "FALSE", "False", "没有", "no")
MULTIPLIERS = (("亿", 100_000_000), ("万", 10_000), ("千", 1_000))
AROUND_CURRENCY = "[-0-9.,()亿万千]"
AMOUNT = r"^(-?[0-9][0-9,]*(?:\.[0-9]+)?)[(]?(亿|万|千)?(元|圆|圓)?([^0-9()]*)[()]*([^0-9()]*)[)]*$"


def listed(words: tuple[str, ...]) -> str:
    return ", ".join(literal(w) for w in words)


def half_width(column: str) -> str:
    """All full-width signs as half-width ones, without spaces: for codes, numbers and dates."""
    return f"replace(translate({column}, {literal(FULL_WIDTH)}, {literal(HALF_WIDTH)}), ' ', '')"


def clean_text(column: str) -> str:
    """Letters and digits half-width; Chinese punctuation stays as it was written."""
    swapped = f"translate({column}, {literal(LETTERS_FROM)}, {literal(LETTERS_TO)})"
    return f"trim(CASE WHEN regexp_matches({column}, {literal(FULL_WIDTH_LETTERS)}) THEN {swapped} ELSE {column} END)"


def is_nothing(column: str) -> str:
    """Whether a cell says nothing: empty, a dash, 无."""
    return f"({column} IS NULL OR trim({column}) IN ({listed(NOTHING)}))"


def says_something(column: str) -> str:
    """The contrary, written so that the engine need not clean what is not there."""
    return f"({column} IS NOT NULL AND trim({column}) NOT IN ({listed(NOTHING)}))"


def value(item: Item, raw: str, catalogue: Catalogue) -> str:
    """The typed value of an item from its raw column."""
    column = name(raw)
    match item.type:
        case ItemType.STRING | ItemType.TEXT:
            return _string(item, column)
        case ItemType.INTEGER:
            return _fast_then(f"try_cast({column} AS BIGINT)", f"try_cast({_plain_number(column)} AS BIGINT)")
        case ItemType.DECIMAL:
            return _decimal(item, column)
        case ItemType.DATE:
            return _date(column)
        case ItemType.YEAR_MONTH:
            return _year_month(column)
        case ItemType.BOOLEAN:
            return _boolean(column)
        case ItemType.CODE:
            return _code(catalogue.code_lists[item.codes or ""], column)


def _fast_then(fast: str, slow: str) -> str:
    """COALESCE evaluates the slow way only for the rows that the fast one left open."""
    return f"coalesce({fast}, {slow})"


def _string(item: Item, column: str) -> str:
    cleaned = f"CASE WHEN regexp_full_match({column}, {literal(CLEAN)}) THEN {column} ELSE nullif({clean_text(column)}, '') END"
    wanted = f"upper({cleaned})" if item.uscc else cleaned
    return f"CASE WHEN {column} NOT IN ('null', 'NULL', '\\N') THEN {wanted} END"


def _plain_number(column: str) -> str:
    return f"regexp_replace({half_width(column)}, '[,，]', '', 'g')"


def _decimal(item: Item, column: str) -> str:
    """The scaled integer: fen for money, the declared number of digits otherwise.

    Most numbers fit where the engine multiplies in 64 bits, which is five times as fast.
    """
    factor = f"{10**item.scale}::DECIMAL({item.scale + 1}, 0)"
    narrow = f"(try_cast({column} AS DECIMAL({17 - item.scale}, {item.scale})) * {factor})::BIGINT"
    wide = _scaled(f"try_cast({column} AS DECIMAL(18, {item.scale}))", item.scale)
    written = amount_in_text(item, column) if item.is_money else _number_with_unit(item, column)
    return f"coalesce({narrow}, {wide}, {written})"


def _number_with_unit(item: Item, column: str) -> str:
    number = f"regexp_replace({_plain_number(column)}, '[^0-9.]+$', '')"
    return _scaled(f"try_cast({number} AS DECIMAL(18, {item.scale}))", item.scale)


def _scaled(number: str, scale: int) -> str:
    """A decimal as its scaled integer; wide enough that no amount that somebody writes stops a batch."""
    return f"try_cast(({number})::DECIMAL(38, {scale}) * {10**scale} AS BIGINT)"


def amount_in_text(item: Item, column: str) -> str:
    """Fen from texts such as 430(万元人民币), 500(万美元), 2505.6833万人民币, 1,200元; without a unit the item's own."""
    text = half_width(column)
    number = (
        f"try_cast(replace(regexp_extract({text}, {literal(AMOUNT)}, 1), ',', '') AS DECIMAL(24, 8))::DECIMAL(38, 8)"
    )
    word = f"regexp_extract({text}, {literal(AMOUNT)}, 2)"
    yuan = f"regexp_extract({text}, {literal(AMOUNT)}, 3)"
    own = 1_000_000 if item.unit == "万元" else 100
    branches = " ".join(f"WHEN {word} = '{sign}' THEN {factor * 100}" for sign, factor in MULTIPLIERS)
    factor = f"CASE {branches} WHEN {yuan} <> '' THEN 100 ELSE {own} END"
    return f"try_cast(round({number} * {factor}, 0) AS BIGINT)"


def currency_in_text(codes: CodeList, column: str) -> str:
    """The currency that an amount's text names; NULL where it names none that is known.

    What is left of the text without digits, brackets and multipliers is mostly a currency's name as it stands; only
    other texts are searched for every name.
    """
    words = f"regexp_replace({half_width(column)}, {literal(AROUND_CURRENCY)}, '', 'g')"
    named = _fast_then(_looked_up(codes, words), _looked_up(codes, f"trim({words}, '元')"))
    found = (
        f"CASE WHEN {words} = '元' THEN 'CNY' WHEN {words} <> '' THEN {_fast_then(named, _searched(codes, column))} END"
    )
    return f"CASE WHEN try_cast({column} AS DOUBLE) IS NULL THEN {found} END"


def _searched(codes: CodeList, column: str) -> str:
    """The first currency whose name stands anywhere in a text."""
    text = half_width(column)
    branches = " ".join(
        f"WHEN contains({text}, {literal(spelling)}) THEN {literal(v.code)}"
        for v in codes.values
        for spelling in sorted({v.name.zh, *(a for a in v.aliases if len(a) > 1)}, key=len, reverse=True)
    )
    return f"CASE {branches} WHEN contains({text}, '元') THEN 'CNY' END"


def _date(column: str) -> str:
    """A date; sentinel dates say nothing and become NULL."""
    sentinels = ", ".join(f"DATE {literal(s)}" for s in SENTINELS)
    return f"CASE WHEN {parsed_date(column)} NOT IN ({sentinels}) THEN {parsed_date(column)} END"


def parsed_date(column: str) -> str:
    """A date as it is written, sentinel or not; NULL where it cannot be read."""
    text = half_width(column)
    separated = f"regexp_replace(regexp_replace({text}, '[年月./]', '-', 'g'), '日.*$|T.*$', '')"
    compact = f"try_strptime({text}, '%Y%m%d')"
    with_time = f"left(trim({column}), 10)"
    slow = f"coalesce(try_cast({separated} AS DATE), CAST({compact} AS DATE), try_cast({with_time} AS DATE))"
    return _fast_then(f"try_cast({column} AS DATE)", slow)


def _year_month(column: str) -> str:
    text = half_width(column)
    separated = f"rtrim(regexp_replace({text}, '[年月./]', '-', 'g'), '-')"
    compact = f"try_strptime({text} || '01', '%Y%m%d')"
    slow = f"coalesce(try_cast({separated} || '-01' AS DATE), CAST({compact} AS DATE), date_trunc('month', try_cast({separated} AS DATE)))"
    return _fast_then(f"try_cast({column} || '-01' AS DATE)", f"CAST({slow} AS DATE)")


def _boolean(column: str) -> str:
    text = f"trim({column})"
    return f"CASE WHEN {text} IN ({listed(TRUE_WORDS)}) THEN true WHEN {text} IN ({listed(FALSE_WORDS)}) THEN false END"


def spelling_type(codes: CodeList) -> str:
    """The name of the enum type that knows every spelling of a code list."""
    return f"spelling_{codes.code}"


def spellings(codes: CodeList) -> dict[str, str]:
    """Every way to write a value of a code list, with the value's code."""
    found: dict[str, str] = {}
    for v in codes.values:
        for spelling in (v.code, v.name.zh, *v.aliases):
            found.setdefault(half_width_text(spelling), v.code)
    return found


def half_width_text(text: str) -> str:
    return text.translate(str.maketrans(FULL_WIDTH, HALF_WIDTH)).replace(" ", "")


def create_spelling_type(codes: CodeList) -> str:
    """The statement that a session needs once for each code list it meets."""
    return f"CREATE TYPE {spelling_type(codes)} AS ENUM ({listed(tuple(spellings(codes)))})"


def _code(codes: CodeList, column: str) -> str:
    """The list's code for any spelling."""
    kind = spelling_type(codes)
    return _looked_up(codes, _fast_then(f"try_cast({column} AS {kind})", f"try_cast({half_width(column)} AS {kind})"))


def _looked_up(codes: CodeList, spelling: str) -> str:
    """The code of an exact spelling: a hash look-up in an enum, then an index into the codes; NULL for any other text."""
    targets = listed(tuple(spellings(codes).values()))
    return f"[{targets}][enum_code(try_cast({spelling} AS {spelling_type(codes)})) + 1]"
