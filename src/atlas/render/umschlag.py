"""The cover, and what the foot of every page repeats of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from atlas.render.modelle import Umschlag
from atlas.render.zahlen import format_datum, format_datum_kurz

if TYPE_CHECKING:
    from atlas.render.werk import Werk

_HINWEIS_HOECHSTENS: Final = 90


def build_umschlag(werk: Werk) -> Umschlag:
    """Give the cover of an Ausgabe."""
    atlas = werk.konfiguration.atlas
    return Umschlag(
        titel=atlas.titel,
        untertitel=atlas.untertitel,
        gebiet=atlas.gebiet,
        berichtsjahr=str(atlas.berichtsjahr),
        ausgabe=werk.ausgabe.titel,
        empfaenger=werk.ausgabe.empfaenger,
        stand=format_datum(atlas.stand),
        stand_iso=atlas.stand.isoformat(),
        herausgeber=atlas.herausgeber,
        kontakt=atlas.kontakt,
        hinweis=atlas.hinweis,
        fuss=_build_fuss(werk),
        stichtag=find_stichtag(werk),
    )


def _build_fuss(werk: Werk) -> str:
    """Name the Ausgabe, the recipient of one that withholds nothing, and a short note."""
    teile = [werk.ausgabe.titel]
    if werk.ausgabe.geheimhaltung == "keine":
        teile.append(werk.ausgabe.empfaenger)
    hinweis = werk.konfiguration.atlas.hinweis or ""
    if hinweis and len(hinweis) <= _HINWEIS_HOECHSTENS:
        teile.append(hinweis)
    return " · ".join(teile)


def find_stichtag(werk: Werk) -> str | None:
    """Give the reference day in the Berichtsjahr that all sources share, as 31.12.2020."""
    tage = {quelle.zeit.stichtag for quelle in werk.konfiguration.quellen.quellen.values()}
    (tag, *weitere) = tage
    return None if tag is None or weitere else format_datum_kurz(date.fromisoformat(f"{werk.jahr}-{tag}"))
