"""Reading affluent.yaml: every error names the file, the line, the key and the fix."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError

from affluent.domain.errors import ConfigurationError
from affluent.settings.currencies import read_rates_file
from affluent.settings.models import Settings
from affluent.settings.problems import Mistake, SettingsInvalid, SettingsProblem
from affluent.settings.references import check_references
from affluent.settings.secrets import BlockReader
from affluent.settings.source import Source, read_source
from affluent.settings.wording import in_words


@dataclass(frozen=True)
class SettingsDocument:
    """The settings of a file, and where in it they stand."""

    settings: Settings
    source: Source

    def missing_secrets(self, blocks: BlockReader) -> Iterator[SettingsProblem]:
        """One problem for each secret that the file names and that is stored nowhere."""
        for location, reference in self.settings.secrets():
            try:
                reference.read(blocks)
            except ConfigurationError as error:
                yield self.source.place(Mistake(location, error.what, error.fix))

    def unreadable_rates(self) -> Iterator[SettingsProblem]:
        """The problem of a file of exchange rates that cannot be read."""
        file = self.settings.currency_rates_file
        if file is None:
            return
        try:
            read_rates_file(self.source.path.parent / file.path)
        except ConfigurationError as error:
            problem = f"{error.what} {error.why}"
            location = ("currency_rates_file", "path")
            yield self.source.place(Mistake(location, problem, error.fix))


def read_settings(path: Path) -> Settings:
    """The settings of a file. Raises SettingsInvalid with every problem at once."""
    return read_document(path).settings


def read_document(path: Path) -> SettingsDocument:
    """The settings of a file with their places. Raises SettingsInvalid as read_settings does."""
    source = read_source(path)
    settings = _validated(source)
    broken = [source.place(mistake) for mistake in check_references(settings)]
    if broken:
        raise SettingsInvalid(broken)
    return SettingsDocument(settings, source)


def _validated(source: Source) -> Settings:
    # Neither error is kept as the cause: both quote what they found, which may be a secret.
    try:
        return Settings(**source.values)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        mistakes = [in_words(detail) for detail in details]
    except SettingsError:
        problem = "a variable that overrides a section is not JSON."
        fix = "Unset the AFFLUENT_ variables, or write their values as JSON."
        mistakes = [Mistake(("environment",), problem, fix)]
    raise SettingsInvalid([source.place(mistake) for mistake in mistakes])
