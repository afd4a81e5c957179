"""Results of the Kreistag elections, Ehrenamtskarten and associations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.musterland.jugend.engagement import (
    ERSTES_JAHR_KARTE,
    WAHLTAGE,
    generate_ehrenamtskarten,
    generate_vereine,
    generate_wahl,
)
from atlas.musterland.raeume import list_gemeinden, split_altmuehlen
from atlas.musterland.stammdaten import AGS, GEMEINDEN, JAHRE, KREIS_NAME
from atlas.musterland.tabellen import format_decimal, write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.musterland.raeume import IntArray

_LETZTE_WAHL: Final = max(WAHLTAGE)


def build_wahl(spalten: Sequence[IntArray], jahr: int) -> list[Sequence[object]]:
    """Return title, head and one row per Gemeinde and for the Landkreis: eligible, voting, invalid, valid, turnout."""
    j = JAHRE.index(jahr)
    zeilen: list[Sequence[object]] = [
        [f"Wahl zum Kreistag am {WAHLTAGE[jahr]} - endgültiges Ergebnis"],
        ["AGS", "Gemeinde", "Wahlberechtigte", "Wählerinnen und Wähler", "ungültige Stimmzettel",
         "gültige Stimmzettel", "Wahlbeteiligung (%)"],
    ]  # fmt: skip
    gemeinden = [(ags, name, [spalte[i, j] for spalte in spalten]) for i, ags, name in list_gemeinden(jahr)]
    gemeinden.append(("Summe", KREIS_NAME, [spalte[:, j].sum() for spalte in spalten]))
    for schluessel, name, (berechtigt, waehlend, ungueltig) in gemeinden:
        prozent = format_decimal(100 * float(waehlend) / float(berechtigt), 1)
        zeilen.append([schluessel, name, berechtigt, waehlend, ungueltig, waehlend - ungueltig, prozent])
    return zeilen


def _reorder_spalten(zeilen: list[Sequence[object]]) -> list[Sequence[object]]:
    """Return the table as the election software of 2024 exports it: other heads, percent with a point, no invalid."""
    kopf = ("Schluessel", "Name", "A_Wahlberechtigte", "B_Waehler", "D_gueltig", "Beteiligung_Prozent")
    rest = [(z[0], z[1], z[2], z[3], z[5], str(z[6]).replace(",", ".")) for z in zeilen[2:]]
    return [kopf, *rest]


def _write_wahl(ordner: Path) -> list[Path]:
    w = generate_wahl()
    spalten = [split_altmuehlen(teil) for teil in (w.berechtigte, w.waehlende, w.ungueltige)]
    pfade = []
    for jahr in WAHLTAGE:
        pfad, zeilen = ordner / f"kreistagswahl_{jahr}.csv", build_wahl(spalten, jahr)
        if jahr == _LETZTE_WAHL:
            pfade.append(write_csv(pfad, _reorder_spalten(zeilen), zeichensatz="utf-8-sig", trenner=","))
        else:
            pfade.append(write_csv(pfad, zeilen, zeichensatz="cp1252", zeilenende="\r\n"))
    return pfade


def _write_ehrenamtskarten(pfad: Path) -> Path:
    werte = generate_ehrenamtskarten()
    zeilen: list[Sequence[object]] = [["Jahr", "Gemeinde-Nr.", "Gemeinde", "Gültige Ehrenamtskarten"]]
    for j, jahr in enumerate(JAHRE):
        if jahr >= ERSTES_JAHR_KARTE:
            # The office numbers the Gemeinden of the Landkreis from 1 on, without the key of the Landkreis.
            zeilen += [[jahr, i, g.name, werte[i - 1, j]] for i, g in enumerate(GEMEINDEN, start=1)]
    return write_csv(pfad, zeilen, zeichensatz="cp1252", zeilenende="\r\n")


def _write_vereine(pfad: Path) -> Path:
    werte = generate_vereine()
    zeilen: list[Sequence[object]] = [["ags", "gemeinde", *(f"vereine_{jahr}" for jahr in JAHRE)]]
    zeilen += [[ags, g.name, *werte[i]] for i, (ags, g) in enumerate(zip(AGS, GEMEINDEN, strict=True))]
    return write_csv(pfad, zeilen)


def write_engagement(ziel: Path) -> list[Path]:
    """Write the elections and both registers."""
    ordner = ziel / "engagement"
    return [
        *_write_wahl(ziel / "wahl"),
        _write_ehrenamtskarten(ordner / "ehrenamtskarten.csv"),
        _write_vereine(ordner / "vereine.csv"),
    ]
