"""Which column of a file is what: every declared one is there, every one that is there is declared or ignored."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from atlas.errors import EingabeError, Problem
from atlas.ingest.auflistung import MAX_PROBLEME
from atlas.ingest.deutung.muster import passt_zu_einem
from atlas.zeichen import shorten_mitte, show_kopf, show_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from atlas.config.models.quellen import Quelle, Wertspalte
    from atlas.ingest.formate.raster import Rohtabelle

_KOPF_HOECHSTENS: Final = 60


@dataclass(frozen=True)
class Wertwahl:
    """One value column of a file: its place, its head, its declaration and the named groups of its head."""

    stelle: int
    kopf: str
    spalte: Wertspalte
    teile: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Spaltenwahl:
    """What a declaration makes of the heads of a file, checked or not.

    `wahlen` are all value columns from left to right, `gelesen` those that no dimension leaves out, `uebrig` the heads
    that nothing declares, `fehlend` the declared heads that the file does not have.
    """

    wahlen: list[Wertwahl]
    gelesen: list[Wertwahl]
    uebrig: list[str]
    fehlend: list[str]


def choose_spalten(tabelle: Rohtabelle, quelle: Quelle) -> Spaltenwahl:
    """Say for the columns of a file what they are declared to be, without judging it."""
    wahlen = [w for stelle, kopf in enumerate(tabelle.kopf) for w in _wahlen(stelle, kopf, quelle)]
    bekannte = _andere_spalten(quelle) | {wahl.kopf for wahl in wahlen}
    return Spaltenwahl(
        wahlen=wahlen,
        gelesen=[wahl for wahl in wahlen if not _ist_ignoriert(wahl, quelle)],
        uebrig=[k for k in tabelle.kopf if k not in bekannte and not passt_zu_einem(k, quelle.werte.ignoriere)],
        fehlend=[spalte for spalte in _verlangte(quelle) if spalte not in tabelle.kopf],
    )


def find_wertspalten(tabelle: Rohtabelle, quelle: Quelle) -> list[Wertwahl]:
    """Give the value columns of a file, from left to right.

    Raises `EingabeError` for a declared column that is missing, a column that two declarations claim and a column that
    none does.
    """
    wahl = choose_spalten(tabelle, quelle)
    probleme = _melde_fehlende(wahl.fehlend, wahl.uebrig, tabelle, quelle)
    probleme += _melde_leere_muster(wahl.wahlen, wahl.uebrig, tabelle, quelle)
    if not probleme:
        andere = _andere_spalten(quelle)
        probleme = [*_melde_uebrige(wahl.uebrig, tabelle, quelle), *_melde_doppelte(wahl.wahlen, andere, tabelle)]
    if probleme:
        raise EingabeError(probleme)
    return wahl.gelesen


def find_zeilenspalten(quelle: Quelle) -> list[str]:
    """Name the columns whose text says what a row is about: key, time, dimensions."""
    schluessel = quelle.schluessel
    namen = [schluessel.spalte, *(schluessel.spalten or ()), quelle.zeit.spalte]
    namen += [dimension.spalte for dimension in quelle.dimensionen]
    return list(dict.fromkeys(name for name in namen if name))


def _andere_spalten(quelle: Quelle) -> set[str]:
    return {*find_zeilenspalten(quelle), *([quelle.qualitaet.spalte] if quelle.qualitaet else [])}


def _verlangte(quelle: Quelle) -> list[str]:
    namen = [*find_zeilenspalten(quelle), *(spalte.spalte for spalte in quelle.werte.spalten if spalte.spalte)]
    namen += [quelle.qualitaet.spalte] if quelle.qualitaet else []
    return list(dict.fromkeys(namen))


def _wahlen(stelle: int, kopf: str, quelle: Quelle) -> list[Wertwahl]:
    gefunden = []
    for spalte in quelle.werte.spalten:
        treffer = re.fullmatch(spalte.muster, kopf) if spalte.muster else None
        if spalte.spalte == kopf or treffer:
            teile = {name: text or "" for name, text in (treffer.groupdict() if treffer else {}).items()}
            gefunden.append(Wertwahl(stelle, kopf, spalte, teile))
    return gefunden


def _ist_ignoriert(wahl: Wertwahl, quelle: Quelle) -> bool:
    """Tell whether a dimension leaves out the column on purpose."""
    return any(
        dimension.kopf in wahl.teile and passt_zu_einem(wahl.teile[dimension.kopf], dimension.ignoriere)
        for dimension in quelle.dimensionen
        if dimension.kopf
    )


def _melde_fehlende(fehlend: list[str], uebrig: list[str], tabelle: Rohtabelle, quelle: Quelle) -> list[Problem]:
    ort = tabelle.find_ort(tabelle.kopfzeile)
    anderswo = _find_kopf_anderswo(tabelle, quelle) if fehlend else ""
    if anderswo:
        return [Problem(tabelle.datei, tabelle.kopfzeile, ort, anderswo)]
    vorhanden = f" In der Datei übrig: {_aufzaehlung(uebrig)}." if uebrig else " Neu anfordern."
    return [
        Problem(tabelle.datei, tabelle.kopfzeile, ort, f"die Spalte »{spalte}« fehlt.{vorhanden}") for spalte in fehlend
    ]


def _find_kopf_anderswo(tabelle: Rohtabelle, quelle: Quelle) -> str:
    """Say in which line the header seems to stand, if not where it was looked for; empty when nowhere."""
    gesucht = next(iter(find_zeilenspalten(quelle)), "")
    for satz in tabelle.df.head(100).iter_rows() if gesucht else ():
        if gesucht in satz[1:]:
            rat = f"kopf: '^{re.escape(next(filter(None, satz[1:])))}$' unter datei eintragen."
            return f"das ist nicht die Kopfzeile, »{gesucht}« steht in Zeile {satz[0]}. {rat}"
    return ""


def _melde_leere_muster(
    wahlen: list[Wertwahl], uebrig: list[str], tabelle: Rohtabelle, quelle: Quelle
) -> list[Problem]:
    getroffene = {id(wahl.spalte) for wahl in wahlen}
    ort = tabelle.find_ort(tabelle.kopfzeile)
    vorhanden = f" In der Datei übrig: {_aufzaehlung(uebrig)}." if uebrig else ""
    keine = "keine Spalte passt zum Muster"
    return [
        Problem(tabelle.datei, tabelle.kopfzeile, ort, f"{keine} »{spalte.muster}« unter werte.spalten.{vorhanden}")
        for spalte in quelle.werte.spalten
        if spalte.muster and id(spalte) not in getroffene
    ]


def _melde_uebrige(uebrig: list[str], tabelle: Rohtabelle, quelle: Quelle) -> list[Problem]:
    ort = tabelle.find_ort(tabelle.kopfzeile)
    rat = "ist nirgends deklariert. Unter werte.spalten aufnehmen oder unter werte.ignoriere nennen."
    zeige = show_kopf if is_kopfzeile((), quelle) else show_text
    probleme = [
        Problem(tabelle.datei, tabelle.kopfzeile, ort, f"die Spalte {_kopf(spalte, zeige)} {rat}")
        for spalte in uebrig[:MAX_PROBLEME]
    ]
    weitere = len(uebrig) - MAX_PROBLEME
    schluss = f"… und {weitere} weitere Spalten, die nirgends deklariert sind."
    return [*probleme, *([Problem(tabelle.datei, tabelle.kopfzeile, ort, schluss)] if weitere > 0 else [])]


def _melde_doppelte(wahlen: list[Wertwahl], andere: set[str], tabelle: Rohtabelle) -> list[Problem]:
    ort = tabelle.find_ort(tabelle.kopfzeile)
    koepfe = [wahl.kopf for wahl in wahlen]
    doppelte = sorted({kopf for kopf in koepfe if koepfe.count(kopf) > 1 or kopf in andere})
    text = "die Spalte {} ist zweimal deklariert. Muster unter werte.spalten enger fassen."
    return [Problem(tabelle.datei, tabelle.kopfzeile, ort, text.format(_kopf(kopf))) for kopf in doppelte]


def is_kopfzeile(fehlend: Collection[str], quelle: Quelle) -> bool:
    """Tell whether the heads stand in the header for certain: all columns are there that say what a row is about."""
    namen = find_zeilenspalten(quelle)
    return bool(namen) and not set(namen) & set(fehlend)


def _aufzaehlung(spalten: list[str]) -> str:
    """Name the first columns, count the others."""
    genannt = ", ".join(_kopf(spalte) for spalte in spalten[:MAX_PROBLEME])
    weitere = len(spalten) - MAX_PROBLEME
    return f"{genannt} und {weitere} weitere" if weitere > 0 else genannt


def _kopf(spalte: str, zeige: Callable[[str], str] = show_text) -> str:
    """Quote the head of a column; what is no text may be a figure in the wrong line."""
    return f"»{shorten_mitte(zeige(spalte), _KOPF_HOECHSTENS)}«"
