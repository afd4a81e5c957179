"""What the rows of a table are about: Raum, year, Merkmal and group, as far as rows say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from atlas.config.models.datei import Aufbau
from atlas.errors import EingabeError, Problem
from atlas.ingest.auflistung import join_zeilen
from atlas.ingest.deutung.dimensionen import describe_unbekannt, deute
from atlas.ingest.deutung.fundstellen import find_im_dateinamen, find_im_titel
from atlas.ingest.deutung.schluessel import AUSSERHALB, KEIN_RAUM, Schluesselpruefung, describe_fehler
from atlas.ingest.deutung.schluesselzeilen import find_schluesselspalten, read_schluesseltexte
from atlas.ingest.deutung.zeit import describe_ohne_jahr, find_zeit_der_datei, resolve_zeiten
from atlas.ingest.raeume.nullen import find_stellen

if TYPE_CHECKING:
    from atlas.config.models.quellen import Dimension
    from atlas.ingest.deutung.lesung import Lesung
    from atlas.ingest.deutung.zeit import Zeitpunkt


_ANFANG_HOECHSTENS = 12
_NUR_OBEN = (
    "der Schlüssel fehlt. Meint die Zeile den Schlüssel darüber, schluessel.wiederholen: true eintragen; sonst "
    "ergänzen lassen, oder '^$' unter schluessel.nicht_raum nennen."
)


@dataclass(frozen=True)
class Zeilen:
    """The rows that are read, with raum_id, ebene, jahr, stichtag and merkmal where rows (or the file) say them.

    `gruppen` names the columns with parts of the group. The counts are rows left out, by reason.
    """

    df: pl.DataFrame
    gruppen: list[str]
    ausserhalb: int
    ohne_raum: int
    ignoriert: int


def build_zeilen(lesung: Lesung) -> Zeilen:
    """Give the rows of a table with what they say; note every text that is not understood."""
    df = _add_raum(lesung.tabelle.df, lesung)
    anzahl = dict.fromkeys((KEIN_RAUM, AUSSERHALB), 0)
    if "ebene" in df.columns:
        anzahl = {art: int((df["ebene"] == art).sum()) for art in anzahl}
        if anzahl[KEIN_RAUM] == df.height:
            lesung.melde_kopf("keine Zeile bezeichnet einen Raum. schluessel.nicht_raum prüfen.")
        df = df.filter(pl.col("ebene").is_in(list(lesung.quelle.schluessel.ebenen)))
    gruppen: list[str] = []
    vorher = df.height
    for nummer, dimension in enumerate(lesung.quelle.dimensionen):
        if dimension.spalte:
            df = _add_dimension(df, lesung, dimension, f"gruppe_{nummer}")
            gruppen += [] if dimension.merkmale or dimension.faktoren else [f"gruppe_{nummer}"]
    ignoriert = vorher - df.height
    return Zeilen(_add_zeit(df, lesung), gruppen, anzahl[AUSSERHALB], anzahl[KEIN_RAUM], ignoriert)


def _add_raum(df: pl.DataFrame, lesung: Lesung) -> pl.DataFrame:
    """Add raum_id and ebene, unless the columns name the Raum; note keys that fit no level, or more than one."""
    regel = lesung.quelle.schluessel
    pruefung = Schluesselpruefung(regel, lesung.umfeld.bekannte)
    if regel.kopf:
        return df
    if regel.spalte or regel.spalten:
        texte = read_schluesseltexte(lesung)
        df = df.with_columns(pruefung.resolve(texte).select("raum_id", "ebene"))
        _melde_schluessel(df, texte, lesung)
        return df
    raum_id, ebene = pruefung.resolve(pl.Series([_schluessel_der_datei(lesung)])).select("raum_id", "ebene").row(0)
    if ebene not in {*regel.ebenen, KEIN_RAUM, AUSSERHALB}:
        wo = "Titel" if regel.titel else "Dateiname" if regel.dateiname else "schluessel.fest"
        raise EingabeError([Problem(lesung.tabelle.datei, 0, "", describe_fehler(wo, raum_id, ebene, regel))])
    return df.with_columns(raum_id=pl.lit(raum_id), ebene=pl.lit(ebene))


def _schluessel_der_datei(lesung: Lesung) -> str:
    regel = lesung.quelle.schluessel
    if regel.titel:
        return find_im_titel(regel.titel, lesung.tabelle)["schluessel"] or ""
    if regel.dateiname:
        return find_im_dateinamen(regel.dateiname, lesung.dateiname, lesung.tabelle.datei)["schluessel"] or ""
    return regel.fest or ""


def _melde_schluessel(df: pl.DataFrame, texte: pl.Series, lesung: Lesung) -> None:
    regel = lesung.quelle.schluessel
    wo = f"Spalte »{' + '.join(find_schluesselspalten(lesung))}«"
    unter_schluessel = (texte == "") & ((texte != "").cum_sum() > 0)
    schlechte = df.with_columns(block=unter_schluessel).filter(
        ~pl.col("ebene").is_in([*regel.ebenen, KEIN_RAUM, AUSSERHALB])
    )
    fussnoten = _find_fussnoten(schlechte, lesung)
    schlechte = schlechte.filter(~pl.col("zeile").is_in([zeile for zeile, _ in fussnoten]))
    funde: list[tuple[int, str]] = join_zeilen(fussnoten)
    ohne_null: list[tuple[int, str]] = []
    for zeile, raum_id, ebene, block in schlechte.select("zeile", "raum_id", "ebene", "block").rows():
        text = f"{wo}: {_NUR_OBEN}" if block else describe_fehler(wo, raum_id, ebene, regel)
        liste = ohne_null if not block and not ebene and find_stellen(raum_id, regel.ebenen) else funde
        liste.append((zeile, text))
    lesung.melde_zeilen(sorted([*funde, *join_zeilen(ohne_null)]), "Schlüssel")


def _find_fussnoten(schlechte: pl.DataFrame, lesung: Lesung) -> list[tuple[int, str]]:
    """Find rows below the last key of a table that hold one text only: footnotes, which the declared end leaves out."""
    datei = lesung.quelle.datei
    if not isinstance(datei, Aufbau) or schlechte.height == lesung.tabelle.df.height:
        return []
    gute = lesung.tabelle.df.join(schlechte, on="zeile", how="anti")["zeile"]
    felder = pl.sum_horizontal((pl.col(f"s{n}") != "").cast(pl.Int64) for n in range(len(lesung.tabelle.kopf)))
    unten = schlechte.filter((pl.col("zeile") > max(gute)) & (felder == 1) & (pl.col("raum_id") != ""))
    if unten.is_empty():
        return []
    wort = re.escape(unten["raum_id"][0].split()[0][:_ANFANG_HOECHSTENS])
    angabe = f"datei.ende: '^{re.sub(r'[0-9]', lambda _: chr(92) + 'd', wort)}'"
    text = f"unter dem letzten Schlüssel steht nur noch ein Text, wohl eine Fußnote. {angabe} eintragen."
    return [(zeile, text) for zeile in unten["zeile"]]


def _add_dimension(df: pl.DataFrame, lesung: Lesung, dimension: Dimension, name: str) -> pl.DataFrame:
    """Add the part of the group, or the Merkmal, that a column says; drop the rows it leaves out."""
    spalte = lesung.finde(dimension.spalte or "")
    deutungen = {text: deute(text, dimension) for text in df[spalte].unique()}
    fremde = [text for text, deutung in deutungen.items() if deutung is None]
    if fremde:
        erste = df.filter(pl.col(spalte).is_in(fremde)).unique(spalte, keep="first", maintain_order=True)
        funde = [(zeile, describe_unbekannt(text, dimension)) for zeile, text in erste.select("zeile", spalte).rows()]
        lesung.melde_zeilen(funde, "Texte")
    gelesen = {text: deutung for text, deutung in deutungen.items() if deutung and not deutung.ignoriert}
    df = df.filter(pl.col(spalte).is_in(list(gelesen)))
    if dimension.faktoren:
        faktoren = {text: deutung.faktor for text, deutung in gelesen.items()}
        bisher = pl.col("faktor") if "faktor" in df.columns else pl.lit(1.0)
        eigene = df[spalte].replace_strict(faktoren, return_dtype=pl.Float64).cast(pl.Float64)
        return df.with_columns(faktor=bisher * eigene)
    if dimension.merkmale:
        namen = {text: deutung.merkmal for text, deutung in gelesen.items()}
        return df.with_columns(merkmal=pl.col(spalte).replace_strict(namen, return_dtype=pl.String))
    teile = {text: deutung.gruppe for text, deutung in gelesen.items()}
    return df.with_columns(pl.col(spalte).replace_strict(teile, return_dtype=pl.String).alias(name))


def _add_zeit(df: pl.DataFrame, lesung: Lesung) -> pl.DataFrame:
    """Add jahr and stichtag as far as file and rows say them; note rows without a year, or with another one."""
    zeit = lesung.quelle.zeit
    datei = find_zeit_der_datei(zeit, lesung.tabelle, lesung.dateiname)
    if zeit.spalte is None:
        if datei is None:
            return df
        return df.with_columns(jahr=pl.lit(datei.jahr, pl.Int64), stichtag=pl.lit(datei.stichtag, pl.String))
    df = df.with_columns(resolve_zeiten(df[lesung.finde(zeit.spalte)], zeit.muster))
    ohne = df.filter(pl.col("jahr").is_null()).select("zeile", lesung.finde(zeit.spalte)).rows()
    funde = [(zeile, f"Spalte »{zeit.spalte}«: {describe_ohne_jahr(text, zeit.muster)}") for zeile, text in ohne]
    lesung.melde_zeilen(funde, "Zeilen ohne Jahr")
    df = df.filter(pl.col("jahr").is_not_null())
    if datei is not None:
        _melde_andere_zeit(df, datei, lesung)
        df = df.with_columns(pl.col("stichtag").fill_null(pl.lit(datei.stichtag, pl.String)))
    return df


def _melde_andere_zeit(df: pl.DataFrame, datei: Zeitpunkt, lesung: Lesung) -> None:
    """Note rows of another year than the file, or of another Stichtag where both say one."""
    text = f"Spalte »{lesung.quelle.zeit.spalte}«: {{}} wie in Titel oder Dateiname. Lieferung prüfen."
    andere = df.filter(pl.col("jahr") != datei.jahr)["zeile"]
    lesung.melde_zeilen(
        [(zeile, text.format(f"das Jahr ist nicht {datei.jahr}")) for zeile in andere], "Zeilen mit anderem Jahr"
    )
    if datei.stichtag:
        tage = df.filter((pl.col("jahr") == datei.jahr) & (pl.col("stichtag") != datei.stichtag))["zeile"]
        funde = [(zeile, text.format(f"der Stichtag ist nicht {datei.stichtag}")) for zeile in tage]
        lesung.melde_zeilen(funde, "Zeilen mit anderem Stichtag")
