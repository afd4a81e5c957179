"""From declared places to Berichtsjahr and Stichtag; several places of one cell must say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from atlas.errors import EingabeError, Problem
from atlas.ingest.deutung.fundstellen import find_im_dateinamen, find_im_titel
from atlas.zeichen import mask

if TYPE_CHECKING:
    from atlas.config.models.zeit import Zeit
    from atlas.ingest.formate.raster import Rohtabelle

_JAHR = "(?P<jahr>[0-9]{4})"
_DATUMSFORMEN = (
    (r"\d{4}-\d\d-\d\d", r"(?P<jahr>\d{4})-(?P<monat>\d\d)-(?P<tag>\d\d)"),
    (r"\d{4}-\d\d-\d\d[ T][\d:.]+", r"(?P<jahr>\d{4})-(?P<monat>\d\d)-(?P<tag>\d\d).*"),
    (r"\d\d?\.\d\d?\.\d{4}", r"(?P<tag>\d+)\.(?P<monat>\d+)\.(?P<jahr>\d{4})"),
    (r"\d{4}/\d\d(?:\d\d)?", r"(?P<jahr>\d{4})/\d+"),
    (r"(?:19|20)\d\d(?:0[1-9]|1[0-2])", r"(?P<jahr>\d{4})\d\d"),
    (r"\D*[^\W\d]\D*\d{4}", r"\D+(?P<jahr>\d{4})"),
)
"""Ways in which cells name a time, as Python sees them, and the pattern that reads each."""


@dataclass(frozen=True)
class Zeitpunkt:
    """A year, and the Stichtag (year-month-day) if the text named one."""

    jahr: int
    stichtag: str | None


def parse_zeitpunkt(treffer: re.Match[str] | None) -> Zeitpunkt | None:
    """Give the time of a hit with the group `jahr` (four digits) and perhaps `monat` and `tag`; None for no time."""
    teile = treffer.groupdict() if treffer else {}
    jahr = teile.get("jahr")
    if not jahr or not re.fullmatch("[12][0-9]{3}", jahr):
        return None
    if not teile.get("tag") or not teile.get("monat"):
        return Zeitpunkt(int(jahr), None)
    if not f"{teile['monat']}{teile['tag']}".isascii():
        return None  # int reads digits of every script
    try:
        return Zeitpunkt(int(jahr), date(int(jahr), int(teile["monat"]), int(teile["tag"])).isoformat())
    except ValueError:
        return None


def find_zeit_der_datei(zeit: Zeit, tabelle: Rohtabelle, dateiname: str) -> Zeitpunkt | None:
    """Give the time that the file as a whole declares: fixed, in its name, in its title; None when none is declared.

    Raises `EingabeError` when a place says no year, or two places different years or days.
    """
    zeiten: dict[str, Zeitpunkt] = {}
    if zeit.fest is not None:
        zeiten["zeit.fest"] = Zeitpunkt(zeit.fest, None)
    for ort, muster in (("zeit.dateiname", zeit.dateiname), ("zeit.titel", zeit.titel)):
        if muster is None:
            continue
        treffer = (
            find_im_dateinamen(muster, dateiname, tabelle.datei)
            if ort == "zeit.dateiname"
            else find_im_titel(muster, tabelle)
        )
        zeitpunkt = parse_zeitpunkt(treffer)
        if zeitpunkt is None:
            text = f"das Muster unter {ort} trifft »{mask(treffer[0])}«, das ist kein Jahr. Muster anpassen."
            raise EingabeError([Problem(tabelle.datei, 0, "", text)])
        zeiten[ort] = zeitpunkt
    jahre = {zeitpunkt.jahr for zeitpunkt in zeiten.values()}
    if len(jahre) > 1:
        orte = ", ".join(f"{ort} {zeitpunkt.jahr}" for ort, zeitpunkt in zeiten.items())
        text = f"die Angaben zum Jahr widersprechen sich ({orte}). Lieferung prüfen; ist die Datei falsch benannt?"
        raise EingabeError([Problem(tabelle.datei, 0, "", text)])
    tage = {zeitpunkt.stichtag for zeitpunkt in zeiten.values() if zeitpunkt.stichtag}
    if len(tage) > 1:
        orte = ", ".join(f"{ort} {zeitpunkt.stichtag}" for ort, zeitpunkt in zeiten.items() if zeitpunkt.stichtag)
        text = f"die Angaben zum Stichtag widersprechen sich ({orte}). Lieferung prüfen; ist die Datei falsch benannt?"
        raise EingabeError([Problem(tabelle.datei, 0, "", text)])
    mit_tag = [zeitpunkt for zeitpunkt in zeiten.values() if zeitpunkt.stichtag]
    return next(iter([*mit_tag, *zeiten.values()]), None)


def describe_ohne_jahr(text: str, muster: str | None) -> str:
    """Say in German that a text holds no year; a date of a known form gets the pattern that would read it."""
    if not text:
        return "kein Jahr erkennbar, die Zelle ist leer. Ergänzen lassen."
    anfang = f"kein Jahr erkennbar in »{mask(text)}«."
    passend = next((m for form, m in _DATUMSFORMEN if re.fullmatch(form, text) and m != muster), None)
    return f"{anfang} zeit.muster: '{passend}' liest diese Form." if passend else f"{anfang} zeit.muster prüfen."


def resolve_zeiten(texte: pl.Series, muster: str | None) -> pl.DataFrame:
    """Give for each text its year and Stichtag (columns jahr, stichtag); null where there is none."""
    ausdruck = re.compile(muster or _JAHR)
    zeiten = {text: parse_zeitpunkt(ausdruck.fullmatch(text)) for text in texte.unique()}
    jahre = {text: zeit.jahr if zeit else None for text, zeit in zeiten.items()}
    tage = {text: zeit.stichtag if zeit else None for text, zeit in zeiten.items()}
    return pl.DataFrame(
        {
            "jahr": texte.replace_strict(jahre, return_dtype=pl.Int64).cast(pl.Int64),
            "stichtag": texte.replace_strict(tage, return_dtype=pl.String),
        }
    )
