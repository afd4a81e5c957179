"""Master data of the Landkreis: keys, names, sizes and rough positions of all areas."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

KREIS_ID: Final = "99001"
KREIS_NAME: Final = "Landkreis Musterland"
JAHRE: Final = tuple(range(2014, 2026))
"""Years of the deliveries; stocks count on 31 December unless their delivery says otherwise."""

PLANUNGSRAEUME: Final = {
    "PR1": "Planungsraum Nord",
    "PR2": "Planungsraum West",
    "PR3": "Planungsraum Mitte",
    "PR4": "Planungsraum Ost",
    "PR5": "Planungsraum Süd",
}

Typ = Literal["stadt", "industrie", "kleinstadt", "pendler", "land", "kleinst"]


class Gemeinde(NamedTuple):
    """One Gemeinde: position in km from the south-west corner, residents at the end of 2025."""

    name: str
    planungsraum: str
    typ: Typ
    einwohner: int
    x: float
    y: float
    widerstand: float = 1.0
    """How slowly the area grows on the map: above 1 gives a small area, below 1 a large one."""


_GEMEINDEN: Final = (
    Gemeinde("Königsfurth", "PR1", "kleinstadt", 12_260, 29.0, 37.0, 0.95),
    Gemeinde("Uhlenbrück", "PR1", "land", 2_930, 14.0, 39.0),
    Gemeinde("Groß Wiesen", "PR1", "land", 4_180, 22.5, 41.0, 1.15),
    Gemeinde("Krähenfeld", "PR1", "land", 2_120, 37.0, 41.5),
    Gemeinde("Lerchenrode", "PR1", "land", 1_870, 20.5, 35.0, 1.25),
    Gemeinde("Föhrenbrück", "PR1", "land", 3_340, 41.0, 35.5),
    Gemeinde("Burgwalda", "PR2", "kleinstadt", 9_430, 11.5, 24.5, 0.9),
    Gemeinde("Moosleithen", "PR2", "land", 2_660, 6.0, 33.5),
    Gemeinde("Wolfsgrünau", "PR2", "land", 4_890, 13.0, 31.0, 0.9),
    Gemeinde("Kaltenborna", "PR2", "land", 1_640, 3.5, 25.5, 1.2),
    Gemeinde("Röthelbach", "PR2", "land", 3_050, 5.5, 17.5),
    Gemeinde("Birkenwalda", "PR2", "land", 2_390, 13.0, 16.5),
    Gemeinde("Schwalbenau", "PR2", "land", 2_010, 12.0, 9.5, 1.1),
    Gemeinde("Musterstadt", "PR3", "stadt", 34_080, 25.0, 24.0, 0.8),
    Gemeinde("Grünfelde", "PR3", "pendler", 10_560, 33.0, 25.5, 1.05),
    Gemeinde("Mühlenau", "PR3", "pendler", 6_820, 27.5, 30.5, 1.15),
    Gemeinde("Rehwiesen", "PR3", "pendler", 5_380, 18.5, 27.0, 1.2),
    Gemeinde("Weidenhöhe", "PR3", "pendler", 6_170, 25.0, 17.5, 1.15),
    Gemeinde("Oberquell", "PR3", "land", 3_560, 18.5, 20.0),
    Gemeinde("Erlenstedt", "PR3", "pendler", 4_740, 32.5, 19.0, 1.05),
    Gemeinde("Hammerwerda", "PR4", "industrie", 17_240, 43.5, 24.0, 0.95),
    Gemeinde("Steinfurtha", "PR4", "land", 3_720, 37.5, 30.0, 1.1),
    Gemeinde("Vogelsreuth", "PR4", "land", 2_480, 46.5, 31.5, 0.85),
    Gemeinde("Dornwalde", "PR4", "land", 4_390, 51.5, 26.0, 0.9),
    Gemeinde("Eschengrün", "PR4", "land", 3_180, 50.0, 18.5),
    Gemeinde("Haselrode", "PR4", "land", 2_820, 39.0, 20.5, 1.2),
    Gemeinde("Tannwalde", "PR4", "land", 1_570, 43.5, 15.5, 1.05),
    Gemeinde("Bad Lindenbrunn", "PR5", "kleinstadt", 13_890, 27.5, 9.5, 0.7),
    Gemeinde("Ottersbrunn", "PR5", "land", 4_040, 20.0, 11.5),
    Gemeinde("Niederwarth", "PR5", "land", 3_810, 34.5, 12.0),
    Gemeinde("Löwensgrün", "PR5", "land", 5_230, 37.0, 6.0, 0.9),
    Gemeinde("Ährenbach", "PR5", "land", 2_270, 21.5, 4.5),
    Gemeinde("Kleinrode", "PR5", "kleinst", 270, 31.5, 4.0, 100.0),
)


_UMLAUTE: Final[dict[str, str | int | None]] = {"ä": "a", "ö": "o", "ü": "u", "ß": "ss"}


def _sort_key(gemeinde: Gemeinde) -> str:
    return gemeinde.name.lower().translate(str.maketrans(_UMLAUTE))


GEMEINDEN: Final = tuple(sorted(_GEMEINDEN, key=_sort_key))
AGS: Final = tuple(f"{KREIS_ID}{nummer:03d}" for nummer in range(1, len(GEMEINDEN) + 1))
KLEINRODE: Final = next(i for i, gemeinde in enumerate(GEMEINDEN) if gemeinde.typ == "kleinst")
ALTMUEHLEN: Final = f"{KREIS_ID}{len(GEMEINDEN) + 1:03d}"
"""Key of the Gemeinde that joined another one at the beginning of 2019."""
ALTMUEHLEN_NAME: Final = "Altmühlen"
LETZTES_JAHR_ALTMUEHLEN: Final = 2018


def find_gemeinde(name: str) -> int:
    """Index of a Gemeinde in key order."""
    return next(i for i, gemeinde in enumerate(GEMEINDEN) if gemeinde.name == name)


AUFNEHMENDE: Final = find_gemeinde("Löwensgrün")
"""The Gemeinde that Altmühlen joined; its figures of all years include those of Altmühlen."""
EINRICHTUNG: Final = find_gemeinde("Vogelsreuth")
"""The Gemeinde with an institution for the first reception of refugees since 2022."""
