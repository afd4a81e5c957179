"""YAML to paste: what a declaration would have to say, as text; nothing is taken over by itself."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from atlas.config.models.datei import Aufbau
from atlas.ingest.deutung.schluessel import AUSSERHALB, Schluesselpruefung
from atlas.ingest.deutung.spalten import is_kopfzeile
from atlas.ingest.deutung.zeit import resolve_zeiten
from atlas.ingest.probe.alterskoepfe import find_altersgruppen
from atlas.zeichen import TEIL, is_text, show_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

    from atlas.config.models.quellen import Quelle

_AEHNLICH: Final = 0.75
_NAME_HOECHSTENS: Final = 40
_GENANNTE: Final = 3
_SCHLICHT: Final = re.compile(r"[A-Za-zÄÖÜäöüß][\wÄÖÜäöüß ]*[\wÄÖÜäöüß]")
_WOERTER: Final = {"true", "false", "yes", "no", "on", "off", "null", "ja", "nein"}
_ZIFFERN: Final = r"^[-−(]?\s*\d[\d.,' \x{00a0}\x{202f}]*\s*[)%]?\s*[A-Za-z]?$"
_UMLAUTE: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
UEBLICHE: Final = {
    "-": "null_genau", "–": "null_genau", "*": "geheim", ".": "geheim", "...": "spaeter", "…": "spaeter",
    "x": "gesperrt", "X": "gesperrt", "/": "unsicher", "": "nicht_geliefert",
}  # fmt: skip
"""What signs mean in most official tables; the analyst has to check it."""


@dataclass(frozen=True)
class Vorschlag:
    """One line of YAML, the key of the declaration under which it belongs, and the head it would replace."""

    ort: str
    zeile: str
    statt: str = ""


@dataclass(frozen=True)
class _Lage:
    """What a suggestion depends on: missing heads, the heads in whose place new ones are, names of what they count.

    `alter` has the groups of heads that are ages.
    """

    quelle: Quelle
    fehlend: frozenset[str]
    statt: dict[str, str]
    merkmale: dict[str, str]
    alter: dict[str, str]


def suggest_spalten(
    uebrige: Sequence[tuple[str, pl.Series]], fehlend: Sequence[str], quelle: Quelle
) -> tuple[Vorschlag, ...]:
    """Give a line for each column that nothing declares, by head and texts.

    A column takes the place of the missing one of a like name; keys and years that of the missing column of keys and
    years; other figures are to be read, other texts to be left out. Heads that are figures are named in a comment.
    """
    alter = find_altersgruppen([kopf for kopf, _ in uebrige]) if is_kopfzeile(fehlend, quelle) else {}
    benannte = [(kopf, texte) for kopf, texte in uebrige if is_text(kopf) or kopf in alter]
    unbenannte = [f"»{show_text(kopf)}«" for kopf, _ in uebrige if not (is_text(kopf) or kopf in alter)]
    lage = _Lage(
        quelle,
        frozenset(fehlend),
        {neu: alt for alt, neu in pair_koepfe(fehlend, [kopf for kopf, _ in benannte])},
        _name_merkmale([k for k, texte in benannte if k not in alter and holds_zahlen(texte, quelle)], quelle),
        alter,
    )
    vorschlaege = [_suggest(kopf, texte, lage) for kopf, texte in benannte]
    if unbenannte:
        weitere = f" und {len(unbenannte) - _GENANNTE} weitere" if len(unbenannte) > _GENANNTE else ""
        anfang = f"# ohne Vorschlag, weil im Kopf eine Zahl steht: {', '.join(unbenannte[:_GENANNTE])}{weitere}."
        vorschlaege.append(Vorschlag("werte.spalten", f"{anfang} Ist das die Kopfzeile? datei.kopf prüfen"))
    return tuple(vorschlaege)


def _suggest(kopf: str, texte: pl.Series, lage: _Lage) -> Vorschlag:
    quelle, statt = lage.quelle, lage.statt.get(kopf, "")
    for ort, spalte, passt in (
        ("schluessel", quelle.schluessel.spalte, _holds_schluessel),
        ("zeit", quelle.zeit.spalte, _holds_jahre),
    ):
        if spalte in lage.fehlend and (spalte == statt or passt(texte, quelle)):
            return Vorschlag(ort, f"spalte: {quote(kopf)}", spalte or "")
    for wert in quelle.werte.spalten:
        if statt and wert.spalte == statt and wert.merkmal:
            gruppe = f", gruppe: {quote(wert.gruppe)}" if wert.gruppe else ""
            zeile = f"- {{spalte: {quote(kopf)}, merkmal: {wert.merkmal}{gruppe}}}"
            return Vorschlag("werte.spalten", zeile, statt)
    aus_dimension = any(dimension.merkmale for dimension in quelle.dimensionen)
    if kopf in lage.alter:
        merkmal = "" if aus_dimension else f", merkmal: {_find_merkmal_des_alters(quelle)}"
        return Vorschlag("werte.spalten", f"- {{spalte: {quote(kopf)}{merkmal}, gruppe: {lage.alter[kopf]}}}")
    if kopf in lage.merkmale:
        merkmal = "" if aus_dimension else f", merkmal: {lage.merkmale[kopf]}"
        return Vorschlag("werte.spalten", f"- {{spalte: {quote(kopf)}{merkmal}}}")
    return Vorschlag("werte.ignoriere", f"- {quote(escape(kopf))}")


def _find_merkmal_des_alters(quelle: Quelle) -> str:
    """Name what columns of ages count: as columns of ages do that are declared, else inhabitants."""
    genannte = [s.merkmal for s in quelle.werte.spalten if s.merkmal and "alter=" in s.gruppe]
    return genannte[0] if genannte else "einwohner"


def _holds_schluessel(texte: pl.Series, quelle: Quelle) -> bool:
    ebenen = Schluesselpruefung(quelle.schluessel, frozenset()).resolve(texte)["ebene"]
    return 2 * int((ebenen.is_in([*quelle.schluessel.ebenen, AUSSERHALB])).sum()) > texte.len()


def _holds_jahre(texte: pl.Series, quelle: Quelle) -> bool:
    return 2 * resolve_zeiten(texte, quelle.zeit.muster)["jahr"].count() > texte.len()


def holds_zahlen(texte: pl.Series, quelle: Quelle) -> bool:
    """Tell whether most filled cells of a column are figures, however written, or signs that stand for them."""
    gefuellt = texte.filter(texte != "")
    zahlen = gefuellt.str.contains(_ZIFFERN) | gefuellt.is_in([*quelle.symbole, *UEBLICHE])
    return 2 * int(zahlen.sum()) > gefuellt.len()


def pair_koepfe(alte: Iterable[str], neue: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pair heads that are nearly the same, the best first, each at most once."""
    uebrig = list(neue)
    paare = sorted(((_naehe(alt, neu), alt, neu) for alt in alte for neu in uebrig), key=lambda p: (-p[0], p[1:]))
    gepaart: dict[str, str] = {}
    for naehe, alt, neu in paare:
        if naehe >= _AEHNLICH and alt not in gepaart and neu not in gepaart.values():
            gepaart[alt] = neu
    return tuple(sorted(gepaart.items()))


