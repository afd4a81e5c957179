"""The command line: parse, call one function, show the outcome, map errors to exit codes."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from atlas import __version__
from atlas.anzeige import Anzeige
from atlas.cli_deutsch import DeutscheGruppe, DeutscherBefehl, translate_nutzung
from atlas.errors import AbbruchError, ArbeitOffenError, AtlasError, EingabeError, NutzungError
from atlas.projekt import Projekt, find_projekt
from atlas.stufen import STAGES, Stufe

Stufenname = Literal["ingest", "validate", "compute", "render"]
Format = Literal["text", "json"]
Projektvorlage = Literal["kreis", "stadt", "leer"]
ProjektOption = Annotated[
    Path | None,
    typer.Option("--projekt", metavar="ORDNER", help="Projektordner (sonst ATLAS_PROJEKT, sonst aufwärts gesucht)."),
]
RohOption = Annotated[
    Path | None, typer.Option("--roh", metavar="ORDNER", help="Ordner statt data/raw (sonst ATLAS_ROH).")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Auch ausführen, was aktuell ist.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Nur sagen, was ausgeführt würde.")]
FormatOption = Annotated[
    Format,
    typer.Option("--output-format", show_default=False, help="Form der Ausgabe auf stdout; ohne Angabe text."),
]
VorlageOption = Annotated[
    Projektvorlage, typer.Option("--vorlage", show_default=False, help="Womit es beginnt; ohne Angabe kreis.")
]
QuietOption = Annotated[bool, typer.Option("-q", "--quiet", help="Nur Fehler melden.")]
# Read as paths, which they are not: typer loads pydantic to read a text.
ProbeOption = Annotated[
    Path | None, typer.Option("--probe", metavar="QUELLE", help="Nur zeigen, wie diese Quelle gelesen würde.")
]
GegenOption = Annotated[
    Path | None,
    typer.Option("--gegen", metavar="JAHR", help="Mit --probe: mit der Lieferung dieses Jahres vergleichen."),
]

app = typer.Typer(
    cls=DeutscheGruppe,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def start(
    aufruf: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Version nennen und aufhören.")] = False,
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
    if aufruf.invoked_subcommand is None:
        typer.echo(aufruf.get_help())


@app.command(cls=DeutscherBefehl)
def new(
    ordner: Annotated[
        Path, typer.Argument(metavar="ORDNER", help="Neuer Ordner; er darf noch nicht existieren oder ist leer.")
    ],
    vorlage: VorlageOption = "kreis",
    ausgabeformat: FormatOption = "text",
    quiet: QuietOption = False,
) -> None:
    """Ein neues Projekt anlegen.

    kreis ist der ganze Landkreis Musterland, stadt eine Stadt daraus mit ihren Sozialräumen; beide laufen sofort.
    leer ist ein kommentierter Anfang für eigene Daten, mit dem Katalog der Indikatoren zum Übernehmen daneben.

    Beispiel: atlas new musterkreis --vorlage kreis
    """
    from atlas.neu import create_projekt, find_programm

    create_projekt(ordner, vorlage)
    programm = find_programm()
    fehlendes = None if programm.is_file() else programm
    Anzeige(ausgabeformat, still=quiet).show_neu(ordner, fehlendes, laeuft=vorlage != "leer")


@app.command(cls=DeutscherBefehl)
def check(projekt: ProjektOption = None, ausgabeformat: FormatOption = "text", quiet: QuietOption = False) -> None:
    """Die Konfiguration prüfen.

    Alle Fehler aller Dateien auf einmal, mit Zeile.

    Beispiel: atlas check
    """
    from atlas.config.laden import load_konfiguration

    konfiguration = load_konfiguration(find_projekt(projekt))
    zahlen = {
        "quellen": len(konfiguration.quellen.quellen),
        "indikatoren": len(konfiguration.indikatoren.indikatoren),
        "dimensionen": len(konfiguration.dimensionen.dimensionen),
        "indizes": len(konfiguration.dimensionen.indizes),
        "ausgaben": len(konfiguration.ausgaben.ausgaben),
    }
    ohne_schutz = [name for name, ausgabe in konfiguration.ausgaben.ausgaben.items() if not ausgabe.ist_geschuetzt]
    Anzeige(ausgabeformat, still=quiet).show_check(zahlen, ohne_schutz)


@app.command(cls=DeutscherBefehl)
def ingest(
    projekt: ProjektOption = None,
    roh: RohOption = None,
    probe: ProbeOption = None,
    datei: Annotated[
        Path | None, typer.Option("--datei", metavar="DATEI", help="Mit --probe: diese Datei statt der deklarierten.")
    ] = None,
    gegen: GegenOption = None,
    force: ForceOption = False,
    dry_run: DryRunOption = False,
    ausgabeformat: FormatOption = "text",
    quiet: QuietOption = False,
) -> None:
    """Rohdaten einlesen, wie in config/ beschrieben.

    Mit --probe QUELLE wird nichts geschrieben: Es erscheint, was in den Dateien einer Quelle erkannt wird.

    Beispiele:

      atlas ingest --roh ~/lieferungen/2025

      atlas ingest --probe arbeitsmarkt

      atlas ingest --probe arbeitsmarkt --datei ~/neu.csv --gegen 2024
    """
    anzeige = Anzeige(ausgabeformat, still=quiet)
    if probe is not None:
        for option, gesetzt in (("--force", force), ("--dry-run", dry_run)):
            if gesetzt:
                text = f"{option} gilt nicht zusammen mit --probe: Die Probe schreibt nichts. {option} weglassen."
                raise NutzungError(text)
        _probe(find_projekt(projekt, roh), str(probe), datei, str(gegen) if gegen else "", anzeige)
        return
    for option, angabe in (("--datei", datei), ("--gegen", gegen)):
        if angabe is not None:
            text = f"{option} gilt nur zusammen mit --probe QUELLE. Hilfe mit: atlas ingest --help"
            raise NutzungError(text)
    _run(find_projekt(projekt, roh), [STAGES[0]], anzeige, erzwinge=force, nur_zeigen=dry_run)


def _probe(projekt: Projekt, quelle: str, datei: Path | None, gegen: str, anzeige: Anzeige) -> None:
    from atlas.config.laden import load_konfiguration

    konfiguration = load_konfiguration(projekt)
    if gegen:
        from atlas.anzeige_drift import show_drift
        from atlas.ingest.probe.drift import compare_lieferungen

        show_drift(anzeige, compare_lieferungen(projekt, konfiguration, quelle, gegen, datei))
        return
    from atlas.anzeige_probe import show_proben
    from atlas.ingest.probe.probelauf import probe_quelle

    gezeigt = probe_quelle(projekt, konfiguration, quelle, datei)
    show_proben(anzeige, gezeigt)
    if not gezeigt.ist_lesbar:
        raise typer.Exit(EingabeError.exit_code)


def _add_stufenbefehl(stufe: Stufe) -> None:
    """Add the command that runs one stage; all but ingest, which can also probe, have the same options."""

    def befehl(
        projekt: ProjektOption = None,
        roh: RohOption = None,
        force: ForceOption = False,
        dry_run: DryRunOption = False,
        ausgabeformat: FormatOption = "text",
        quiet: QuietOption = False,
    ) -> None:
        anzeige = Anzeige(ausgabeformat, still=quiet)
        _run(find_projekt(projekt, roh), [stufe], anzeige, erzwinge=force, nur_zeigen=dry_run)

    app.command(stufe.name, cls=DeutscherBefehl, help=f"{stufe.hilfe}\n\nBeispiel: {stufe.beispiel}")(befehl)


for _stufe in STAGES[1:]:
    _add_stufenbefehl(_stufe)


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
    """Alles Nötige ausführen, von Rohdaten bis PDF.

    Beispiele:

      atlas build

      atlas build --projekt beispiele/berlin-mss-2021 --roh ~/daten
    """
    from atlas.lauf import select_stufen

    anzeige = Anzeige(ausgabeformat, still=quiet)
    _run(find_projekt(projekt, roh), select_stufen(von, bis), anzeige, erzwinge=force, nur_zeigen=dry_run)


@app.command(cls=DeutscherBefehl)
def status(
    projekt: ProjektOption = None,
    roh: RohOption = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Mit 10 enden, wenn etwas auszuführen wäre.")] = False,
    ausgabeformat: FormatOption = "text",
    quiet: QuietOption = False,
) -> None:
    """Sagen, was aktuell ist und was veraltet.

    Für jede veraltete Stufe: welche Datei oder welcher Schlüssel sich geändert hat.

    Beispiel: atlas status --exit-code
    """
    from atlas.aktualitaet import find_zustaende

    zustaende = find_zustaende(find_projekt(projekt, roh))
    Anzeige(ausgabeformat, still=quiet).show_zustaende(zustaende)
    if exit_code and not all(zustand.ist_aktuell for zustand in zustaende):
        raise typer.Exit(ArbeitOffenError.exit_code)


@app.command(cls=DeutscherBefehl)
def doctor(projekt: ProjektOption = None, ausgabeformat: FormatOption = "text", quiet: QuietOption = False) -> None:
    """Prüfen, ob der Rechner alles hat.

    Python, Pango, Schriften, Schreibrechte, und die letzten PDFs.

    Beispiel: atlas doctor
    """
    from atlas.diagnose import diagnose

    ergebnisse = diagnose(projekt)
    Anzeige(ausgabeformat, still=quiet).show_diagnose(ergebnisse)
    if not all(ergebnis.in_ordnung for ergebnis in ergebnisse):
        raise typer.Exit(1)


def _run(projekt: Projekt, stufen: Sequence[Stufe], anzeige: Anzeige, *, erzwinge: bool, nur_zeigen: bool) -> None:
    from atlas.aktualitaet import find_zustaende
    from atlas.lauf import run_stufen

    if nur_zeigen:
        namen = {stufe.name for stufe in stufen}
        zustaende = [zustand for zustand in find_zustaende(projekt) if zustand.stufe in namen]
        anzeige.show_zustaende([replace(z, gruende=(*z.gruende, "--force")) if erzwinge else z for z in zustaende])
        return
    anzeige.show_ergebnis(projekt, run_stufen(projekt, stufen, erzwinge=erzwinge, melde=anzeige.show_schritt))


class _Signal(BaseException):  # no Exception: pandera turns every Exception of a check into a finding
    """The process was told to stop."""


def _raise_signal(nummer: int, _rahmen: object) -> NoReturn:
    raise _Signal(signal.Signals(nummer).name)


def _end(text: str, exit_code: int) -> NoReturn:
    typer.echo(text, err=True)
    sys.exit(exit_code)


def _end_mit_programmfehler() -> NoReturn:
    import traceback  # slow to load, and hopefully never needed

    traceback.print_exc()
    text = (
        f"Fehler: In atlas {__version__} ist etwas passiert, das nicht passieren darf; der letzte gute Stand bleibt. "
        "Bitte mit den Zeilen darüber melden. Darin können Werte aus den Daten stehen: vorher durchsehen."
    )
    _end(text, AtlasError.exit_code)


def main() -> None:
    """Run the command line; every expected error becomes one German message and an exit code."""
    for nummer in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(nummer) != signal.SIG_IGN:  # nohup and background jobs ignore signals on purpose
            signal.signal(nummer, _raise_signal)
    try:
        ergebnis = app(prog_name="atlas", standalone_mode=False)
    except _Signal as fehler:
        text = f"Abgebrochen ({fehler}). Fertige Stufen bleiben, von der angefangenen gilt der letzte gute Stand."
        _end(text, AbbruchError.exit_code)
    except SystemExit:  # typer ends so when nobody reads a pipe any more
        sys.exit(AbbruchError.exit_code)
    except AtlasError as fehler:
        _end(f"Fehler: {fehler}", fehler.exit_code)
    except Exception as fehler:  # noqa: BLE001  # the last resort; usage errors of typer share no public class
        nutzung = translate_nutzung(fehler)
        if nutzung is None:
            _end_mit_programmfehler()
        _end(nutzung, NutzungError.exit_code)
    sys.exit(ergebnis if isinstance(ergebnis, int) else 0)
