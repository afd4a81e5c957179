"""Errors that end a run: each says where, what and what now, and carries its exit code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.zahlwort import count
from atlas.zeichen import tame

if TYPE_CHECKING:
    from collections.abc import Iterable


class AtlasError(Exception):
    """The run cannot go on; the message is German and meant for the person at the keyboard."""

    exit_code = 1


class NutzungError(AtlasError):
    """The command was called in a way that cannot work (exit code 2)."""

    exit_code = 2


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file: where it stands, what is wrong and what would be right."""

    datei: str
    zeile: int
    ort: str
    text: str

    def __str__(self) -> str:
        """Give the line under which the problem is printed below the name of its file.

        What comes out of a file may hold characters that steer a terminal or forge a line: they are replaced.
        """
        stelle = f"Zeile {self.zeile:<4} " if self.zeile else ""
        zeile = f"{stelle}{self.ort}: {self.text}" if self.ort else f"{stelle}{self.text}"
        return tame(zeile)


class ProblemeError(AtlasError):
    """Several problems found in one pass, printed per file in the order of their lines."""

    def __init__(self, probleme: Iterable[Problem]) -> None:
        """Keep the problems sorted by file and line."""
        self.probleme = tuple(sorted(set(probleme)))
        super().__init__(self._text())

    def _text(self) -> str:
        zeilen: list[str] = []
        for datei in sorted({problem.datei for problem in self.probleme}):
            eigene = [problem for problem in self.probleme if problem.datei == datei]
            zeilen.append(f"{count(len(eigene), 'Problem', 'Probleme')} in {tame(datei)}")
            zeilen.extend(f"  {problem}" for problem in eigene)
        return "\n".join(zeilen)


class KonfigurationError(ProblemeError):
    """A file under config/ is wrong (exit code 3)."""

    exit_code = 3


class EingabeError(ProblemeError):
    """A raw file is missing or cannot be read as declared (exit code 4)."""

    exit_code = 4


class BefundeError(AtlasError):
    """Findings of severity Fehler are open (exit code 5)."""

    exit_code = 5


class ArbeitOffenError(AtlasError):
    """`atlas status --exit-code`: a stage would run (exit code 10)."""

    exit_code = 10


class GesperrtError(AtlasError):
    """Another run holds the lock of the project (exit code 75, as in sysexits.h EX_TEMPFAIL)."""

    exit_code = 75


class AbbruchError(AtlasError):
    """The run was interrupted; the last good state stays (exit code 130)."""

    exit_code = 130
