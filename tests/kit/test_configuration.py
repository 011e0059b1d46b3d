import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from jiahe.kit.configuration import SETTINGS, fill_environment, is_on, setting


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for one in SETTINGS:
        monkeypatch.delenv(one.name, raising=False)
    # Set and deleted again: whatever the test fills in is taken back at its end.
    for one in SETTINGS:
        monkeypatch.setenv(one.name, "")
        monkeypatch.delenv(one.name)
    return tmp_path / "jiahe.toml"


def test_the_file_fills_what_the_environment_leaves_unset(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIAHE_HOME", "/from/environment")
    file.write_text(
        'home = "/from/file"\ndatabase_url = "postgresql:///credit"\nhosts = ["a.example", "b.example"]\ndemo = true\n'
    )
    fill_environment(file)
    assert setting("JIAHE_HOME") == "/from/environment"
    assert setting("DATABASE_URL") == "postgresql:///credit"
    assert setting("JIAHE_HOSTS") == "a.example,b.example"
    assert is_on("JIAHE_DEMO")


def test_an_unknown_key_is_refused_and_changes_nothing(file: Path) -> None:
    file.write_text('homes = "/from/file"\n')
    before = dict(os.environ)
    with pytest.raises(ImproperlyConfigured, match="homes"):
        fill_environment(file)
    assert dict(os.environ) == before


def test_a_file_that_is_no_toml_is_refused_with_its_name(file: Path) -> None:
    file.write_text("home = \n")
    with pytest.raises(ImproperlyConfigured, match=r"jiahe\.toml"):
        fill_environment(file)


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    fill_environment(file)
    assert setting("JIAHE_LANGUAGE") == "zh-hans"
    assert not is_on("JIAHE_DEMO")


def test_a_setting_that_is_not_declared_has_no_value() -> None:
    with pytest.raises(KeyError):
        setting("JIAHE_NO_SUCH_SETTING")