def _naehe(alt: str, neu: str) -> float:
    """Compare two heads; heads that differ in a number (3 bis 6, 3 bis 7) mean different things."""
    if re.findall(r"\d+", alt) != re.findall(r"\d+", neu):
        return 0.0
    return difflib.SequenceMatcher(None, _glatt(alt), _glatt(neu)).ratio()


def _glatt(kopf: str) -> str:
    return re.sub(r"[\W_]+", " ", kopf.lower()).strip()


def quote(text: str) -> str:
    """Give a text as YAML, in quotes where it needs them."""
    if _SCHLICHT.fullmatch(text) and text.lower() not in _WOERTER:
        return text
    return "'" + text.replace("'", "''") + "'"


def escape(text: str) -> str:
    """Give the pattern that fits a text and nothing else; `re.escape` would also mark blanks."""
    return re.sub(r"([.^$*+?{}\[\]\\|()])", r"\\\1", text)


def _name_merkmale(koepfe: Sequence[str], quelle: Quelle) -> dict[str, str]:
    """Propose a name for what each column counts: the last line of its head that the fewest others have.

    Columns that come out with one name are numbered.
    """
    kopf_angabe = quelle.datei.kopf if isinstance(quelle.datei, Aufbau) else None
    verbinder = kopf_angabe.verbinder if kopf_angabe else TEIL
    zeilen = {kopf: [zeile for zeile in kopf.split(verbinder) if zeile] for kopf in koepfe}
    anzahl = Counter(zeile for eigene in zeilen.values() for zeile in set(eigene))
    namen: dict[str, str] = {}
    for kopf, eigene in zeilen.items():
        name = einziger = _slug(min(reversed(eigene), key=anzahl.__getitem__))
        nummer = 1
        while einziger in namen.values():
            nummer += 1
            einziger = f"{name}_{nummer}"
        namen[kopf] = einziger
    return namen


def _slug(text: str) -> str:
    """Give a text as a name of whole words, as long as they fit."""
    name = re.sub(r"[^a-z0-9]+", "_", text.lower().translate(_UMLAUTE)).strip("_")
    name = name if name[:1].isalpha() else f"merkmal_{name}".rstrip("_")
    if len(name) <= _NAME_HOECHSTENS:
        return name
    return name[: _NAME_HOECHSTENS + 1].rpartition("_")[0] or name[:_NAME_HOECHSTENS]
