"""The command `jiahe`: one module of jiahe.commands for each of its commands.

Exit codes: 0 done, 1 done with something refused, 2 could not do it, with one clear line on stderr.
"""

from __future__ import annotations

import os
import re
import sys
import traceback
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import django
import typer
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.utils import translation
from django.utils.translation import gettext as _
from typer.exceptions import TyperException

from jiahe import commands
from jiahe.kit.configuration import is_on, setting
from jiahe.kit.disk import is_full
from jiahe.kit.errors import JiaheError
from jiahe.kit.preparation import prepare

FAILED = 2
# These work on files alone, or say themselves what is the matter with the database.
WITHOUT_DATABASE = {
    "audit verify-export",
    "bench",
    "catalogue",
    "check",
    "city",
    "consent",
    "restore",
    "score test",
    "score train",
}


def main() -> None:
    """Run one command and end the process with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiahe.settings")
    try:
        sys.exit(_run(sys.argv[1:]))
    except BrokenPipeError:
        # The reader of our output has left, as `head` does; nothing may be flushed to it any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - whatever went wrong ends in one line and exit code 2
        if is_on("JIAHE_DEBUG"):
            traceback.print_exc()
        print(sentence(error), file=sys.stderr)
        sys.exit(FAILED)


def _run(arguments: list[str]) -> int:
    django.setup()
    translation.activate(setting("JIAHE_LANGUAGE"))
    app = application(arguments)
    if _needs_database(arguments):
        prepare()
    code = app(arguments, prog_name="jiahe", standalone_mode=False)
    return code if isinstance(code, int) else 0


def _needs_database(arguments: list[str]) -> bool:
    named = {" ".join(arguments[:1]), " ".join(arguments[:2])}
    return bool(arguments) and not named & WITHOUT_DATABASE and not {"--help", "-h"} & set(arguments)


def application(arguments: list[str]) -> typer.Typer:
    """The commands that the arguments can mean: the named one alone starts faster than all of them."""
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(help=_("嘉禾信：城市企业融资信用平台"))(_nothing)
    for module in _modules(arguments[0] if arguments else ""):
        module.register(app)
    return app


def _nothing() -> None:
    """Makes the application a group even when one command alone is registered."""


def _modules(wanted: str) -> list[ModuleType]:
    names = [m.name for m in iter_modules(commands.__path__)]
    chosen = [wanted] if wanted in names else names
    return [m for m in (import_module(f"jiahe.commands.{name}") for name in chosen) if hasattr(m, "register")]


def sentence(error: Exception) -> str:
    """One line that says what is the matter; never the values that an unforeseen error may carry."""
    if isinstance(error, JiaheError):
        return error.sentence
    if isinstance(error, TyperException):
        return _usage(error)
    if isinstance(error, ImproperlyConfigured):
        return str(error)  # settings are not readable, so that no language is known
    if is_full(error):
        return _("磁盘空间不足：请腾出空间后重试，此前已完成的内容没有改变。")
    if isinstance(error, OperationalError | InterfaceError):
        return _("数据库不可用：{reason}").format(reason=_first_line(error))
    if isinstance(error, OSError):
        return _("文件无法读写：{reason}").format(reason=_first_line(error))
    return _("程序出错({kind}，{place})：设 JIAHE_DEBUG=1 再运行可见详情。").format(
        kind=type(error).__name__, place=_place(error)
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _place(error: Exception) -> str:
    """Where in the code it happened: the innermost line of our own."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "/jiahe/" in f.filename] or frames
    return f"{own[-1].filename.rpartition('/jiahe/')[2]}:{own[-1].lineno}" if own else "?"


def _usage(error: TyperException) -> str:
    """What is wrong with the arguments, in the reader's language."""
    english = _first_line(error) if not hasattr(error, "format_message") else error.format_message()
    for pattern, text in _phrases():
        if found := re.fullmatch(pattern, english, re.DOTALL):
            return text.format(*found.groups())
    return english


def _phrases() -> list[tuple[str, str]]:
    return [
        (r"Missing (?:argument|option|parameter) (.+?)\.?", _("缺少参数 {0}：用 --help 查看用法。")),
        (r"No such option: (\S+).*", _("没有选项 {0}：用 --help 查看用法。")),
        (r"No such command (.+?)\..*", _("没有命令 {0}：用 jiahe --help 查看全部命令。")),
        (r"Got unexpected extra argument\S* \((.+)\)", _("多余的参数 {0}：用 --help 查看用法。")),
        (r"Option (\S+) requires an argument\.", _("选项 {0} 需要给出值。")),
        (r"Invalid value: (.+)", "{0}"),
        (r"Invalid value for (.+?): (.+)", _("{0} 的值无效：{1}")),
    ]


if __name__ == "__main__":
    main()
