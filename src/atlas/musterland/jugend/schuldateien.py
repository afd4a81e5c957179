"""Four tables about schools, each as its sender writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.musterland.jugend.schule import (
    generate_abgaenge,
    generate_einschulungen,
    generate_schueler,
    generate_uebergaenge,
)
from atlas.musterland.stammdaten import AGS, GEMEINDEN, JAHRE, PLANUNGSRAEUME
from atlas.musterland.tabellen import format_thousands, write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.musterland.raeume import IntArray

BEZIRKE = tuple(name.removeprefix("Planungsraum ") for name in PLANUNGSRAEUME.values())
"""Short names of the Planungsräume, as departments use them."""


def format_schuljahr(jahr: int) -> str:
    """Return the school year that begins in a year, `2024/25`."""
    return f"{jahr}/{(jahr + 1) % 100:02d}"


def _write_uebergaenge(pfad: Path) -> Path:
    u = generate_uebergaenge()
    teile = (u.gymnasium + u.oberschule + u.sonstige, u.gymnasium, u.oberschule, u.sonstige)
    zeilen: list[Sequence[object]] = [
        ["Schuljahr", "Gemeindeschlüssel", "Wohngemeinde", "Übergänge nach Klasse 4", "an Gymnasien", "an Oberschulen",
         "an sonstige Schulen"],
    ]  # fmt: skip
    for j, jahr in enumerate(JAHRE):
        for i, (ags, g) in enumerate(zip(AGS, GEMEINDEN, strict=True)):
            zeilen.append([format_schuljahr(jahr), ags, g.name, *(teil[i, j] for teil in teile)])
    return write_csv(pfad, zeilen, zeichensatz="cp1252", zeilenende="\r\n")


def _write_abgaenge(pfad: Path) -> Path:
    a = generate_abgaenge()
    teile = (a.ohne_haupt, a.haupt, a.real, a.hochschulreife)
    spalten = (a.ohne_haupt + a.haupt + a.real + a.hochschulreife, *teile)
    zeilen: list[Sequence[object]] = [
        ["Abgangsjahr", "Planungsraum der Schule", "Abgänge insgesamt", "ohne Hauptschulabschluss",
         "mit Hauptschulabschluss", "mit Realschulabschluss", "mit allgemeiner Hochschulreife"],
    ]  # fmt: skip
    for j, jahr in enumerate(JAHRE):
        zeilen += [[jahr, name, *(teil[i, j] for teil in spalten)] for i, name in enumerate(BEZIRKE)]
        zeilen.append([jahr, "Landkreis", *(teil[:, j].sum() for teil in spalten)])
    return write_csv(pfad, zeilen)


def _write_schueler(pfad: Path) -> Path:
    s = generate_schueler()
    leer = [""] * len(JAHRE)
    zeilen: list[Sequence[object]] = [
        ["Allgemeinbildende Schulen im Landkreis Musterland", *leer],
        ["Stichtag: zweite Woche im September", *leer],
        ["Planungsraum", *(format_schuljahr(jahr) for jahr in JAHRE)],
    ]
    bloecke: tuple[tuple[str, IntArray], ...] = (
        ("Schülerinnen und Schüler insgesamt", s.insgesamt),
        ("darunter Klassenwiederholungen", s.wiederholer),
        ("darunter mit sonderpädagogischem Förderbedarf", s.foerderung),
    )
    for titel, werte in bloecke:
        zeilen.append([titel, *leer])
        zeilen += [[kennung, *map(format_thousands, werte[i].tolist())] for i, kennung in enumerate(PLANUNGSRAEUME)]
    zeilen.append(["Quelle: Schulverwaltungsamt, Schülerinnen und Schüler am Ort der Schule", *leer])
    return write_csv(pfad, zeilen, zeichensatz="cp1252", zeilenende="\r\n")


def _write_einschulungen(pfad: Path) -> Path:
    e = generate_einschulungen()
    arten: tuple[tuple[str, IntArray], ...] = (
        ("Anmeldungen insgesamt", e.fristgemaess + e.vorzeitig + e.zurueckgestellt),
        ("fristgemäß", e.fristgemaess),
        ("vorzeitig", e.vorzeitig),
        ("zurückgestellt", e.zurueckgestellt),
    )
    zeilen: list[Sequence[object]] = [["raum", "schuljahr", "art", "anzahl"]]
    for i, ags in enumerate(AGS):
        for j, jahr in enumerate(JAHRE):
            zeilen += [[f'"{ags}"', f'"{format_schuljahr(jahr)}"', f'"{art}"', werte[i, j]] for art, werte in arten]
    return write_csv(pfad, zeilen, trenner=",")


def write_schule(ziel: Path) -> list[Path]:
    """Write the four tables."""
    ordner = ziel / "schule"
    return [
        _write_uebergaenge(ordner / "uebergaenge.csv"),
        _write_abgaenge(ordner / "abgaenge.csv"),
        _write_schueler(ordner / "schueler.csv"),
        _write_einschulungen(ordner / "einschulungen.csv"),
    ]
