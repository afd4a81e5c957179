"""How to read an Index, in sentences that do not say more than it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.config.models.dimensionen import Gesamtindex
    from atlas.render.werk import Werk


def explain_index(werk: Werk, index: str) -> tuple[str, ...]:
    """Give the reading aid of an Index."""
    gestuft = werk.indizes[index]
    erste, letzte = (werk.klassenname(gestuft.klassen[n].klasse) for n in (0, -1))
    mehrzahl = werk.register.find_ebene(gestuft.ebene).mehrzahl
    if gestuft.art == "status":
        return (
            (
                f"Der Index vergleicht die {mehrzahl} untereinander. »{erste}« heißt: im Vergleich gering belastet; "
                f"»{letzte}« heißt: im Vergleich hoch belastet. Ein Vergleich mit anderen Gebieten oder mit einem "
                "früheren Stand ist damit nicht möglich."
            ),
            "Die Einstufung gilt dem Raum und nicht den Menschen, die dort leben. Sie nennt keine Ursachen.",
        )
    bezug = _bezug(werk, index)
    return (
        (
            f"»{letzte}« heißt: deutlich ungünstiger als {bezug}; das kann mit einer absoluten Verbesserung "
            f"einhergehen. »{erste}« heißt: deutlich günstiger; das kann mit einer absoluten Verschlechterung "
            "einhergehen. Was deutlich ist, legen die Klassengrenzen fest."
        ),
        (
            "Die Dynamik beschreibt eine Entwicklung und nicht den Stand: Ein Raum mit günstigem Status kann eine "
            "ungünstige Dynamik haben und umgekehrt. In kleinen Räumen schwanken die Werte von Jahr zu Jahr stärker."
        ),
    )


def explain_dreiecke(werk: Werk, gesamt: Gesamtindex) -> tuple[str, ...]:
    """Say what colour and triangles on the map of the Gesamtindex mean."""
    klassen = werk.indizes[gesamt.dynamik].klassen
    erste, letzte = (werk.klassenname(klassen[n].klasse) for n in (0, -1))
    return (
        (
            f"Der Farbton zeigt den Status. Ein helles Dreieck mit der Spitze nach oben heißt Dynamik »{erste}«, ein "
            f"dunkles mit der Spitze nach unten Dynamik »{letzte}«; Räume ohne Dreieck liegen dazwischen."
        ),
    )


def explain_gesamt(werk: Werk, gesamt: Gesamtindex) -> tuple[str, ...]:
    """Say what the Gesamtindex is."""
    dynamik = werk.indizes[gesamt.dynamik]
    letzte = werk.klassenname(dynamik.klassen[-1].klasse)
    return (
        (
            "Der Gesamtindex stellt beide Einstufungen nebeneinander und hat keine eigene Zahl. "
            f"Was »{letzte}« heißt, steht beim {dynamik.name}."
        ),
    )


def _bezug(werk: Werk, index: str) -> str:
    """Name what zero means: a second standardisation moves it to the mean of the compared Räume in any case."""
    verfahren = werk.indizes[index]
    if verfahren.standardisierung.zentrum == "raummittel" or verfahren.restandardisierung != "keine":
        return "die mittlere Entwicklung der verglichenen Räume"
    return "die Entwicklung des ganzen Gebiets"
