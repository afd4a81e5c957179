"""A declared CSV source becomes Messwerte: every cell a number by pattern or a gap by symbol."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.textdatei import MAX_PROBLEME, Rohtabelle, read_rohtabelle, rest
from atlas.zeichen import mask

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.config.models.quellen import Quelle, QuellSchluessel, Wertspalte, Zahl

_NULLSTATUS = ("null_genau", "null_gerundet")


KUERZESTER_SCHLUESSEL = 5
"""Keys of areas of German statistics are longer than that; shorter ones are shown as their shape."""


@dataclass(frozen=True)
class Gelesen:
    """The Messwerte of one file (columns of the table, not yet checked) and its number of data rows."""

    messwerte: pl.DataFrame
    zeilen: int


def read_quelle(inhalt: bytes, name: str, dateiname: str, quelle: Quelle, lieferung_id: str) -> Gelesen:
    """Read one delivered file of a Quelle.

    Raises `EingabeError` with every unclaimed column, unreadable key, year and cell of the file.
    """
    tabelle = read_rohtabelle(inhalt, name, quelle.datei)
    _check_spalten(tabelle, quelle)
    roh = pl.DataFrame(
        {"zeile": tabelle.nummern}
        | {f"s{n}": [z[n].strip() for z in tabelle.zeilen] for n in range(len(tabelle.kopf))},
        schema_overrides={"zeile": pl.Int64},
    )
    probleme: list[Problem] = []
    geordnet = _add_jahr(_add_raum(roh, tabelle, quelle, probleme), tabelle, quelle, dateiname, probleme)
    zellen = pl.concat([_zellen(geordnet, tabelle, spalte, quelle) for spalte in quelle.werte.spalten])
    messwerte = _parse_zellen(zellen, tabelle, quelle, probleme)
    if probleme:
        raise EingabeError(probleme)
    return Gelesen(
        messwerte.with_columns(lieferung_id=pl.lit(lieferung_id), korrektur_id=pl.lit(None, dtype=pl.String)),
        len(tabelle.zeilen),
    )


def _check_spalten(tabelle: Rohtabelle, quelle: Quelle) -> None:
    """Demand that every declared column is there and every column of the file is claimed or ignored."""
    verlangt = [quelle.schluessel.spalte, *(spalte.spalte for spalte in quelle.werte.spalten)]
    verlangt += [quelle.zeit.spalte] if quelle.zeit.spalte else []
    kopfzeile = tabelle.kopfzeile
    fehlend = [spalte for spalte in dict.fromkeys(verlangt) if spalte not in tabelle.kopf]
    uebrig = [
        spalte
        for spalte in tabelle.kopf
        if spalte not in verlangt and not any(re.fullmatch(muster, spalte) for muster in quelle.werte.ignoriere)
    ]
    probleme = []
    anderswo = _find_kopf_anderswo(tabelle, quelle) if fehlend else ""
    if anderswo:
        raise EingabeError([Problem(tabelle.datei, kopfzeile, "", anderswo)])
    for spalte in fehlend:
        vorhanden = f" In der Datei übrig: {_aufzaehlung(uebrig)}." if uebrig else " Neu anfordern."
        probleme.append(Problem(tabelle.datei, kopfzeile, "", f"die Spalte »{spalte}« fehlt.{vorhanden}"))
    if not fehlend:
        rat = "ist nirgends deklariert. Unter werte.spalten aufnehmen oder unter werte.ignoriere nennen."
        ohne = "hat keine Überschrift. Überschrift ergänzen lassen oder '^$' unter werte.ignoriere nennen."
        probleme = [
            Problem(
                tabelle.datei, kopfzeile, "", f"die Spalte {_kopf(spalte)} {rat}" if spalte else f"eine Spalte {ohne}"
            )
            for spalte in uebrig[:MAX_PROBLEME]
        ]
    if probleme:
        raise EingabeError(probleme)


def _find_kopf_anderswo(tabelle: Rohtabelle, quelle: Quelle) -> str:
    """Say in which line the header seems to stand, if not where it was looked for; empty when nowhere."""
    spalte = quelle.schluessel.spalte
    for nummer, zellen in zip(tabelle.nummern, tabelle.zeilen, strict=True):
        if spalte in (zelle.strip() for zelle in zellen):
            rat = f"kopf: '^{re.escape(zellen[0].strip())}$' unter datei eintragen."
            return f"das ist nicht die Kopfzeile, »{spalte}« steht in Zeile {nummer}. {rat}"
    return ""


def _aufzaehlung(spalten: list[str]) -> str:
    """Name the first columns, count the others."""
    genannt = ", ".join(_kopf(spalte) for spalte in spalten[:MAX_PROBLEME])
    weitere = len(spalten) - MAX_PROBLEME
    return f"{genannt} und {weitere} weitere" if weitere > 0 else genannt


def _kopf(spalte: str) -> str:
    """Quote the head of a column; what holds no letter is no head but a figure in the wrong line."""
    return f"»{spalte[:60]}«" if re.search(r"[^\W\d_]", spalte) else f"»{mask(spalte)}«"


def _melde(
    schlechte: pl.DataFrame, tabelle: Rohtabelle, was: str, text: Callable[[dict[str, str]], str]
) -> list[Problem]:
    """Name the first bad rows with their line, count the others."""
    geordnet = schlechte.sort("zeile", maintain_order=True)
    zeilen = geordnet.head(MAX_PROBLEME).to_dicts()
    probleme = [Problem(tabelle.datei, int(zeile["zeile"]), "", text(zeile)) for zeile in zeilen]
    return [*probleme, *rest(geordnet["zeile"].to_list(), tabelle.datei, was)]


def _add_raum(roh: pl.DataFrame, tabelle: Rohtabelle, quelle: Quelle, probleme: list[Problem]) -> pl.DataFrame:
    """Add raum_id and ebene; report keys that fit no level, or more than one.

    The patterns are Python's and are tried once per distinct key: those of polars know no lookahead.
    """
    regel = quelle.schluessel
    spalte = f"s{tabelle.kopf.index(regel.spalte)}"
    zuordnung = {text: (_fuelle_auf(text, regel), _ebenen_von(text, regel)) for text in roh[spalte].unique()}
    df = roh.with_columns(
        raum_id=pl.col(spalte).replace_strict({t: raum_id for t, (raum_id, _) in zuordnung.items()}),
        ebene=pl.col(spalte).replace_strict({t: ebene for t, (_, ebene) in zuordnung.items()}, return_dtype=pl.String),
    ).filter(pl.col("ebene") != _KEIN_RAUM)
    if df.is_empty():
        text = "keine Zeile bezeichnet einen Raum. schluessel.nicht_raum prüfen."
        probleme.append(Problem(tabelle.datei, tabelle.kopfzeile, "", text))
    muster = ", ".join(f"{ebene}: {m}" for ebene, m in regel.ebenen.items())
    probleme += _melde(
        df.filter(~pl.col("ebene").is_in(list(regel.ebenen))),
        tabelle,
        "Schlüssel",
        lambda zeile: _text_schluessel(zeile, regel.spalte, muster),
    )
    return df.filter(pl.col("ebene").is_in(list(regel.ebenen)))


_KEIN_RAUM = "-"


def _fuelle_auf(text: str, regel: QuellSchluessel) -> str:
    """Give the key that a delivered text stands for: mapped, or with the leading zeros that are declared."""
    if text in regel.zuordnung:
        return regel.zuordnung[text]
    return text.zfill(regel.auffuellen) if regel.auffuellen and text.isdigit() else text


def _ebenen_von(text: str, regel: QuellSchluessel) -> str:
    """Name the level of a key: several are joined, none is empty, `-` means that it names no Raum."""
    schluessel = _fuelle_auf(text, regel)
    if regel.nicht_raum and (re.fullmatch(regel.nicht_raum, text) or re.fullmatch(regel.nicht_raum, schluessel)):
        return _KEIN_RAUM
    return " und ".join(ebene for ebene, muster in regel.ebenen.items() if re.fullmatch(muster, schluessel))


def _schluesselform(schluessel: str) -> str:
    """Show a key as it is when it looks like one; a short number may be a count from the wrong column."""
    ist_anzahl = schluessel.isdigit() and len(schluessel) < KUERZESTER_SCHLUESSEL
    return mask(schluessel) if ist_anzahl else schluessel[:60]


def _text_schluessel(zeile: dict[str, str], spalte: str, muster: str) -> str:
    schluessel = zeile["raum_id"]
    if not schluessel:
        return f"Spalte »{spalte}«: der Schlüssel fehlt. Ergänzen lassen, oder '^$' unter schluessel.nicht_raum nennen."
    if zeile["ebene"]:
        anfang = f"Spalte »{spalte}«: der Schlüssel »{schluessel}« passt zu"
        return f"{anfang} mehreren Ebenen ({zeile['ebene']}). Muster unter schluessel.ebenen enger fassen."
    stellen = len(schluessel) + 1
    if schluessel.isdigit() and re.search(rf"\\d\{{{stellen}\}}", muster):
        rat = f"Wohl eine verlorene führende Null: neu exportieren oder schluessel.auffuellen: {stellen} eintragen."
    else:
        rat = "Schlüssel berichtigen lassen, das Muster ergänzen oder unter schluessel.nicht_raum nennen."
    return f"Spalte »{spalte}«: der Schlüssel »{_schluesselform(schluessel)}« passt zu keiner Ebene ({muster}). {rat}"


def _add_jahr(
    df: pl.DataFrame, tabelle: Rohtabelle, quelle: Quelle, dateiname: str, probleme: list[Problem]
) -> pl.DataFrame:
    """Add jahr and stichtag; report rows without a readable year."""
    zeit = quelle.zeit
    jahr: pl.Expr
    if zeit.spalte is None:
        jahr = pl.lit(zeit.fest or _jahr_im_namen(zeit.dateiname or "", dateiname, tabelle.datei))
    else:
        spalte = f"s{tabelle.kopf.index(zeit.spalte)}"
        muster = re.compile(zeit.muster or _JAHR)
        jahre = {text: _jahr(muster.fullmatch(text)) for text in df[spalte].unique()}
        jahr = pl.col(spalte).replace_strict(jahre, return_dtype=pl.Int64)
    df = df.with_columns(jahr=jahr.cast(pl.Int64))
    probleme += _melde(
        df.filter(pl.col("jahr").is_null()),
        tabelle,
        "Zeilen ohne Jahr",
        lambda _: f"Spalte »{zeit.spalte}«: kein Jahr erkennbar. zeit.muster prüfen.",
    )
    stichtag = pl.format("{}-{}", "jahr", pl.lit(zeit.stichtag)) if zeit.stichtag else pl.lit(None, dtype=pl.String)
    return df.filter(pl.col("jahr").is_not_null()).with_columns(stichtag=stichtag)


_JAHR = "(?P<jahr>[0-9]{4})"


def _jahr(treffer: re.Match[str] | None) -> int | None:
    """Give the four digits of the group `jahr`; anything else is no year."""
    jahr = treffer["jahr"] if treffer else None
    return int(jahr) if jahr and re.fullmatch("[12][0-9]{3}", jahr) else None


def _jahr_im_namen(muster: str, dateiname: str, name: str) -> int:
    jahr = _jahr(re.search(muster, dateiname))
    if jahr is None:
        text = f"der Dateiname passt nicht zum Muster {muster}, das Jahr ist unbekannt. Datei umbenennen."
        raise EingabeError([Problem(name, 0, "", text)])
    return jahr


def _zellen(df: pl.DataFrame, tabelle: Rohtabelle, spalte: Wertspalte, quelle: Quelle) -> pl.DataFrame:
    """Give the cells of one column: text, address, and the status its symbol declares."""
    stelle = tabelle.kopf.index(spalte.spalte)
    symbole = {"": "nicht_geliefert"} | dict(quelle.symbole) | dict(spalte.symbole)
    return df.select(
        "raum_id",
        "ebene",
        "jahr",
        "stichtag",
        "zeile",
        merkmal=pl.lit(spalte.merkmal),
        gruppe=pl.lit(spalte.gruppe),
        spalte=pl.lit(spalte.spalte),
        zelle=pl.format("{}{}", pl.lit(spaltenname(stelle)), "zeile"),
        text=pl.col(f"s{stelle}"),
        symbol=pl.col(f"s{stelle}").replace_strict(symbole, default=None, return_dtype=pl.String),
    )


def spaltenname(stelle: int) -> str:
    """Give the letters of a column as spreadsheets do: 0 is A, 26 is AA."""
    name = ""
    stelle += 1
    while stelle:
        stelle, ziffer = divmod(stelle - 1, 26)
        name = chr(ord("A") + ziffer) + name
    return name


def _parse_zellen(zellen: pl.DataFrame, tabelle: Rohtabelle, quelle: Quelle, probleme: list[Problem]) -> pl.DataFrame:
    """Turn text into wert and status; report every cell that is neither number nor declared symbol."""
    df = zellen.with_columns(zahl=_zahl(pl.col("text"), quelle.zahl)).with_columns(
        wert=pl.when(pl.col("symbol").is_in(_NULLSTATUS))
        .then(pl.lit(0.0))
        .when(pl.col("symbol").is_null())
        .then(pl.col("zahl")),
        status=pl.col("symbol").fill_null(pl.lit("beobachtet")),
    )
    schlechte = df.filter(pl.col("symbol").is_null() & pl.col("zahl").is_null())
    probleme += _melde(schlechte, tabelle, "nicht lesbare Zellen", lambda zelle: _text_zelle(zelle, quelle.zahl))
    qualitaet = pl.lit("p" if quelle.vorlaeufig else None, dtype=pl.String)
    return df.with_columns(qualitaet=qualitaet).drop("zeile", "spalte", "text", "symbol", "zahl")


def _zahl(text: pl.Expr, zahl: Zahl) -> pl.Expr:
    """Give the number of a text that matches the declared way of writing, else null."""
    dezimal = re.escape(zahl.dezimal)
    ganz = r"\d+"
    if zahl.tausender:
        ganz = rf"(?:\d{{1,3}}(?:{re.escape(zahl.tausender)}\d{{3}})+|\d+)"
        text = text.str.replace_all("[\u00a0\u202f]", " ") if zahl.tausender == " " else text
    muster = rf"^-?{ganz}(?:{dezimal}\d+)?$"
    ziffern = text.str.replace_all(zahl.tausender, "", literal=True) if zahl.tausender else text
    als_zahl = ziffern.str.replace(zahl.dezimal, ".", literal=True).cast(pl.Float64, strict=False)
    return pl.when(text.str.contains(muster) & als_zahl.is_finite()).then(als_zahl)


def _text_zelle(zelle: dict[str, str], zahl: Zahl) -> str:
    """Describe an unreadable cell by its shape only: the digits of a small cell are nobody's business."""
    form = mask(zelle["text"])
    tausender = f", Tausenderzeichen »{zahl.tausender}«" if zahl.tausender else ", kein Tausenderzeichen"
    return (
        f"Zelle {zelle['zelle']}, Spalte »{zelle['spalte']}«: »{form}« ist weder eine Zahl (Dezimalzeichen "
        f"»{zahl.dezimal}«{tausender}) noch ein deklariertes Symbol. Unter symbole oder zahl eintragen, was es heißt."
    )
