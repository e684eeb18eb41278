"""Settings: typed, each with its origin, wrong ones told by name, secrets never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from secondcount.cli.settings import Settings, load_settings, shown_value
from secondcount.errors import InputError
from secondcount.wording import LANGUAGES, phrasebook


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, without any SECONDCOUNT_* of this machine."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"SECONDCOUNT_{name.upper()}", raising=False)
    return tmp_path


def written(folder: Path, text: str, name: str = "secondcount.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


class Secretive(BaseSettings):
    """Settings with a secret, as later steps have them."""

    model_config = SettingsConfigDict(env_prefix="SECONDCOUNT_", extra="forbid")

    token: SecretStr = SecretStr("")


class TestOrigin:
    """Every value knows where it came from."""

    def test_defaults_have_no_origin(self) -> None:
        """Without file and environment everything is default."""
        loaded = load_settings(None, Settings)
        assert loaded.origins == {}
        assert loaded.settings.out == Path("report")
        assert loaded.settings.report_languages == ("en", "ru", "kk")

    def test_the_file_of_the_working_directory_is_read(self, tmp_path: Path) -> None:
        """A value of secondcount.toml has the file as its origin."""
        written(tmp_path, 'language = "kk"\nreport_languages = ["ru", "en"]\n')
        loaded = load_settings(None, Settings)
        assert (loaded.settings.language, loaded.settings.report_languages) == ("kk", ("ru", "en"))
        assert loaded.origins == {"language": "secondcount.toml", "report_languages": "secondcount.toml"}

    def test_the_environment_wins_over_the_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The origin is then the variable."""
        written(tmp_path, 'out = "from-file"\n')
        monkeypatch.setenv("SECONDCOUNT_OUT", "from-environment")
        loaded = load_settings(None, Settings)
        assert loaded.settings.out == Path("from-environment")
        assert loaded.origins == {"out": "SECONDCOUNT_OUT"}

    def test_a_named_file_is_read_instead(self, tmp_path: Path) -> None:
        """--config leaves the file of the working directory alone; a byte-order mark does no harm."""
        written(tmp_path, 'language = "kk"\n')
        other = written(tmp_path, '\ufefflanguage = "ru"\n', "other.toml")
        loaded = load_settings(other, Settings)
        assert loaded.settings.language == "ru"
        assert loaded.origins == {"language": "other.toml"}

    def test_lists_are_comma_separated_in_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No JSON in a variable."""
        monkeypatch.setenv("SECONDCOUNT_REPORT_LANGUAGES", "kk, en")
        assert load_settings(None, Settings).settings.report_languages == ("kk", "en")

    def test_other_variables_are_not_ours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """SECONDCOUNT_SHARED tells tests where data lies; it is no setting and no error."""
        monkeypatch.setenv("SECONDCOUNT_SHARED", "elsewhere")
        assert load_settings(None, Settings).origins == {}


class TestRefusals:
    """Wrong settings are told by name and place."""

    @pytest.mark.parametrize(
        ("text", "code", "values"),
        [
            ('language = "de"\n', "X120", {"setting": "language", "value": "de", "origin": "secondcount.toml"}),
            ("max_table_mb = 0\n", "X120", {"setting": "max_table_mb", "value": "0", "origin": "secondcount.toml"}),
            ("report_languages = []\n", "X120", {"setting": "report_languages"}),
            ('log_json = "perhaps"\n', "X120", {"setting": "log_json", "value": "perhaps"}),
            ('langauge = "ru"\n', "X121", {"setting": "langauge", "nearest": "language", "file": "secondcount.toml"}),
            ("language = \n", "X122", {"file": "secondcount.toml"}),
        ],
    )
    def test_a_wrong_file(self, tmp_path: Path, text: str, code: str, values: dict[str, str]) -> None:
        """A value that is not allowed, a name that does not exist, a file that is no TOML."""
        written(tmp_path, text)
        with pytest.raises(InputError) as caught:
            load_settings(None, Settings)
        assert caught.value.code == code
        assert values.items() <= caught.value.values.items()

    def test_a_wrong_variable(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The origin is the variable."""
        monkeypatch.setenv("SECONDCOUNT_LOG_LEVEL", "loud")
        with pytest.raises(InputError) as caught:
            load_settings(None, Settings)
        assert caught.value.values["origin"] == "SECONDCOUNT_LOG_LEVEL"

    @pytest.mark.parametrize("name", ["nowhere.toml", "."])
    def test_a_file_that_cannot_be_read(self, name: str) -> None:
        """A named file that is not there, or a folder, is told with the system's reason."""
        with pytest.raises(InputError) as caught:
            load_settings(Path(name), Settings)
        assert caught.value.code == "X110"

    def test_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        """A file in another encoding is no TOML."""
        (tmp_path / "secondcount.toml").write_bytes(b'out = "\xff"\n')
        with pytest.raises(InputError) as caught:
            load_settings(None, Settings)
        assert caught.value.code == "X122"


class TestSecrets:
    """A secret is never printed, not even a wrong one."""

    def test_a_secret_is_shown_as_set_or_not_set(self) -> None:
        """Three asterisks, or nothing."""
        assert shown_value(SecretStr("very-secret")) == "***"
        assert shown_value(SecretStr("")) == ""

    def test_a_refused_secret_is_not_quoted(self, tmp_path: Path) -> None:
        """The error about a secret does not hold it."""
        written(tmp_path, "token = 123456\n")
        with pytest.raises(InputError) as caught:
            load_settings(None, Secretive)
        assert "123456" not in str(caught.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_is_explained(language: str) -> None:
    """Each setting has its meaning and what it allows in every language."""
    book = phrasebook(language)
    parts = ("meaning", "allowed")
    assert [name for name in Settings.model_fields for part in parts if not book.has(f"setting.{name}.{part}")] == []
