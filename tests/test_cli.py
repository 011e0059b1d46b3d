import pytest

from tests.conftest import Installation


def test_help_needs_no_home(installation: Installation) -> None:
    assert "gather" in installation.run("--help").stdout
    assert not (installation.home / "jiahe.sqlite3").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "没有命令 'nothing'：用 jiahe --help 查看全部命令。"),
        (["file"], "缺少参数 'uscc'：用 --help 查看用法。"),
        (["file", "x", "--nothing"], "没有选项 --nothing：用 --help 查看用法。"),
        (["file", "x", "y"], "多余的参数 y：用 --help 查看用法。"),
    ],
)
def test_wrong_arguments_end_in_one_line_and_exit_code_2(
    installation: Installation, arguments: list[str], said: str
) -> None:
    done = installation.run(*arguments, code=2)
    assert (done.stdout, done.stderr) == ("", said + "\n")


def test_a_failure_is_one_sentence_without_a_trace(installation: Installation) -> None:
    done = installation.run("file", "91330421MA29H4555E", code=2)
    assert done.stderr == "没有统一社会信用代码为“91330421MA29H4555E”的企业：请核对后重试。\n"


def test_english_where_it_is_wanted(installation: Installation) -> None:
    done = installation.run("file", code=2, JIAHE_LANGUAGE="en")
    assert done.stderr == "Missing argument 'uscc': see --help for the usage.\n"


def test_a_wrong_setting_is_named(installation: Installation) -> None:
    done = installation.run("file", "x", code=2, DATABASE_URL="mysql://localhost/x")
    assert done.stderr == "DATABASE_URL: 不支持“mysql”，请用 postgresql:// 或 sqlite:///\n"


def test_an_unreachable_database_is_one_line(installation: Installation) -> None:
    done = installation.run("file", "x", code=2, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    assert done.stderr.startswith("数据库不可用：")
    assert done.stderr.count("\n") == 1
