"""Kinds of local services with made-up names: what they are called, who runs them, how large they are."""

from __future__ import annotations

from typing import Final, NamedTuple


class Angebotsart(NamedTuple):
    """One kind in the register: how many there are, and how much more of them stand in the towns."""

    art: str
    anzahl: int
    stadt: float
    bezeichnungen: tuple[str, ...]
    traeger: tuple[str, ...]
    """The most frequent first."""
    plaetze: tuple[int, int] | None
    beinamen: tuple[str, ...] = ()


OHNE_PLAETZE: Final = frozenset(
    {
        "Mobile Jugendarbeit", "Frühe Hilfen", "Nachbarschaftshilfe", "Beratung zum Wohnen im Alter",
        "Pflegestützpunkt", "Ambulanter Pflegedienst", "Fachstelle Wohnungssicherung",
        "Lotsendienst für Zugewanderte",
    }
)  # fmt: skip
"""Services that come to people or only advise; they have neither places nor a by-name."""

ARTEN: Final = (
    Angebotsart(
        "beratung", 38, 4.0,
        ("Erziehungs- und Familienberatung", "Schuldnerberatung", "Suchtberatung", "Allgemeine Sozialberatung",
         "Schwangerenberatung", "Migrationsberatung", "Unabhängige Teilhabeberatung",
         "Ehe-, Familien- und Lebensberatung", "Psychosoziale Beratung", "Verbraucherberatung"),
        ("Wohlfahrtsverband", "kirchlich", "Verein", "kommunal"), None,
    ),
    Angebotsart(
        "jugend", 34, 1.6,
        ("Jugendtreff", "Jugendhaus", "Offener Treff", "Mobile Jugendarbeit", "Kinder- und Jugendzentrum"),
        ("Verein", "Wohlfahrtsverband", "kommunal", "kirchlich"), (15, 60),
        ("Kesselhaus", "Güterschuppen", "Alte Molkerei", "Gleis 3", "Funkenflug", "Wasserturm", "Rampe", "Oase",
         "Sprungbrett", "Blaue Tür", "Scheune", "Dachboden", "Nordlicht", "Sägewerk", "Treibhaus", "Kompass",
         "Spinnerei", "Windrad", "Kiesgrube", "Ziegelei", "Parkdeck", "Leuchtturm", "Ankerplatz", "Pumpwerk"),
    ),
    Angebotsart(
        "familie", 26, 1.8,
        ("Familienzentrum", "Eltern-Kind-Treff", "Mehrgenerationenhaus", "Frühe Hilfen", "Familienbildungsstätte"),
        ("Wohlfahrtsverband", "Verein", "kirchlich", "kommunal"), (12, 40),
        ("Regenbogen", "Lindenhof", "Nestwärme", "Apfelbaum", "Sonnenuhr", "Pusteblume", "Brückenhaus", "Wiesengrund",
         "Kastanie", "Storchennest", "Marienkäfer", "Mühlrad", "Kleeblatt", "Sterntaler"),
    ),
    Angebotsart(
        "senioren", 24, 1.0,
        ("Seniorenbegegnungsstätte", "Seniorentreff", "Offener Mittagstisch", "Nachbarschaftshilfe",
         "Beratung zum Wohnen im Alter"),
        ("Wohlfahrtsverband", "Verein", "kirchlich", "kommunal"), (15, 50),
        ("Abendsonne", "Lindenplatz", "Kaffeemühle", "Am Brunnen", "Herbstlaub", "Gute Stube", "Ofenbank", "Am Anger",
         "Plauderstübchen", "Kirschgarten", "Hofladen", "Spätlese"),
    ),
    Angebotsart(
        "pflege", 22, 1.2,
        ("Tagespflege", "Ambulanter Pflegedienst", "Betreuungsgruppe bei Demenz", "Kurzzeitpflege", "Pflegestützpunkt"),
        ("privat", "Wohlfahrtsverband", "gemeinnützige Gesellschaft", "kommunal"), (10, 24),
        ("Am Park", "Rosengarten", "Lichtblick", "Waldblick", "Am Weiher", "Sonnenhof", "Birkenhain", "Auenblick",
         "Vergissmeinnicht", "Zuhause"),
    ),
    Angebotsart(
        "wohnungslosenhilfe", 6, 40.0,
        ("Tagesaufenthalt", "Fachstelle Wohnungssicherung", "Notübernachtung", "Ambulant betreutes Wohnen"),
        ("Wohlfahrtsverband", "kommunal", "kirchlich"), (8, 24),
    ),
    Angebotsart(
        "integration", 12, 6.0,
        ("Interkultureller Treff", "Sprachcafé", "Begegnungszentrum", "Lotsendienst für Zugewanderte"),
        ("Verein", "Wohlfahrtsverband", "kommunal"), (12, 30),
        ("Weltraum", "Mosaik", "Teetasse", "Brücke", "Marktplatz", "Willkommen"),
    ),
    Angebotsart(
        "selbsthilfe", 10, 6.0,
        ("Kontaktstelle Selbsthilfe", "Selbsthilfegruppe Angehörige", "Selbsthilfegruppe Sucht",
         "Selbsthilfegruppe Depression", "Gesprächskreis für Pflegende"),
        ("Verein", "Wohlfahrtsverband"), None,
    ),
    Angebotsart(
        "kultur", 8, 2.0,
        ("Soziokulturelles Zentrum", "Kulturwerkstatt", "Bürgerhaus", "Filmclub"),
        ("Verein", "kommunal"), (30, 120),
        ("Alte Weberei", "Bahnsteig 1", "Kornspeicher", "Lichtspiel"),
    ),
)  # fmt: skip
"""In the order of the register."""
