"""What stands where in the book, in sentences that lead to the chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.render.modelle import Textteil

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.render.modelle import Kapitel, Kartenseite, Monitorseite

    _Ziel = Kapitel | Kartenseite | Monitorseite


def build_wegweiser(
    karten: Sequence[Kartenseite],
    raeume: Kapitel,
    monitor: Monitorseite | None,
    dimensionen: Sequence[Kapitel],
    schluss: tuple[Kapitel, Kapitel, Kapitel],
) -> tuple[tuple[Textteil, ...], ...]:
    """Give a sentence per kind of chapter; `schluss` are Indikatorblätter, methods and sources."""
    blaetter, methoden, quellen = schluss
    einstufung = "Die Einstufung der Räume zeigen " if karten else "Die Einstufung der Räume zeigt "
    saetze = [(Textteil(einstufung), *_zaehle_auf(karten), Textteil("; alle Räume stehen in "), _ziel(raeume))]
    if not karten:
        saetze = [(Textteil(einstufung), _ziel(raeume))]
    if monitor is not None:
        saetze.append((Textteil("Wo jeder verglichene Raum in jeder Dimension steht, zeigt "), _ziel(monitor)))
    if len(dimensionen) > 1:
        von, bis = _ziel(dimensionen[0]), _ziel(dimensionen[-1])
        saetze.append((Textteil("Die Zahlen stehen in einem Kapitel je Dimension, von "), von, Textteil(" bis "), bis))
    saetze.append(
        (
            Textteil("Was ein Indikator sagt und was nicht, steht in "),
            _ziel(blaetter),
            Textteil("; wie gerechnet wurde, in "),
            _ziel(methoden),
            Textteil("; woher die Daten kommen, in "),
            _ziel(quellen),
        )
    )
    return tuple((*satz, Textteil(".")) for satz in saetze)


def _zaehle_auf(ziele: Sequence[_Ziel]) -> list[Textteil]:
    """Give targets as a list in a sentence: A, B und C."""
    teile: list[Textteil] = []
    for nummer, ziel in enumerate(ziele):
        if nummer:
            teile.append(Textteil(" und " if nummer == len(ziele) - 1 else ", "))
        teile.append(_ziel(ziel))
    return teile


def _ziel(ziel: _Ziel) -> Textteil:
    return Textteil(f"»{ziel.titel}«", ziel.anker)
