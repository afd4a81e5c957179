"""The books of the small Kreis, made once for all tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atlas.config.laden import load_konfiguration
from atlas.render.freigabe import select_freigabe
from atlas.render.kontext import Grundlage, build_buch, build_kartengruende
from atlas.render.register import build_register
from atlas.render.vorlagen import find_ordner, render_buch
from atlas.render.werk import Werk
from atlas.store import read_tabelle
from atlas.tables.freigabe import Freigabewerte
from atlas.tables.messung import Lieferungen
from atlas.tables.raum import Geometrien, Raeume, Umstiege

if TYPE_CHECKING:
    from atlas.projekt import Projekt
    from atlas.render.modelle import Buch


@pytest.fixture(scope="session")
def grundlage(kreis: Projekt) -> Grundlage:
    konfiguration = load_konfiguration(kreis)
    register = build_register(read_tabelle(kreis, Raeume), konfiguration.raeume)
    gruende = build_kartengruende(konfiguration, register, read_tabelle(kreis, Geometrien))
    werte = read_tabelle(kreis, Freigabewerte)
    lieferungen, umstiege = read_tabelle(kreis, Lieferungen), read_tabelle(kreis, Umstiege)
    return Grundlage(konfiguration, werte, register, lieferungen, umstiege, gruende)


@pytest.fixture(scope="session")
def werk(grundlage: Grundlage) -> Werk:
    """Give what the internal book is made from."""
    freigabe = select_freigabe(grundlage.freigabewerte, "intern", 2025, {})
    ausgabe = grundlage.konfiguration.ausgaben.ausgaben["intern"]
    return Werk(grundlage.konfiguration, ausgabe, freigabe, grundlage.register)


@pytest.fixture(scope="session")
def buecher(grundlage: Grundlage) -> dict[str, Buch]:
    return {ausgabe: build_buch(grundlage, ausgabe) for ausgabe in ("intern", "oeffentlich")}


@pytest.fixture(scope="session")
def seiten(buecher: dict[str, Buch], kreis: Projekt) -> dict[str, str]:
    return {ausgabe: render_buch(buch, find_ordner(kreis)) for ausgabe, buch in buecher.items()}
