"""What makes a workbook unreadable, said in the child process that reads it; light for the same reason."""

from __future__ import annotations

from typing import Final

NEU: Final = "In Excel öffnen, neu als XLSX speichern."
UNVOLLSTAENDIG: Final = f"die Arbeitsmappe ist beschädigt oder unvollständig. Neu herunterladen, oder: {NEU}"
BESCHAEDIGT: Final = "die Arbeitsmappe ist beschädigt. Neu herunterladen, oder in Excel öffnen und neu speichern."
KENNWORT: Final = "die Arbeitsmappe ist mit einem Kennwort geschützt. Ohne Kennwort neu anfordern oder speichern."
FREMD: Final = "enthält XML-Bestandteile, die kein Tabellenprogramm schreibt ({}). In Excel öffnen, neu speichern."
FALSCH: Final = f"die Arbeitsmappe ist fehlerhaft aufgebaut. {NEU}"


class UnlesbarError(Exception):
    """The workbook cannot be read; `probleme` are (row, place, text) in German, row 0 for the whole file."""

    def __init__(self, text: str, *, zeile: int = 0, ort: str = "") -> None:
        """Say one thing that is wrong; `join` says several."""
        super().__init__(text)
        self.probleme: list[tuple[int, str, str]] = [(zeile, ort, text)]

    def at(self, ort: str) -> UnlesbarError:
        """Say it of a sheet: its name stands before the cell."""
        self.probleme = [(zeile, f"{ort}, {zelle}" if zelle else ort, text) for zeile, zelle, text in self.probleme]
        return self

    @classmethod
    def join(cls, fehler: list[UnlesbarError]) -> UnlesbarError:
        """Make one error of several."""
        alle = cls(str(fehler[0]))
        alle.probleme = [problem for einer in fehler for problem in einer.probleme]
        return alle
