"""The closed lists of the tables."""

from __future__ import annotations

from typing import Final

STATUS: Final = (
    "beobachtet",
    "geschaetzt",
    "null_genau",
    "null_gerundet",
    "geheim",
    "unbekannt",
    "unsicher",
    "spaeter",
    "gesperrt",
    "nicht_existent",
    "nicht_geliefert",
)
"""Why a Messwert is what it is; see `VORHANDEN` for those that carry a number."""

VORHANDEN: Final = ("beobachtet", "geschaetzt", "null_genau", "null_gerundet")
"""The statuses that carry a number; with all others `wert` is null."""

QUALITAETEN: Final = ("endgueltig", "vorlaeufig", "berichtigt", "geschaetzt", "eingeschraenkt")
"""How good the publisher says a Messwert is; null where nothing is said."""

VORBEHANDLUNGEN: Final = ("gerundet", "summentreu", "zufallsueberlagert")
"""How the publisher changed a figure before delivery; what is `zufallsueberlagert` must not be summed."""

WERTSTATUS: Final = (
    *STATUS,
    "nenner_null",
    "unter_mindestfallzahl",
    "nicht_vergleichbar",
    "nicht_aggregierbar",
)
"""Why a computed value is what it is."""

ARTEN: Final = (
    "indikator",
    "zaehler",
    "nenner",
    "ki_unten",
    "ki_oben",
    "index",
    "rang",
    "abstand",
    "bevoelkerung",
    "bezug_mittel",
    "bezug_streuung",
)
"""What a row of Freigabewerte holds."""

SPERRGRUENDE: Final = ("fallzahl", "dominanz", "folge_sperrung", "abgeleitet", "nicht_fuer_diese_ausgabe")
"""Why a value of an Ausgabe is withheld."""

SCHWEREN: Final = ("fehler", "warnung", "hinweis")
"""How bad a Befund is; an open fehler ends the run after validate."""

RICHTUNGEN: Final = ("hoch_ist_belastet", "hoch_ist_entlastet", "neutral")
"""What a high value of an Indikator means."""

BERECHNUNGSARTEN: Final = ("anteil", "rate", "dichte", "anzahl", "veraenderung", "mittelwert", "wert")
"""How an Indikator is computed; `anzahl` is a count without a Nenner, `wert` a figure that arrives as a rate."""

ZEITBEZUEGE: Final = ("stand", "veraenderung")
"""Whether an Indikator describes a state or a change."""

FLAECHE_HA: Final = "flaeche_ha"
"""The Merkmal that every Raum with a known area has, in hectares; no source delivers it."""

GESAMT: Final = "gesamt"
"""Name of the Gesamtindex in Indizes and Freigabewerte."""

SUMME: Final = "summe"
"""Name under which the second standardisation of an Index stands in Normwerte and Freigabewerte."""

WENIGE_RAEUME: Final = 30
"""Below this number of compared Räume one Raum is more than 3 % of all Räume; methodik.md 4."""
