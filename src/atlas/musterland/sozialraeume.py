"""The quarters of the six towns: names, kind of building, size, position and social situation."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Vierteltyp = Literal[
    "altstadt", "gruenderzeit", "grosssiedlung", "siedlung", "villen", "eigenheim", "neubau", "gewerbe", "ortsteil"
]


class Viertel(NamedTuple):
    """One quarter; direction in degrees from east, counter-clockwise, distance from the town's centre in km."""

    name: str
    typ: Vierteltyp
    einwohner: int
    """Residents at the end of 2025; adapted to the size of the town in proportion."""
    lage: float
    richtung: float
    abstand: float


VIERTEL: Final[dict[str, tuple[Viertel, ...]]] = {
    "Musterstadt": (
        Viertel("Altstadt", "altstadt", 1_700, 0.5, 0, 0.0),
        Viertel("Bahnhofsviertel", "gruenderzeit", 1_850, 2.0, 20, 1.3),
        Viertel("Am Mühlgraben", "gruenderzeit", 1_500, 0.9, 75, 1.3),
        Viertel("Schlossvorstadt", "altstadt", 1_350, -0.5, 130, 1.3),
        Viertel("Gerbervorstadt", "gruenderzeit", 1_600, 1.3, 190, 1.3),
        Viertel("Südvorstadt", "gruenderzeit", 1_850, 0.2, 250, 1.3),
        Viertel("Oststadt", "gruenderzeit", 2_000, 1.5, 315, 1.4),
        Viertel("Nordvorstadt", "siedlung", 1_700, 0.5, 95, 2.6),
        Viertel("Parkviertel", "villen", 1_050, -1.7, 150, 2.6),
        Viertel("Weststadt", "siedlung", 1_500, 0.6, 190, 2.7),
        Viertel("Fuchsberg Nord", "grosssiedlung", 3_050, 3.0, 50, 2.7),
        Viertel("Fuchsberg Süd", "grosssiedlung", 2_500, 2.5, 15, 2.9),
        Viertel("Gartenstadt", "siedlung", 1_300, -0.3, 230, 2.7),
        Viertel("Heimstättensiedlung", "siedlung", 1_100, 0.1, 275, 2.7),
        Viertel("Klinikviertel", "siedlung", 1_150, -0.2, 305, 2.9),
        Viertel("Am Weinhang", "eigenheim", 1_150, -1.4, 120, 3.4),
        Viertel("Neue Aue", "neubau", 1_350, -1.0, 250, 3.9),
        Viertel("Am Güterbahnhof", "gewerbe", 820, 1.9, 345, 3.0),
        Viertel("Hohe Straße", "siedlung", 1_250, 0.4, 170, 3.9),
        Viertel("Oberhain", "ortsteil", 950, -0.6, 90, 4.6),
        Viertel("Niederhain", "ortsteil", 900, -0.4, 55, 4.6),
        Viertel("Querfeld", "ortsteil", 800, -0.7, 210, 4.6),
        Viertel("Lindigt", "ortsteil", 860, -0.9, 290, 4.4),
        Viertel("Steinbach", "ortsteil", 780, -0.5, 330, 4.6),
    ),
    "Hammerwerda": (
        Viertel("Altstadt", "altstadt", 1_500, 1.0, 0, 0.0),
        Viertel("Hüttenviertel", "gruenderzeit", 1_650, 2.3, 40, 1.4),
        Viertel("Am Bahnhof", "gruenderzeit", 1_300, 2.2, 110, 1.4),
        Viertel("Werkssiedlung", "siedlung", 1_450, 1.5, 180, 1.5),
        Viertel("Walzwerkviertel", "gewerbe", 950, 2.0, 330, 1.5),
        Viertel("Neustadt Nord", "grosssiedlung", 2_500, 2.9, 70, 2.9),
        Viertel("Neustadt Süd", "grosssiedlung", 2_200, 2.6, 250, 1.7),
        Viertel("Am Schachtberg", "siedlung", 1_350, 1.3, 140, 2.9),
        Viertel("Bergmannssiedlung", "siedlung", 1_200, 0.8, 215, 3.0),
        Viertel("Waldsiedlung", "eigenheim", 1_100, -0.9, 290, 3.3),
        Viertel("Kohlau", "ortsteil", 1_000, 0.2, 10, 3.6),
        Viertel("Unterdorf", "ortsteil", 1_040, 0.0, 335, 4.0),
    ),
    "Bad Lindenbrunn": (
        Viertel("Altstadt", "altstadt", 1_700, 0.4, 0, 0.0),
        Viertel("Kurviertel", "villen", 1_750, -0.7, 80, 1.6),
        Viertel("Bahnhofsvorstadt", "gruenderzeit", 1_800, 1.2, 330, 1.6),
        Viertel("Mühlviertel", "siedlung", 1_550, 0.4, 200, 1.6),
        Viertel("Am Quellberg", "grosssiedlung", 2_300, 2.1, 265, 1.8),
        Viertel("Südhang", "eigenheim", 1_350, -1.4, 290, 3.5),
        Viertel("Lindenhof", "siedlung", 1_450, -0.3, 140, 2.2),
        Viertel("Grundmühle", "ortsteil", 950, -0.6, 30, 3.5),
        Viertel("Hainbrunn", "ortsteil", 1_040, -0.8, 240, 4.2),
    ),
    "Königsfurth": (
        Viertel("Altstadt", "altstadt", 1_700, 0.5, 0, 0.0),
        Viertel("Furtviertel", "gruenderzeit", 1_750, 0.9, 300, 1.5),
        Viertel("Oberstadt", "eigenheim", 1_500, -0.7, 100, 1.7),
        Viertel("Nordsiedlung", "grosssiedlung", 2_200, 2.0, 45, 1.8),
        Viertel("Am Hafen", "gewerbe", 1_000, 1.3, 235, 1.7),
        Viertel("Ziegeleiviertel", "siedlung", 1_750, 0.5, 170, 1.7),
        Viertel("Neufurth", "ortsteil", 1_250, -0.6, 350, 3.6),
        Viertel("Deichdorf", "ortsteil", 1_110, -0.4, 140, 4.0),
    ),
    "Grünfelde": (
        Viertel("Ortskern", "altstadt", 2_000, -0.1, 0, 0.0),
        Viertel("Am Bahnhof", "siedlung", 1_900, 0.4, 200, 1.6),
        Viertel("Gartenfeld", "eigenheim", 1_800, -1.2, 90, 1.8),
        Viertel("Sonnenhang", "villen", 1_300, -1.6, 20, 2.2),
        Viertel("Wiesengrund", "neubau", 2_150, -1.0, 290, 2.0),
        Viertel("Altes Dorf", "ortsteil", 1_410, -0.7, 335, 3.5),
    ),
    "Burgwalda": (
        Viertel("Altstadt", "altstadt", 1_950, 0.5, 0, 0.0),
        Viertel("Burgviertel", "eigenheim", 1_650, -0.8, 60, 1.8),
        Viertel("Weststadt", "grosssiedlung", 2_350, 1.7, 180, 1.7),
        Viertel("Bahnhofsviertel", "gruenderzeit", 1_950, 1.0, 300, 1.7),
        Viertel("Waldhof", "ortsteil", 1_530, -0.4, 120, 4.0),
    ),
}
