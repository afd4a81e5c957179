"""What `atlas ingest --probe` prints: a page for the eye, a hundred columns wide, or JSON."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Final

import typer

from atlas.anzeige_anfang import print_anfang, print_blaetter
from atlas.anzeige_spalten import print_spalten
from atlas.anzeige_zeilen import (
    BREITE,
    MARKE,
    fold,
    fold_spalte,
    join_bereiche,
    join_gleiche,
    join_jahre,
    mark,
    write_groesse,
    write_von_bis,
)
from atlas.zahlwort import count
from atlas.zeichen import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.anzeige import Anzeige
    from atlas.ingest.probe.probe import Probe, Zeilenprobe
    from atlas.ingest.probe.probe_bereich import Bereichsprobe
    from atlas.ingest.probe.probelauf import Quellenprobe

_GANZE_HOECHSTENS: Final = 3
_RANDTEXTE_HOECHSTENS: Final = 6
_RANDZEILEN_HOECHSTENS: Final = 3
_UEBRIG: Final = re.compile(r"(?<=\.) In der Datei übrig: .*")
"""Part of a message that repeats what the page has already shown."""


def print_proben(gezeigt: Quellenprobe) -> str:
    """Give the page: one file in full; of several an overview, those that do not read, and the newest."""
    zeilen = [*fold(f"Quelle {gezeigt.quelle}: {gezeigt.titel}", einzug=0)]
    proben = ganze = gezeigt.proben
    if len(proben) > 1:
        schlechte = [probe for probe in proben if not probe.ist_lesbar]
        neueste = max(proben, key=lambda probe: (probe.jahre[-1:], probe.datei))
        ganze = tuple(schlechte[:_GANZE_HOECHSTENS]) or (neueste,)
        zeilen += ["", *_print_uebersicht(proben)]
        for probe in schlechte[_GANZE_HOECHSTENS:]:
            zeilen += ["", f"Datei {probe.datei}", *_print_probleme(probe)]
    for probe in ganze:
        zeilen += ["", *_print_probe(probe)]
    return "\n".join([*zeilen, *_print_schluss(gezeigt)])


def _print_uebersicht(proben: tuple[Probe, ...]) -> Iterator[str]:
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
        yield from print_blaetter(probe.blaetter)
    if probe.spalten:
        yield from ["", "Spalten"]
        yield from print_spalten(probe.spalten, gezaehlt=probe.bereich is not None)
    yield from _print_fehlende(probe)
    yield from print_anfang(probe.anfang)
    if probe.zeilen:
        yield from _print_zeilen(probe.zeilen, join_jahre(probe.jahre))
    if probe.unlesbare:
        yield from ["", "Nicht lesbare Zellen (Ziffern als 9)"]
        yield from (f"  {zelle:<{MARKE - 2}}»{form}«" for zelle, form in probe.unlesbare)
    yield from _print_vorschlaege(probe)
    if not probe.ist_lesbar:
        yield from ["", *_print_probleme(probe)]


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
    if bereich.zwischentitel:
        yield mark("Zwischentitel", "Zeile " + ", ".join(join_bereiche(bereich.zwischentitel)))
    if bereich.versteckt:
        yield mark("ausgeblendet", f"{count(bereich.versteckt, 'Zeile', 'Zeilen')}, nicht gelesen")
    for nummer, text in enumerate(rand[:_RANDTEXTE_HOECHSTENS]):
        yield from fold_spalte(mark("" if nummer else "Titel und Fuß", ""), text, _RANDZEILEN_HOECHSTENS)
    if len(rand) > _RANDTEXTE_HOECHSTENS:
        yield mark("", f"… und {len(rand) - _RANDTEXTE_HOECHSTENS} weitere")


def _print_fehlende(probe: Probe) -> Iterator[str]:
    if not probe.fehlend:
        return
    yield from ["", "Deklariert, aber nicht in der Datei"]
    nahe = dict(probe.aehnlich)
    for kopf in probe.fehlend:
        yield from fold(f"»{kopf}«" + (f"; ähnlich und nicht deklariert: »{nahe[kopf]}«" if kopf in nahe else ""))


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


def _print_probleme(probe: Probe) -> Iterator[str]:
    yield f"So liest ein Lauf die Datei nicht: {count(len(probe.probleme), 'Problem', 'Probleme')}"
    for text in join_gleiche(probe.probleme):
        yield from fold(_UEBRIG.sub("", text) if probe.spalten else text)


def _print_schluss(gezeigt: Quellenprobe) -> Iterator[str]:
    """Say how a run would end; of a file that does not read the page has said it."""
    if gezeigt.ist_lesbar:
        yield from ["", "Ein Lauf liest diese Datei wie gezeigt."]
    if gezeigt.probleme:
        passt = "Die Deklaration passt, aber ein" if all(p.ist_lesbar for p in gezeigt.proben) else "Auch sonst: Ein"
        anzahl = count(len(gezeigt.probleme), "Problem", "Probleme")
        yield from ["", f"{passt} Lauf mit dieser Quelle endet mit Fehler: {anzahl}"]
        for datei, gruppe in groupby(sorted(gezeigt.probleme), key=lambda problem: problem.datei):
            yield from (zeile for text in join_gleiche(tuple(gruppe)) for zeile in fold(f"{datei}: {text}"))


def show_proben(anzeige: Anzeige, gezeigt: Quellenprobe) -> None:
    """Print what was recognised on stdout; when still, only the problems, on stderr."""
    if anzeige.form == "json":
        dateien = [asdict(probe) | {"lesbar": probe.ist_lesbar} for probe in gezeigt.proben]
        angaben = {"quelle": gezeigt.quelle, "titel": gezeigt.titel, "lesbar": gezeigt.ist_lesbar}
        probleme = [asdict(problem) for problem in gezeigt.probleme]
        typer.echo(json.dumps(angaben | {"probleme": probleme, "dateien": dateien}, ensure_ascii=False, indent=1))
    elif not anzeige.still:
        typer.echo(print_proben(gezeigt))
    elif not gezeigt.ist_lesbar:
        zeilen = [[f"Datei {p.datei}", *_print_probleme(p)] for p in gezeigt.proben if not p.ist_lesbar]
        typer.echo("\n".join([*(z for eine in zeilen for z in eine), *_print_schluss(gezeigt)]).lstrip("\n"), err=True)
