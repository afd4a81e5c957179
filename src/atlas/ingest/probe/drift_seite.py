"""One of two deliveries that are compared: its heads, keys, signs and layout, as far as they can be seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.config.models.datei import Aufbau, CsvDatei
from atlas.errors import EingabeError
from atlas.ingest.deutung.schluessel import AUSSERHALB, KEIN_RAUM, Schluesselpruefung
from atlas.ingest.deutung.spalten import choose_spalten
from atlas.ingest.deutung.zahlen import parse_zahlen
from atlas.ingest.deutung.zeit import find_zeit_der_datei, parse_zeitpunkt, resolve_zeiten
from atlas.ingest.probe.vorschlag import holds_zahlen
from atlas.zeichen import mask

if TYPE_CHECKING:
    from atlas.config.models.quellen import Quelle
    from atlas.ingest.deutung.lesung import Lesung
    from atlas.ingest.deutung.spalten import Spaltenwahl
    from atlas.ingest.probe.drift_wege import Abweichend, Inhalt


@dataclass(frozen=True)
class Seite:
    """What is compared; heads that name a year have JJJJ instead, signs show digits as 9.

    `fehlend` and `uebrig` are heads that do not fit the declaration, `fremde` signs that it does not know.
    """

    datei: str
    dateiname: str
    jahr: int
    koepfe: tuple[str, ...]
    fehlend: tuple[str, ...]
    uebrig: tuple[str, ...]
    schluessel: frozenset[str]
    zeichen: frozenset[str]
    fremde: frozenset[str]
    aufbau: dict[str, str]
    abweichend: Abweichend


def build_seite(lesung: Lesung, abweichend: Abweichend, inhalt: Inhalt, jahr: int) -> Seite:
    """Say what a file holds for a year, or for its newest one (`jahr` 0); all where it does not tell years apart."""
    quelle, tabelle = lesung.quelle, lesung.tabelle
    jahr = jahr or max(find_jahre(lesung), default=0)
    wahl = choose_spalten(tabelle, quelle)
    df = tabelle.df
    if jahr and quelle.zeit.spalte in tabelle.kopf:
        df = df.filter(resolve_zeiten(df[lesung.finde(quelle.zeit.spalte or "")], quelle.zeit.muster)["jahr"] == jahr)
    koepfe = {kopf: _ohne_jahr(kopf, quelle, jahr) for kopf in tabelle.kopf}
    zeichen = _find_zeichen(lesung, wahl, df, {kopf for kopf, neutral in koepfe.items() if neutral})
    deklarierte = {"", *quelle.symbole, *(zeichen for w in wahl.gelesen for zeichen in w.spalte.symbole)}
    return Seite(
        tabelle.datei,
        inhalt.dateiname,
        jahr,
        tuple(neutral for neutral in koepfe.values() if neutral),
        tuple(wahl.fehlend),
        tuple(wahl.uebrig),
        _find_schluessel(lesung, wahl, df),
        frozenset(mask(text) for text in zeichen),
        frozenset(text for text in zeichen - deklarierte if not re.search(r"\d", text)),
        _describe_aufbau(lesung, inhalt),
        abweichend,
    )


def find_jahre(lesung: Lesung) -> tuple[int, ...]:
    """Give the years that a file says it holds; none when no place says one."""
    zeit, tabelle = lesung.quelle.zeit, lesung.tabelle
    jahre = {wahl.spalte.jahr for wahl in choose_spalten(tabelle, lesung.quelle).gelesen if wahl.spalte.jahr}
    if zeit.spalte in tabelle.kopf:
        jahre |= set(resolve_zeiten(tabelle.df[lesung.finde(zeit.spalte or "")], zeit.muster)["jahr"].drop_nulls())
    elif zeit.kopf:
        zeiten = [parse_zeitpunkt(re.search(zeit.kopf, kopf)) for kopf in tabelle.kopf]
        jahre |= {einer.jahr for einer in zeiten if einer}
    else:
        try:
            zeitpunkt = find_zeit_der_datei(zeit, tabelle, lesung.dateiname)
        except EingabeError:
            zeitpunkt = None
        jahre |= {zeitpunkt.jahr} if zeitpunkt else set()
    return tuple(sorted(jahre))


def _ohne_jahr(kopf: str, quelle: Quelle, jahr: int) -> str:
    """Give a head with JJJJ for its year, where heads name years; empty for the head of another year."""
    treffer = re.search(quelle.zeit.kopf, kopf) if quelle.zeit.kopf else None
    zeit = parse_zeitpunkt(treffer)
    if treffer is None or zeit is None:
        return kopf
    ab, bis = treffer.span("jahr")
    return f"{kopf[:ab]}JJJJ{kopf[bis:]}" if zeit.jahr == jahr else ""


def _find_schluessel(lesung: Lesung, wahl: Spaltenwahl, df: pl.DataFrame) -> frozenset[str]:
    """Give the keys that the file delivers, also those that fit no level; none where a file is of one Raum."""
    regel = lesung.quelle.schluessel
    if regel.kopf:
        treffer = (re.search(regel.kopf, w.kopf) for w in wahl.gelesen)
        texte = pl.Series("text", [t["schluessel"] or "" for t in treffer if t], dtype=pl.String)
    else:
        namen = regel.spalten or ((regel.spalte,) if regel.spalte else ())
        if not namen or set(namen) & set(wahl.fehlend):
            return frozenset()
        texte = df.select(pl.concat_str(*(lesung.finde(name) for name in namen)).alias("text"))["text"]
    geloest = Schluesselpruefung(regel, lesung.umfeld.bekannte).resolve(texte)
    return frozenset(geloest.filter(~pl.col("ebene").is_in([KEIN_RAUM, AUSSERHALB]))["raum_id"]) - {""}


def _find_zeichen(lesung: Lesung, wahl: Spaltenwahl, df: pl.DataFrame, koepfe: set[str]) -> frozenset[str]:
    """Give what stands instead of numbers in the columns of figures, deklarierte or not."""
    zeichen: set[str] = set()
    namen = {w.kopf: f"s{w.stelle}" for w in wahl.gelesen}
    namen |= {k: lesung.finde(k) for k in wahl.uebrig if holds_zahlen(df[lesung.finde(k)], lesung.quelle)}
    for name in (name for kopf, name in namen.items() if kopf in koepfe):
        zahlen = df.select(text=name, zahl=parse_zahlen(pl.col(name), lesung.quelle.zahl)[0])
        zeichen |= set(zahlen.filter(pl.col("zahl").is_null())["text"])
    return frozenset(zeichen)


def _describe_aufbau(lesung: Lesung, inhalt: Inhalt) -> dict[str, str]:
    datei, tabelle = lesung.quelle.datei, lesung.tabelle
    angaben = {"Blatt": tabelle.blatt, "Zeichensatz": _find_zeichensatz(inhalt.bytes), "Kopf in Zeile": ""}
    angaben["Kopf in Zeile"] = str(tabelle.kopfzeile) if tabelle.kopfzeile else ""
    if isinstance(datei, CsvDatei):
        angaben["Trennzeichen"] = {"\t": "Tabulator"}.get(datei.trenner, datei.trenner)
    if isinstance(datei, Aufbau) and datei.kopf:
        angaben["Kopfzeilen"] = str(datei.kopf.tiefe)
    return angaben


def _find_zeichensatz(inhalt: bytes) -> str:
    """Name the encoding where the bytes tell it: plain ASCII is every encoding."""
    if inhalt.startswith((b"PK", b"\xd0\xcf")) or inhalt.isascii():
        return ""
    if inhalt.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        inhalt.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252 oder verwandt"
    return "utf-8 mit BOM" if inhalt.startswith(b"\xef\xbb\xbf") else "utf-8"
