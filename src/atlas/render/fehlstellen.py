"""Why cells of a table hold no figure: one sentence per cause, with names while they are few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from atlas.render.sprachform import form_dativ
from atlas.render.zahlen import format_liste

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from atlas.config.models.indikatoren import Indikator
    from atlas.render.register import Register
    from atlas.render.werk import Werk
    from atlas.render.zahlen import Wert

_GESPERRT: Final = "In dieser Ausgabe gesperrt"
_QUELLE: Final = "Von der Quelle nicht mitgeteilt"
_OHNE: Final = "Ohne gelieferten Wert"
_URSACHEN: Final = {"geheim": _QUELLE, "gesperrt": _OHNE, "nicht_geliefert": _OHNE, "unbekannt": _OHNE}
_FERTIGE_WERTE: Final = "aus Anteilen oder Durchschnitten der {teile} lässt sich kein Wert bilden"
_UEBERLAGERTE: Final = "aus vorab veränderten Zahlen der {teile} lässt sich keine Summe bilden"
_HOECHSTENS_NAMEN: Final = 6


def explain_fehlstellen(werk: Werk, indikatoren: Mapping[str, Indikator], raeume: Sequence[str]) -> tuple[str, ...]:
    """Give a sentence per cause: what the source kept back, what this Ausgabe withholds, what was not delivered.

    A coarser Raum that has no figure only because one of its parts has none is named as a consequence; one whose
    figure cannot be made from those of its parts gets a sentence of its own.
    """
    saetze = []
    for ursache in (_QUELLE, _OHNE, _GESPERRT):
        je_raeume: dict[tuple[str, ...], list[str]] = {}
        for name, indikator in indikatoren.items():
            ohne = [raum for raum in raeume if _find_ursache(werk.freigabe.find("indikator", name, raum)) == ursache]
            if ohne:
                je_raeume.setdefault(tuple(ohne), []).append(indikator.kurzname)
        teile = [_format_fall(werk.register, kurznamen, ohne) for ohne, kurznamen in je_raeume.items()]
        if teile:
            warum = describe_schwellen(werk) if ursache == _GESPERRT else ""
            saetze.append(f"{ursache}{f' ({warum})' if warum else ''}: {'; '.join(teile)}.")
    return (*saetze, *_explain_unbildbare(werk, indikatoren, raeume), *_tell_ausschluesse(werk, raeume))


def describe_schwellen(werk: Werk) -> str:
    """Give the thresholds of an Ausgabe in words, as far as it has any."""
    regel = werk.ausgabe.geheimhaltung
    if regel == "keine":
        return ""
    teile = [f"Fallzahl unter {regel.mindestfallzahl}"] if regel.mindestfallzahl > 1 else []
    teile += [f"Bezugsgröße unter {regel.mindestnenner}"] if regel.mindestnenner > 0 else []
    return " oder ".join(teile)


def _tell_ausschluesse(werk: Werk, raeume: Sequence[str]) -> tuple[str, ...]:
    """Name the Räume of a table that no Index rates for a declared reason: their figures need it beside them."""
    gruende: dict[str, list[str]] = {}
    for ausschluss in werk.konfiguration.raeume.ausschluesse:
        if ausschluss.raum_id in raeume:
            gruende.setdefault(ausschluss.grund.rstrip("."), []).append(ausschluss.raum_id)
    teile = [f"{name_raeume(werk.register, eigene)} ({grund})" for grund, eigene in gruende.items()]
    return (f"In keinem Index bewertet: {'; '.join(teile)}.",) if teile else ()


def _explain_unbildbare(werk: Werk, indikatoren: Mapping[str, Indikator], raeume: Sequence[str]) -> Iterable[str]:
    """Say for which Räume nothing was delivered and nothing can be made: neither a mean of rates nor a sum of noise."""
    faelle: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for name, indikator in indikatoren.items():
        ohne = tuple(raum for raum in raeume if _ist_unbildbar(werk.freigabe.find("indikator", name, raum)))
        if ohne:
            warum = _FERTIGE_WERTE if indikator.berechnung.art == "wert" else _UEBERLAGERTE
            faelle.setdefault((ohne, warum), []).append(indikator.kurzname)
    for (ohne, warum), kurznamen in faelle.items():
        ebenen = {werk.register.raeume[raum].ebene for raum in ohne}
        teile = "Teile" if werk.hauptebene in ebenen else werk.register.find_ebene(werk.hauptebene).mehrzahl
        namen = name_raeume(werk.register, ohne)
        yield f"Für {namen} nicht geliefert: {format_liste(kurznamen)}; {warum.format(teile=teile)}."


def _ist_unbildbar(wert: Wert | None) -> bool:
    return wert is not None and wert.sperrgrund is None and wert.wertstatus == "nicht_aggregierbar"


def _find_ursache(wert: Wert | None) -> str | None:
    if wert is None:
        return _OHNE
    if wert.sperrgrund is not None:
        return _GESPERRT
    return _URSACHEN.get(wert.wertstatus)


def _format_fall(register: Register, kurznamen: list[str], ohne: Sequence[str]) -> str:
    folgen = {eltern for raum in ohne for eltern in register.find_vorfahren(raum)} & set(ohne)
    orte = name_raeume_dativ(register, [raum for raum in ohne if raum not in folgen])
    text = f"{format_liste(kurznamen)} in {orte}"
    if folgen:
        text += f", deshalb auch ohne Wert: {name_raeume(register, [raum for raum in ohne if raum in folgen])}"
    return text


def name_raeume(register: Register, raeume: Sequence[str]) -> str:
    """Name a few Räume, or count many by level."""
    if len(raeume) <= _HOECHSTENS_NAMEN:
        return format_liste([register.name_eindeutig(raum) for raum in raeume])
    return format_liste([register.count(anzahl, ebene) for ebene, anzahl in _count(register, raeume).items()])


def name_raeume_dativ(register: Register, raeume: Sequence[str]) -> str:
    """Name a few Räume, or count many by level, as after »in« and »zu«."""
    if len(raeume) <= _HOECHSTENS_NAMEN:
        return name_raeume(register, raeume)
    gezaehlt = {ebene: register.count(anzahl, ebene) for ebene, anzahl in _count(register, raeume).items()}
    einer = {ebene: register.count(1, ebene) for ebene in gezaehlt}
    return format_liste([text if text == einer[ebene] else form_dativ(text) for ebene, text in gezaehlt.items()])


def _count(register: Register, raeume: Iterable[str]) -> dict[str, int]:
    anzahlen: dict[str, int] = {}
    for raum in raeume:
        ebene = register.raeume[raum].ebene
        anzahlen[ebene] = anzahlen.get(ebene, 0) + 1
    return anzahlen
