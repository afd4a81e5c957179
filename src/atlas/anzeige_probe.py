"""What `atlas ingest --probe` prints: a page for the eye, a hundred columns wide, or JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Final

import typer

from atlas.anzeige_spalten import print_spalten
from atlas.anzeige_zeilen import (
    BREITE,
    MARKE,
    fold,
    join_bereiche,
    join_jahre,
    mark,
    shorten,
    write_groesse,
    write_von_bis,
)
from atlas.zahlwort import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.anzeige import Anzeige
    from atlas.ingest.probe.probe import Probe, Zeilenprobe
    from atlas.ingest.probe.probe_anfang import Anfangszeile, Blatt
    from atlas.ingest.probe.probe_bereich import Bereichsprobe

_GANZE_HOECHSTENS: Final = 3
_RANDTEXTE_HOECHSTENS: Final = 6
_UEBRIG: Final = re.compile(r"(?<=\.) In der Datei übrig: .*")
"""Part of a message that repeats what the page has already shown."""


def print_proben(quelle: str, titel: str, proben: list[Probe]) -> str:
    """Give the page: one file in full; of several an overview, those that do not read, and the newest."""
    zeilen = [*fold(f"Quelle {quelle}: {titel}", einzug=0)]
    ganze = proben
    if len(proben) > 1:
        schlechte = [probe for probe in proben if not probe.ist_lesbar]
        ganze = schlechte[:_GANZE_HOECHSTENS] or [max(proben, key=lambda probe: (probe.jahre[-1:], probe.datei))]
        zeilen += ["", *_print_uebersicht(proben)]
        for probe in schlechte[_GANZE_HOECHSTENS:]:
            zeilen += ["", f"Datei {probe.datei}", *_print_schluss(probe)]
    for probe in ganze:
        zeilen += ["", *_print_probe(probe)]
    return "\n".join(zeilen)


def _print_uebersicht(proben: list[Probe]) -> Iterator[str]:
    yield f"{len(proben)} Dateien; ganz gezeigt werden die nicht lesbaren, sonst die neueste. Eine andere: --datei."
    breite = min(max(len(probe.datei) for probe in proben), 50)
    for probe in proben:
        zeilen = count(probe.zeilen.gesamt, "Zeile", "Zeilen") if probe.zeilen else ""
        urteil = "lesbar" if probe.ist_lesbar else count(len(probe.probleme), "Problem", "Probleme")
        yield f"  {shorten(probe.datei, breite):<{breite}}  {zeilen:>12}  {join_jahre(probe.jahre):<13}  {urteil}"


def _print_probe(probe: Probe) -> Iterator[str]:
    yield from fold(f"Datei {probe.datei} ({probe.typ}, {write_groesse(probe.groesse)})", einzug=0)
    for hinweis in probe.hinweise:
        yield from fold(hinweis)
    yield ""
    if probe.bereich:
        yield from _print_bereich(probe.bereich, probe.zeilen, probe.randtexte)
    else:
        yield "Bereich: nicht erkannt" + (", nur der Kopf" if probe.spalten else "")
    if probe.blaetter:
        yield from _print_blaetter(probe.blaetter)
    if probe.spalten:
        yield from ["", "Spalten"]
        yield from print_spalten(probe.spalten, gezaehlt=probe.bereich is not None)
    yield from _print_fehlende(probe)
    yield from _print_anfang(probe.anfang)
    if probe.zeilen:
        yield from _print_zeilen(probe.zeilen, join_jahre(probe.jahre))
    if probe.unlesbare:
        yield from ["", "Nicht lesbare Zellen (Ziffern als 9)"]
        yield from (f"  {zelle:<{MARKE - 2}}»{form}«" for zelle, form in probe.unlesbare)
    yield from _print_vorschlaege(probe)
    yield from ["", *_print_schluss(probe)]


def _print_bereich(bereich: Bereichsprobe, zeilen: Zeilenprobe | None, rand: tuple[str, ...]) -> Iterator[str]:
    yield "Bereich"
    kopf = (
        write_von_bis(bereich.kopfzeile, bereich.kopfzeile + bereich.kopftiefe - 1) if bereich.kopfzeile else "keiner"
    )
    anzahl = f" ({count(zeilen.gesamt, 'Zeile', 'Zeilen')})" if zeilen else ""
    if bereich.blatt:
        yield mark("Blatt", bereich.blatt)
    yield mark("Kopf", kopf if bereich.kopfzeile else "keiner")
    yield mark("Daten", write_von_bis(bereich.erste, bereich.letzte) + anzahl)
    yield mark("Ende", f"Zeile {bereich.ende}" if bereich.ende else "Ende der Datei")
    if bereich.uebersprungen:
        yield mark("übersprungen", "Zeile " + ", ".join(join_bereiche(bereich.uebersprungen)))
    for nummer, text in enumerate(rand[:_RANDTEXTE_HOECHSTENS]):
        yield mark("" if nummer else "Titel und Fuß", text)
    if len(rand) > _RANDTEXTE_HOECHSTENS:
        yield mark("", f"… und {len(rand) - _RANDTEXTE_HOECHSTENS} weitere")


def _print_blaetter(blaetter: tuple[Blatt, ...]) -> Iterator[str]:
    yield from ["", "Blätter der Mappe"]
    for blatt in blaetter:
        groesse = f"{count(blatt.zeilen, 'Zeile', 'Zeilen')}, {count(blatt.spalten, 'Spalte', 'Spalten')}"
        yield f"  {shorten(blatt.name, 40):<40}  {groesse}{'' if blatt.sichtbar else ', ausgeblendet'}"


def _print_fehlende(probe: Probe) -> Iterator[str]:
    if not probe.fehlend:
        return
    yield from ["", "Deklariert, aber nicht in der Datei"]
    nahe = dict(probe.aehnlich)
    for kopf in probe.fehlend:
        yield from fold(f"»{kopf}«" + (f"; ähnlich und nicht deklariert: »{nahe[kopf]}«" if kopf in nahe else ""))


def _print_anfang(anfang: tuple[Anfangszeile, ...]) -> Iterator[str]:
    if not anfang:
        return
    yield from ["", "So steht es in der Datei (Ziffern als 9)"]
    for zeile in anfang:
        felder = count(zeile.felder, "Feld", "Felder") if zeile.felder else ""
        yield shorten(f"  Zeile {zeile.zeile:<5} {felder:>9}  {zeile.text}", BREITE).rstrip()


def _print_zeilen(zeilen: Zeilenprobe, jahre: str) -> Iterator[str]:
    yield from ["", "Zeilen"]
    angaben = {
        **zeilen.ebenen,
        "außerhalb": zeilen.ausserhalb,
        "kein Raum": zeilen.kein_raum,
        "ignoriert": zeilen.ignoriert,
        "NICHT VERSTANDEN": zeilen.unverstanden,
    }
    for name, anzahl in angaben.items():
        if anzahl:
            yield mark(name, f"{anzahl:>7}")
    yield mark("zusammen", f"{zeilen.gesamt:>7}")
    yield from ["", f"{'Jahre':<{MARKE}}{jahre or 'keines erkannt'}"]


def _print_vorschlaege(probe: Probe) -> Iterator[str]:
    for ort, gruppe in groupby(sorted(probe.vorschlaege, key=lambda v: v.ort), key=lambda v: v.ort):
        rat = " (Merkmale prüfen)" if ort == "werte.spalten" else ""
        yield from ["", f"Zum Einfügen unter {ort}{rat}"]
        for vorschlag in gruppe:
            yield from [shorten(f"  # statt {vorschlag.statt}", BREITE)] if vorschlag.statt else []
            yield f"  {vorschlag.zeile}"


def _print_schluss(probe: Probe) -> Iterator[str]:
    if probe.ist_lesbar:
        yield "Ein Lauf liest diese Datei wie gezeigt."
        return
    yield f"So liest ein Lauf die Datei nicht: {count(len(probe.probleme), 'Problem', 'Probleme')}"
    for problem in probe.probleme:
        text = str(problem)
        yield from fold(_UEBRIG.sub("", text) if probe.spalten else text)


def show_proben(anzeige: Anzeige, quelle: str, titel: str, proben: list[Probe]) -> None:
    """Print what was recognised on stdout; when still, only the problems, on stderr."""
    if anzeige.form == "json":
        dateien = [asdict(probe) | {"lesbar": probe.ist_lesbar} for probe in proben]
        typer.echo(json.dumps({"quelle": quelle, "titel": titel, "dateien": dateien}, ensure_ascii=False, indent=1))
    elif not anzeige.still:
        typer.echo(print_proben(quelle, titel, proben))
    else:
        for probe in proben:
            if not probe.ist_lesbar:
                typer.echo("\n".join([f"Datei {probe.datei}", *_print_schluss(probe)]), err=True)
