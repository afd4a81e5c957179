"""What `atlas ingest --probe --gegen` prints: differences of two deliveries, a hundred columns wide, or JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import typer

from atlas.anzeige_zeilen import fold, mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.anzeige import Anzeige
    from atlas.ingest.probe.drift import Drift, Unterschied

_HOECHSTENS: Final = 10
_SPALTEN_HOECHSTENS: Final = 40


def show_drift(anzeige: Anzeige, drift: Drift) -> None:
    """Print the differences on stdout."""
    if anzeige.form == "json":
        typer.echo(json.dumps(asdict(drift), ensure_ascii=False, indent=1))
    elif not anzeige.still:
        typer.echo("\n".join(_print_drift(drift)))


def _print_drift(drift: Drift) -> Iterator[str]:
    yield from fold(f"Quelle {drift.quelle}: {drift.titel}", einzug=0)
    yield mark("alt", f"{drift.alt} ({drift.alt_jahr})")
    yield mark("neu", f"{drift.neu}" + (f" ({drift.neu_jahr})" if drift.neu_jahr else ""))
    yield ""
    yield from _print_unterschied("Spalten", drift.spalten, _SPALTEN_HOECHSTENS)
    for alt, neu in drift.umbenannt:
        yield from fold(f"wohl umbenannt: »{alt}« heißt jetzt »{neu}«")
    yield from _print_unterschied("Schlüssel", drift.schluessel, _HOECHSTENS)
    yield from _print_unterschied("Zeichen", drift.zeichen, _HOECHSTENS)
    yield "Aufbau" + ("" if drift.aufbau else "            gleich")
    for was, alt, neu in drift.aufbau:
        yield mark(was, f"»{alt}«, jetzt »{neu}«")
    yield ""
    if drift.undeklariert:
        genannt = ", ".join(f"»{text}«" for text in drift.undeklariert)
        yield from fold(f"In beiden nicht deklariert: {genannt}. Dazu rät --probe ohne --gegen.", 0)
    if drift.abweichungen:
        dateien = " und ".join(datei for datei, _ in drift.abweichungen)
        yield from fold(f"Anders als deklariert: {dateien}. Nach Prüfung unter quellen.{drift.quelle} einfügen:", 0)
        yield "    abweichungen:"
        yield from (f"    {zeile}" for _, zeilen in drift.abweichungen for zeile in zeilen)
    elif not drift.undeklariert:
        yield "Beide passen zur Deklaration, soweit hier verglichen wird; --probe ohne --gegen prüft jede Zelle."


def _print_unterschied(was: str, unterschied: Unterschied, hoechstens: int) -> Iterator[str]:
    teile = [f"{unterschied.gleich} gleich"]
    teile += [f"{len(unterschied.weg)} weg"] if unterschied.weg else []
    teile += [f"{len(unterschied.neu)} neu"] if unterschied.neu else []
    yield f"{was:<18}{', '.join(teile)}"
    for wie, texte in (("weg", unterschied.weg), ("neu", unterschied.neu)):
        if texte:
            genannt = ", ".join(f"»{text}«" if text else "(leer)" for text in texte[:hoechstens])
            weitere = f" und {len(texte) - hoechstens} weitere" if len(texte) > hoechstens else ""
            yield from fold(f"{wie}: {genannt}{weitere}")
