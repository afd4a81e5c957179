"""What the Sozialraummonitor shows, in two sentences that count classes and judge nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.render.monitor import TITEL, group_gleiche
from atlas.render.zahlen import format_liste, spell

if TYPE_CHECKING:
    from atlas.render.werk import Werk

_HOECHSTENS_NAMEN: Final = 4
_KEIN_URTEIL: Final = (
    "Das zeigt, wo genaueres Hinsehen lohnt. Es ist kein Gesamturteil: Dimensionen lassen sich nicht zusammenzählen."
)


def tell_monitor(werk: Werk) -> tuple[str, ...]:
    """Say who stands in the highest class in the most Dimensionen, and what that does not mean."""
    gruppen = group_gleiche(werk, list(werk.dimensionsindizes))
    return tuple(satz for gleiche in gruppen for satz in _tell_hoechste(werk, gleiche))


def _tell_hoechste(werk: Werk, indizes: list[str]) -> tuple[str, ...]:
    gestuft = werk.indizes[indizes[0]]
    letzte = gestuft.klassen[-1].klasse
    klasse = f"in der Klasse »{werk.klassenname(letzte)}«"
    mehrzahl = werk.register.find_ebene(gestuft.ebene).mehrzahl
    anzahlen = {
        raum: sum(werk.freigabe.find_einstufung(index, raum).klasse == letzte for index in indizes)
        for raum in werk.register.list_ebene(gestuft.ebene)
    }
    dabei = [raum for raum, anzahl in anzahlen.items() if anzahl]
    if not dabei:
        return (f"Im {TITEL} steht in keiner Dimension ein Raum {klasse}.",)
    meiste = max(anzahlen.values())
    vorn = [raum for raum in dabei if anzahlen[raum] == meiste]
    weitere = ""
    if len(dabei) > len(vorn):
        weitere = f" In wenigstens einer Dimension stehen dort {spell(len(dabei))} der {len(anzahlen)} {mehrzahl}."
    wo = _wo(werk, indizes, meiste, len(vorn))
    satz = f"Im {TITEL} {_nenne(werk, vorn)} am häufigsten {klasse} (Bedarf im Vergleich): {wo}."
    return (f"{satz}{weitere}", _KEIN_URTEIL)


def _nenne(werk: Werk, raeume: list[str]) -> str:
    """Name a few Räume with their verb, or count many."""
    verb = "steht" if len(raeume) == 1 else "stehen"
    if len(raeume) > _HOECHSTENS_NAMEN:
        return f"{verb} {werk.register.tell(len(raeume), werk.register.raeume[raeume[0]].ebene)}"
    return f"{verb} {format_liste([werk.register.name(raum) for raum in raeume])}"


def _wo(werk: Werk, indizes: list[str], anzahl: int, raeume: int) -> str:
    """Say in how many Dimensionen: in acht der 15 Dimensionen."""
    if len(indizes) == 1:
        return f"in »{werk.name_index(indizes[0])}«"
    je = "je " if raeume > 1 else ""
    return f"in {je}{'einer' if anzahl == 1 else spell(anzahl)} der {len(indizes)} Dimensionen"
