"""How to read an Index, in sentences that do not say more than it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.render.zahlen import format_liste

if TYPE_CHECKING:
    from atlas.config.models.indizes import Gesamtindex
    from atlas.render.werk import Werk

_SCHLECHT: Final = {"status": "eine hohe Belastung", "dynamik": "eine ungünstige Entwicklung"}


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


def explain_enden(werk: Werk, index: str) -> str:
    """Say in one line what the first and the last class of an Index mean."""
    gestuft = werk.indizes[index]
    erste, letzte = (werk.klassenname(gestuft.klassen[n].klasse) for n in (0, -1))
    if gestuft.art == "status":
        return f"{erste}: im Vergleich gering belastet; {letzte}: hoch belastet"
    mitte = "im Mittel" if _misst_an_raeumen(werk, index) else "im ganzen Gebiet"
    return f"{erste}: deutlich günstiger als {mitte}; {letzte}: deutlich ungünstiger"


def explain_richtung(werk: Werk) -> str:
    """Say in one sentence which class, value and rank stand for a bad place, as far as they are shown."""
    arten = {index.art for index in werk.hauptindizes.values()}
    wofuer = " oder ".join(wort for art, wort in _SCHLECHT.items() if art in arten)
    letzte = [f"»{werk.klassenname(index.klassen[-1].klasse)}«" for index in werk.hauptindizes.values()]
    zeichen = [f"{'Klasse' if len(letzte) == 1 else 'die Klassen'} {format_liste(letzte)}"]
    zeichen += [text for art, text in (("index", "ein hoher Wert"), ("rang", "ein Rang nahe 1")) if werk.shows(art)]
    return f"Für {wofuer} stehen: {'; '.join(zeichen)}."


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
    ist_mittel = _misst_an_raeumen(werk, index)
    return "die mittlere Entwicklung der verglichenen Räume" if ist_mittel else "die Entwicklung des ganzen Gebiets"


def _misst_an_raeumen(werk: Werk, index: str) -> bool:
    verfahren = werk.indizes[index]
    zweiter = verfahren.restandardisierung
    return (verfahren.standardisierung if zweiter == "keine" else zweiter).zentrum == "raummittel"
