"""What the Jugendamt delivers: a table of the Hilfen zur Erziehung and a workbook about the protection of children."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openpyxl.utils import get_column_letter

from atlas.musterland.arbeitsmappe import Blatt, write_workbook
from atlas.musterland.jugend.hilfen import generate_hilfen, generate_schutz
from atlas.musterland.jugend.schuldateien import BEZIRKE
from atlas.musterland.stammdaten import AGS, GEMEINDEN, JAHRE, PLANUNGSRAEUME
from atlas.musterland.tabellen import write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from atlas.musterland.arbeitsmappe import Zelle
    from atlas.musterland.raeume import IntArray

SPAETER: Final = ("PR4", 2025)
"""The ASD-Bezirk that had not yet closed its year when the file was sent."""
_NOCH_NICHT: Final = "..."
_RECHTSGRUNDLAGE: Final = (
    "Hilfen nach §§ 27, 29 bis 35, 41 SGB VIII, ohne Erziehungsberatung (§ 28); gezählt werden junge Menschen, bei "
    "Sozialpädagogischer Familienhilfe jedes Kind; stationäre Hilfen nach dem Wohnort der Eltern"
)


def _write_hilfen(pfad: Path) -> Path:
    h = generate_hilfen()
    spalten = (h.insgesamt, h.ambulant, h.teilstationaer, h.stationaer)
    zeilen: list[Sequence[object]] = [
        ["ASD-Bezirk", "Gemeindeschlüssel", "Gemeinde", "Jahr", "Hilfen insgesamt", "davon ambulant",
         "davon teilstationär", "davon stationär"],
    ]  # fmt: skip
    for j, jahr in enumerate(JAHRE):
        for kennung, bezirk in zip(PLANUNGSRAEUME, BEZIRKE, strict=True):
            for i, g in enumerate(GEMEINDEN):
                if g.planungsraum == kennung:
                    offen = (kennung, jahr) == SPAETER
                    zahlen = [_NOCH_NICHT if offen else int(spalte[i, j]) for spalte in spalten]
                    zeilen.append([bezirk, AGS[i], g.name, jahr, *zahlen])
    zeilen += [[f'"{_RECHTSGRUNDLAGE}"'], ["Bestand am 31.12. und im Jahr beendete Hilfen"]]
    zeilen.append(["... Bezirk Ost 2025: Jahresabschluss liegt noch nicht vor, Angaben folgen"])
    return write_csv(pfad, zeilen, zeichensatz="cp1252", zeilenende="\r\n")


def _list_verbunden(zeile: int, spalte: int) -> list[str]:
    """Return the merged heads of the years, two columns each, from a column (1 is A) on."""
    paare = [(spalte + 2 * j, spalte + 2 * j + 1) for j in range(len(JAHRE))]
    return [f"{get_column_letter(links)}{zeile}:{get_column_letter(rechts)}{zeile}" for links, rechts in paare]


def _build_paare(vorn: list[list[Zelle]], oben: list[Zelle], namen: tuple[str, str], a: IntArray, b: IntArray) -> Blatt:
    """Return a table with two columns per year; `vorn` holds the first cells of each row, `oben` those of the head."""
    kopf: list[Zelle] = list(oben)
    unter: list[Zelle] = [None] * len(oben)
    for jahr in JAHRE:
        kopf += [jahr, None]
        unter += namen
    zeilen = [kopf, unter]
    for i, zellen in enumerate(vorn):
        zahlen = [int(teil[i, j]) for j in range(len(JAHRE)) for teil in (a, b)]
        zeilen.append([*zellen, *zahlen])
    return Blatt("", zeilen)


def _head_blatt(name: str, titel: list[str], tabelle: Blatt, fuss: list[str], vorn: int) -> Blatt:
    zeilen: list[Sequence[Zelle]] = [[text] for text in titel]
    zeilen.append([])
    kopf = len(zeilen) + 1
    zeilen += tabelle.zeilen
    zeilen.append([])
    zeilen += [[text] for text in fuss]
    buchstaben = [get_column_letter(spalte) for spalte in range(1, vorn + 1)]
    senkrecht = [f"{buchstabe}{kopf}:{buchstabe}{kopf + 1}" for buchstabe in buchstaben]
    return Blatt(name, zeilen, verbunden=[*senkrecht, *_list_verbunden(kopf, vorn + 1)], fett=(1, kopf, kopf + 1))


def _build_eingliederung(werte: IntArray) -> Blatt:
    zeilen: list[Sequence[Zelle]] = [
        ["Eingliederungshilfe für seelisch behinderte junge Menschen (§ 35a SGB VIII)"],
        ["Bestand am 31.12. und im Jahr beendete Hilfen"],
        [],
        ["ASD-Bezirk", *JAHRE],
    ]
    zeilen += [[f"Bezirk {bezirk}", *map(int, werte[i])] for i, bezirk in enumerate(BEZIRKE)]
    zeilen.append(["Landkreis", *map(int, werte.sum(axis=0))])
    return Blatt("§ 35a", zeilen, fett=(1, 4))


def _write_schutz(pfad: Path) -> Path:
    s = generate_schutz()
    gemeinden: list[list[Zelle]] = [[ags, g.name] for ags, g in zip(AGS, GEMEINDEN, strict=True)]
    namen = ("Verfahren", "darunter akut oder latent gefährdet")
    meldungen = _build_paare(gemeinden, ["AGS", "Gemeinde"], namen, s.einschaetzungen, s.gefaehrdungen)
    bezirke: list[list[Zelle]] = [[f"Bezirk {bezirk}"] for bezirk in BEZIRKE]
    namen = ("insgesamt", "darunter unbegleitet eingereist")
    obhut = _build_paare(bezirke, ["ASD-Bezirk"], namen, s.inobhutnahmen, s.unbegleitete)
    return write_workbook(
        pfad,
        [
            _head_blatt(
                "§ 8a",
                ["Einschätzungen der Gefährdung des Kindeswohls (§ 8a SGB VIII)", "nach Wohnort des Kindes"],
                meldungen,
                ["Ein Kind kann im Jahr mehrere Verfahren haben.", "Gebietsstand: heute, auch für frühere Jahre"],
                2,
            ),
            _head_blatt(
                "§ 42",
                ["Vorläufige Schutzmaßnahmen (Inobhutnahmen, §§ 42 und 42a SGB VIII)", "nach ASD-Bezirk"],
                obhut,
                ["Unbegleitet eingereiste Minderjährige zählen in dem Bezirk, in dem sie untergebracht wurden."],
                1,
            ),
            _build_eingliederung(s.eingliederung),
        ],
    )


def write_jugendamt(ziel: Path) -> list[Path]:
    """Write both deliveries."""
    ordner = ziel / "jugendamt"
    return [_write_hilfen(ordner / "hze.csv"), _write_schutz(ordner / "schutzauftrag.xlsx")]
