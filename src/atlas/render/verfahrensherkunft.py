"""Where the method of an Index comes from, where the Index departs from it, and what of it nobody has confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.render.zahlen import format_liste

if TYPE_CHECKING:
    from atlas.config.models.indizes import GestufterIndex
    from atlas.config.models.verfahren import Verfahren
    from atlas.render.werk import Werk

_SCHRITTE: Final = {
    "standardisierung": "Standardisierung",
    "zusammenfassung": "Zusammenfassung",
    "restandardisierung": "zweite Standardisierung",
}


def describe_herkunft(werk: Werk, gestuft: GestufterIndex) -> tuple[str, ...]:
    """Give the paragraphs on the source of an Index; of a named method also its state of proof."""
    eigene = f"Quelle des Verfahrens: {_ohne_punkt(gestuft.quelle)}."
    if gestuft.verfahren is None:
        return (eigene,)
    verfahren = werk.konfiguration.dimensionen.verfahren[gestuft.verfahren]
    absaetze = [f"Verfahren: {verfahren.name}. Quelle: {_ohne_punkt(verfahren.quelle)}."]
    if gestuft.quelle != verfahren.quelle:
        absaetze.append(f"Quelle dieses Index: {_ohne_punkt(gestuft.quelle)}.")
    abweichend = find_abweichungen(gestuft, verfahren)
    if abweichend:
        absaetze.append(f"Abweichend vom Verfahren festgelegt: {format_liste(list(abweichend))}.")
    if verfahren.belegt:
        absaetze.append(f"Belegt: {_join(verfahren.belegt)}")
    if verfahren.unbestaetigt:
        absaetze.append(f"Nicht bestätigt: {_join(verfahren.unbestaetigt)} Quelle: Auftraggeber.")
    return tuple(absaetze)


def find_abweichungen(gestuft: GestufterIndex, verfahren: Verfahren) -> tuple[str, ...]:
    """Name the choices in which an Index departs from the method it names."""
    anders = [name for feld, name in _SCHRITTE.items() if getattr(gestuft, feld) != getattr(verfahren, feld)]
    ueblich = "differenz" if gestuft.art == "dynamik" else "wert"
    if gestuft.ausgangswert != ueblich or (gestuft.differenz is not None and gestuft.differenz != verfahren.differenz):
        anders.append("Ausgangswert")
    if gestuft.klassen != verfahren.klassen.find(gestuft.art):
        anders.append("Klassen")
    return tuple(anders)


def _join(saetze: tuple[str, ...]) -> str:
    return " ".join(f"{_ohne_punkt(satz)}." for satz in saetze)


def _ohne_punkt(satz: str) -> str:
    return satz.rstrip(".")
