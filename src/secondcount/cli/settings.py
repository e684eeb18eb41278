"""All settings in one typed object, each with its origin: default, settings file, or environment.

Settings come from `secondcount.toml` in the working directory (or --config FILE) and from SECONDCOUNT_* in the
environment, which wins. Options of the command line are no settings: they hold for one run.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from secondcount.errors import InputError, refusing

__all__ = ["DEFAULT_FILE", "Loaded", "Settings", "load_settings", "shown_value"]

DEFAULT_FILE = "secondcount.toml"
PREFIX = "SECONDCOUNT_"
SHOWN_LENGTH = 60  # characters of a refused value that its error quotes

Language = Literal["en", "ru", "kk"]


class Settings(BaseSettings):
    """Everything that can be set; what each one means and allows is in the catalogues under `setting.<name>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

    language: Language | Literal["auto"] = "auto"
    out: Path = Path("report")
    report_languages: Annotated[tuple[Language, ...], NoDecode, Field(min_length=1)] = ("en", "ru", "kk")
    log_level: Literal["warning", "info", "debug"] = "warning"
    log_json: bool = False
    max_table_mb: Annotated[int, Field(ge=1)] = 512
    database_url: SecretStr = SecretStr("")

    @field_validator("report_languages", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        """Let the environment say en,ru where the file says ["en", "ru"]."""
        return [one.strip() for one in value.split(",")] if isinstance(value, str) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file (whose values are handed over as `init_settings`)."""
        return env_settings, init_settings


Kind = TypeVar("Kind", bound=BaseSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded(Generic[Kind]):
    """The settings of this run and, for each, the file name or variable it came from (no entry = default)."""

    settings: Kind
    origins: Mapping[str, str]


def load_settings(file: Path | None, kind: type[Kind]) -> Loaded[Kind]:
    """Return the settings from a file (None = the default file, where it exists) and the environment.

    Raises:
        InputError: the file cannot be read (X110) or is no TOML (X122), names no setting (X121),
            or a value is not allowed (X120).

    """
    source = file or (Path(DEFAULT_FILE) if Path(DEFAULT_FILE).is_file() else None)
    from_file = _read(source) if source else {}
    origins = dict.fromkeys(from_file, source.name) if source else {}
    origins |= {name: (PREFIX + name).upper() for name in EnvSettingsSource(kind)()}
    try:
        return Loaded(settings=kind(**from_file), origins=origins)
    except ValidationError as error:
        raise _refusal(error, origins, kind) from None


def _read(file: Path) -> dict[str, Any]:
    try:
        with refusing("X110", file):
            return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError
        raise InputError("X122", file=str(file), reason=str(error)) from error


def _refusal(error: ValidationError, origins: Mapping[str, str], kind: type[BaseSettings]) -> InputError:
    first = error.errors()[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    if name not in kind.model_fields:
        nearest = get_close_matches(name, kind.model_fields, n=1, cutoff=0)
        return InputError("X121", setting=name, file=origins.get(name, DEFAULT_FILE), nearest=", ".join(nearest))
    value = "***" if _is_secret(kind, name) else str(first["input"])[:SHOWN_LENGTH]
    return InputError("X120", setting=name, origin=origins.get(name, DEFAULT_FILE), value=value)


def _is_secret(kind: type[BaseSettings], name: str) -> bool:
    return "Secret" in str(kind.model_fields[name].annotation)


def shown_value(value: object) -> str:
    """Return a setting's value as `config show` prints it; of a secret only that it is set."""
    if isinstance(value, SecretStr):
        return "***" if value.get_secret_value() else ""
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
