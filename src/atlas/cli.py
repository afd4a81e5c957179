"""The command line: parse, call one function, show the outcome, map errors to exit codes."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from atlas import __version__
from atlas.anzeige import Anzeige
from atlas.cli_deutsch import DeutscheGruppe, DeutscherBefehl, translate_nutzung
from atlas.errors import AbbruchError, ArbeitOffenError, AtlasError

Stufenname = Literal["ingest", "validate", "compute", "render"]
Format = Literal["text", "json"]
ProjektOption = Annotated[
    Path | None,
    typer.Option("--projekt", help="Projektordner (sonst ATLAS_PROJEKT, sonst aufwärts gesucht)."),
]
RohOption = Annotated[Path | None, typer.Option("--roh", help="Ordner statt data/raw (sonst ATLAS_ROH).")]
ForceOption = Annotated[bool, typer.Option("--force", help="Auch ausführen, was aktuell ist.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Nur sagen, was ausgeführt würde.")]
FormatOption = Annotated[Format, typer.Option("--output-format", help="Form der Ausgabe auf stdout.")]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="Nur Fehler melden.")]

app = typer.Typer(
    cls=DeutscheGruppe,
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def start(
    *, version: Annotated[bool, typer.Option("--version", help="Version nennen und aufhören.")] = False
) -> None:
    """Vom Rohdatensatz zum Sozialstrukturatlas.

    Beispiele:

      atlas new musterkreis && cd musterkreis && atlas build

      atlas check          Konfiguration prüfen

      atlas status         Was ist aktuell, was ist veraltet und warum?
    """
    if version:
        typer.echo(f"atlas {__version__}")
        raise typer.Exit


@app.command(cls=DeutscherBefehl)
def new(
    ordner: Annotated[
        Path, typer.Argument(help="Neuer Ordner; er darf noch nicht existieren oder ist leer.")
    ],
) -> None:
    """Ein neues Projekt anlegen: der Landkreis Musterland zum Umbauen.

    Beispiel: atlas new musterkreis
    """
    from atlas.neu import create_projekt

    create_projekt(ordner)
    typer.echo(f"Projekt angelegt in {ordner}. Weiter mit: cd {ordner} && atlas build", err=True)


@app.command(cls=DeutscherBefehl)
def check(projekt: ProjektOption = None, ausgabeformat: FormatOption = "text") -> None:
    """Die Konfiguration prüfen: alle Fehler aller Dateien auf einmal, mit Zeile.

    Beispiel: atlas check
    """
    from atlas.config.laden import load_konfiguration
    from atlas.projekt import find_projekt

    konfiguration = load_konfiguration(find_projekt(projekt))
    zahlen = {
        "quellen": len(konfiguration.quellen.quellen),
        "indikatoren": len(konfiguration.indikatoren.indikatoren),
        "dimensionen": len(konfiguration.dimensionen.dimensionen),
        "indizes": len(konfiguration.dimensionen.indizes),
        "ausgaben": len(konfiguration.ausgaben.ausgaben),
    }
    Anzeige(ausgabeformat, still=False).show_check(zahlen)


@app.command(cls=DeutscherBefehl)
def ingest(
    projekt: ProjektOption = None,
    roh: RohOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    ausgabeformat: FormatOption = "text",
    quiet: QuietOption = False,
) -> None:
    """Rohdaten einlesen, so wie config/quellen.yaml sie beschreibt.

    Beispiel: atlas ingest --roh ~/lieferungen/2025
    """
    _run(
        projekt,
        roh,
        "ingest",
        "ingest",
        Anzeige(ausgabeformat, still=quiet),
        erzwinge=force,
        nur_zeigen=dry_run,
    )


@app.command(cls=DeutscherBefehl)
def validate(
    projekt: ProjektOption = None,
    roh: RohOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    ausgabeformat: FormatOption = "text",
    quiet: QuietOption = False,
) -> None:
    """Die eingelesenen Daten prüfen und alle Befunde sammeln.

    Beispiel: atlas validate --output-format json
    """
    _run(
        projekt,
        roh,
        "validate",
        "validate",
        Anzeige(ausgabeformat, still=quiet),
        erzwinge=force,
        nur_zeigen=dry_run,
    )


@app.command(cls=DeutscherBefehl)
def compute(
    projekt: ProjektOption = None,
    roh: RohOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    ausgabeformat: FormatOption = "text",
    quiet: QuietOption = False,
) -> None:
    """Indikatoren und Indizes berechnen und für jede Ausgabe freigeben.

    Beispiel: atlas compute
    """
    _run(
        projekt,
        roh,
        "compute",
        "compute",
        Anzeige(ausgabeformat, still=quiet),
        erzwinge=force,
        nur_zeigen=dry_run,
    )


@app.command(cls=DeutscherBefehl)
def render(
    projekt: ProjektOption = None,
    roh: RohOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    ausgabeformat: FormatOption = "text",
    quiet: QuietOption = False,
) -> None:
    """Die Bücher setzen: ein PDF je Ausgabe in reports/aktuell.

    Beispiel: atlas render --force
    """
    _run(
        projekt,
        roh,
        "render",
        "render",
        Anzeige(ausgabeformat, still=quiet),
        erzwinge=force,
        nur_zeigen=dry_run,
    )


@app.command(cls=DeutscherBefehl)
def build(
    projekt: ProjektOption = None,
    roh: RohOption = None,
    von: Annotated[Stufenname | None, typer.Option("--from", help="Erste Stufe.")] = None,
    bis: Annotated[Stufenname | None, typer.Option("--until", help="Letzte Stufe.")] = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    ausgabeformat: FormatOption = "text",
    quiet: QuietOption = False,
) -> None:
    """Alles Nötige ausführen: einlesen, prüfen, berechnen, setzen.

    Beispiele:

      atlas build

      atlas build --projekt beispiele/berlin-mss-2021 --roh ~/daten
    """
    _run(projekt, roh, von, bis, Anzeige(ausgabeformat, still=quiet), erzwinge=force, nur_zeigen=dry_run)


@app.command(cls=DeutscherBefehl)
def status(
    projekt: ProjektOption = None,
    roh: RohOption = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Mit 10 enden, wenn etwas auszuführen wäre.")
    ] = False,
    ausgabeformat: FormatOption = "text",
) -> None:
    """Sagen, welche Stufe aktuell ist und welche Datei oder welcher Schlüssel sich geändert hat.

    Beispiel: atlas status --exit-code
    """
    from atlas.aktualitaet import find_zustaende
    from atlas.projekt import find_projekt

    zustaende = find_zustaende(find_projekt(projekt, roh))
    Anzeige(ausgabeformat, still=False).show_zustaende(zustaende)
    if exit_code and not all(zustand.ist_aktuell for zustand in zustaende):
        raise typer.Exit(ArbeitOffenError.exit_code)


@app.command(cls=DeutscherBefehl)
def doctor(projekt: ProjektOption = None, ausgabeformat: FormatOption = "text") -> None:
    """Prüfen, ob der Rechner alles hat: Python, Pango, Schriften, Schreibrechte.

    Beispiel: atlas doctor
    """
    from atlas.diagnose import diagnose

    ergebnisse = diagnose(projekt)
    Anzeige(ausgabeformat, still=False).show_diagnose(ergebnisse)
    if not all(ergebnis.in_ordnung for ergebnis in ergebnisse):
        raise typer.Exit(1)


def _run(
    ordner: Path | None,
    roh: Path | None,
    von: Stufenname | None,
    bis: Stufenname | None,
    anzeige: Anzeige,
    *,
    erzwinge: bool,
    nur_zeigen: bool,
) -> None:
    from atlas.aktualitaet import find_zustaende
    from atlas.lauf import run_stufen, select_stufen
    from atlas.projekt import find_projekt

    gefunden = find_projekt(ordner, roh)
    stufen = select_stufen(von, bis)
    if nur_zeigen:
        namen = {stufe.name for stufe in stufen}
        anzeige.show_zustaende([zustand for zustand in find_zustaende(gefunden) if zustand.stufe in namen])
        return
    anzeige.show_ergebnis(
        gefunden, run_stufen(gefunden, stufen, erzwinge=erzwinge, melde=anzeige.show_schritt)
    )


def _raise_abbruch(nummer: int, _rahmen: object) -> NoReturn:
    text = f"Abgebrochen (Signal {signal.Signals(nummer).name}). Der letzte gute Stand ist unverändert."
    raise AbbruchError(text)


def main() -> None:
    """Run the command line; every expected error becomes one German message and an exit code."""
    signal.signal(signal.SIGTERM, _raise_abbruch)
    signal.signal(signal.SIGINT, _raise_abbruch)
    signal.signal(signal.SIGHUP, _raise_abbruch)
    try:
        ergebnis = app(standalone_mode=False)
    except AtlasError as fehler:
        typer.echo(f"Fehler: {fehler}", err=True)
        sys.exit(fehler.exit_code)
    except BrokenPipeError:
        sys.exit(0)
    except Exception as fehler:
        nutzung = translate_nutzung(fehler)
        if nutzung is None:
            raise
        typer.echo(nutzung, err=True)
        sys.exit(2)
    sys.exit(ergebnis if isinstance(ergebnis, int) else 0)
