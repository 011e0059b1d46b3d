"""What no linter knows: no registry address in any file, links that lead somewhere, files and functions of a size to read."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES = 400
FUNCTION_LINES = 50
# In parts, because this file is looked at too.
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("npmmirror", "com"),
        ("tsinghua", "edu"),
        ("aliyun", "com/pypi"),
    )
)
LOCK_WORDS = ("://", "--index-url", "--extra-index-url", "--find-links")
# What holds enterprise data, and which packages may reach for it: everybody else asks `jiahe.profiles`.
_BELOW = ("lake", "creditfile", "gathering", "profiles")
# Makes numbers of everybody's records at once and gives nobody a record.
_BATCH = (*_BELOW, "scoring")
BEHIND_THE_DOOR = {
    "jiahe.lake": _BATCH,
    "jiahe.creditfile.documents": _BELOW,
    "jiahe.creditfile.queries.file": _BELOW,
    "jiahe.gathering.connectors.on_demand": _BELOW,
    "jiahe.consent.actions.use": ("consent", "profiles"),
    "creditfile_document": ("creditfile",),  # the table, in plain SQL
    "jiahe.scoring.queries.scores": ("scoring", "profiles"),
    "jiahe.scoring.models.Score": ("scoring", "profiles"),
    "jiahe.scoring.models.ScoreChange": ("scoring", "profiles"),
    "scoring_score": ("scoring",),
}
# They ask whether a store answers and up to which batch it goes, and read nobody's data.
READ_NO_DATA = ("settings.py", "commands/check.py", "commands/rebuild.py")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME)\b")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def files(root: Path) -> list[Path]:
    """Every file that is committed or would be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return [root / name for name in listed.split("\0") if name and (root / name).is_file()]


def problems(path: Path, root: Path) -> Iterator[str]:
    """One sentence for each thing that is wrong with a file."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    yield from _addresses(path, text)
    if path.suffix == ".md":
        yield from _links(path, text, root)
    if path.suffix == ".py" and "migrations" not in path.parts:
        yield from _sizes(text)
        yield from _ways_around_the_door(path, text, root)
        if path.is_relative_to(root / "src") and UNFINISHED.search(text):
            yield "says that something is unfinished"


def _addresses(path: Path, text: str) -> Iterator[str]:
    for registry in REGISTRIES:
        if registry in text:
            yield f"names the registry {registry}"
    if path.name.startswith("requirements"):
        yield from (f"holds {word}" for word in LOCK_WORDS if word in text)
    if path.name == "package-lock.json" and '"resolved"' in text:
        yield 'holds "resolved" addresses'


def _links(path: Path, text: str, root: Path) -> Iterator[str]:
    for target in LINK.findall(CODE.sub("", text)):
        place = target.partition("#")[0]
        if not place or re.match(r"[a-z]+:", place):
            continue
        base = root if place.startswith("/") else path.parent
        if not (base / place.lstrip("/")).exists():
            yield f"links to {target}, which does not exist"


def _sizes(text: str) -> Iterator[str]:
    lines = text.count("\n")
    if lines > FILE_LINES:
        yield f"has {lines} lines, more than {FILE_LINES}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"line {node.lineno}: {node.name} has {length} lines, more than {FUNCTION_LINES}"


def _ways_around_the_door(path: Path, text: str, root: Path) -> Iterator[str]:
    package = root / "src/jiahe"
    if not path.is_relative_to(package) or path.relative_to(package).as_posix() in READ_NO_DATA:
        return
    owner = path.relative_to(package).parts[0]
    for line, name in _named(ast.parse(text), path.relative_to(root / "src")):
        for kept, owners in BEHIND_THE_DOOR.items():
            if owner not in owners and (name == kept or name.startswith(f"{kept}.") or f" {kept} " in f" {name} "):
                yield f"line {line}: reaches for {kept} past the one door; only {', '.join(owners)} may"


def _named(tree: ast.Module, place: Path) -> Iterator[tuple[int, str]]:
    """Every module that is imported, in whatever way it is written, and every text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = ".".join(place.parts[: -node.level]) if node.level else ""
            module = ".".join(part for part in (above, node.module) if part)
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def main() -> None:
    found = [f"{path.relative_to(ROOT)}: {problem}" for path in files(ROOT) for problem in problems(path, ROOT)]
    for line in found:
        print(line)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
