"""What the command line prints: results on stdout, messages on stderr, JSON alone where asked for."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import typer

from atlas.manifest import read_manifest
from atlas.stufen import STAGES
from atlas.zahlwort import count

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.aktualitaet import Zustand
    from atlas.diagnose import Ergebnis
    from atlas.lauf import Schritt
    from atlas.projekt import Projekt


_EINZAHL = {
    "quellen": "Quelle",
    "indikatoren": "Indikator",
    "dimensionen": "Dimension",
    "indizes": "Index",
    "ausgaben": "Ausgabe",
}


@dataclass(frozen=True)
class Anzeige:
    """How to show an outcome; `still` leaves errors only."""

    form: Literal["text", "json"]
    still: bool

    def show_schritt(self, schritt: Schritt) -> None:
        """Show one finished step, one line each."""
        if not self.still:
            dauer = f"{schritt.sekunden:6.1f} s".replace(".", ",")
            typer.echo(f"{schritt.stufe:<9}{dauer}  {schritt.meldung}", err=True)
            for befund in schritt.befunde:
                typer.echo(f"          {befund}", err=True)

    def show_ergebnis(self, projekt: Projekt, schritte: list[Schritt]) -> None:
        """Name the finished books."""
        setzende = {stufe.name for stufe in STAGES if stufe.ziel == "reports"}
        buecher = _buecher(projekt) if any(schritt.stufe in setzende for schritt in schritte) else []
        if self.form == "json":
            self._json({"schritte": [asdict(schritt) for schritt in schritte], "buecher": buecher})
        elif not self.still:
            for buch in buecher:
                typer.echo(buch)

    def show_neu(self, ordner: Path, fehlendes: Path | None, *, laeuft: bool) -> None:
        """Say where the new project is and how to go on; `fehlendes`: its crontab names a program that is not there."""
        if self.form == "json":
            self._json({"projekt": str(ordner.resolve())})
        elif not self.still:
            from shlex import quote  # an import only this command needs

            weiter = "atlas build" if laeuft else "atlas check, dann die Dateien in config/ der Reihe nach lesen"
            typer.echo(f"Projekt angelegt in {ordner}. Weiter mit: cd {quote(str(ordner))} && {weiter}", err=True)
            if fehlendes is not None:
                rat = "Vor dem Einspielen dort den Ort von atlas eintragen; ihn nennt: command -v atlas"
                typer.echo(f"In betrieb/crontab steht {fehlendes}, das Programm gibt es dort nicht. {rat}", err=True)

    def show_check(self, zahlen: dict[str, int], ohne_schutz: list[str]) -> None:
        """Say what a sound configuration holds, and which Ausgaben protect no small numbers."""
        if self.form == "json":
            self._json({"in_ordnung": True, **zahlen, "ohne_schutz": ohne_schutz})
        elif not self.still:
            teile = ", ".join(count(anzahl, _EINZAHL[name], name.capitalize()) for name, anzahl in zahlen.items())
            typer.echo(f"Konfiguration in Ordnung: {teile}.")
            for name in ohne_schutz:
                typer.echo(f"Ausgabe {name}: ohne Schutz kleiner Zahlen.")

    def show_zustaende(self, zustaende: list[Zustand]) -> None:
        """Show per stage whether it is current and, if not, why."""
        if self.form == "json":
            self._json([asdict(zustand) | {"ist_aktuell": zustand.ist_aktuell} for zustand in zustaende])
            return
        for zustand in () if self.still else zustaende:
            typer.echo(f"{zustand.stufe:<9} {'aktuell' if zustand.ist_aktuell else 'veraltet'}")
            for grund in zustand.gruende:
                typer.echo(f"          {grund}")
            if zustand.offene_fehler:
                typer.echo(f"          offene Fehler: {zustand.offene_fehler}")

    def show_diagnose(self, ergebnisse: list[Ergebnis]) -> None:
        """Show what was looked at and what to do where something is missing."""
        if self.form == "json":
            self._json([asdict(ergebnis) for ergebnis in ergebnisse])
            return
        for ergebnis in () if self.still else ergebnisse:
            typer.echo(f"{'gut ' if ergebnis.in_ordnung else 'FEHLT'} {ergebnis.was}: {ergebnis.text}")

    @staticmethod
    def _json(wert: object) -> None:
        typer.echo(json.dumps(wert, ensure_ascii=False, indent=1))


def _buecher(projekt: Projekt) -> list[str]:
    ordner = projekt.reports / "aktuell"
    manifest = read_manifest(ordner)
    namen = sorted(name for name in manifest.dateien if name.endswith(".pdf")) if manifest else []
    return [projekt.relativ(ordner / name) for name in namen]
