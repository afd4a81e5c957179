"""The Sozialraummonitor: every Raum and Dimension as a digit that says the same as the released class."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import page
import polars as pl
import pypdf
import pytest

from atlas.config.laden import load_konfiguration
from atlas.core import einbezug
from atlas.lauf import run_stufen, select_stufen
from atlas.projekt import Projekt
from atlas.render import pdf
from atlas.render.farben import stufen_farben
from atlas.render.freigabe import UNVOLLSTAENDIG, select_freigabe
from atlas.render.kontext import Grundlage, build_buch, build_kartengruende
from atlas.render.register import build_register
from atlas.render.vorlagen import find_ordner, render_buch
from atlas.render.werk import Werk
from atlas.render.zahlen import spell
from atlas.store import read_tabelle
from atlas.tables.ergebnis import Indizes
from atlas.tables.freigabe import Freigabewerte
from atlas.tables.messung import Lieferungen
from atlas.tables.raum import Geometrien, Raeume, Umstiege
from dimensionsprojekt import INDIKATOREN, STUFEN, add_dimensionen, write_projekt

if TYPE_CHECKING:
    from atlas.render.modelle import Buch, Monitorseite

ZIFFER = {stufe["klasse"]: str(n) for n, stufe in enumerate(STUFEN, start=1)}


def _depart(inhalt: dict[str, Any]) -> None:
    """Put the Statusindex on a method and let it depart from it in one choice."""
    status = inhalt["indizes"]["status"]
    schritte = ("standardisierung", "zusammenfassung", "restandardisierung", "klassen", "quelle", "ausgangswert")
    eigene = {name: status.pop(name) for name in schritte}
    inhalt["verfahren"]["mss"] = {
        "name": "Verfahren aus Berlin",
        **{name: eigene[name] for name in ("standardisierung", "zusammenfassung", "restandardisierung", "quelle")},
        "klassen": {"status": eigene["klassen"]},
    }
    status |= {"verfahren": "mss", "zusammenfassung": "mittelwert"}


@pytest.fixture(scope="module")
def projekt(tmp_path_factory: pytest.TempPathFactory) -> Projekt:
    ordner = write_projekt(tmp_path_factory.mktemp("monitor"), add_dimensionen, _depart)
    ausgaben = ordner / "config" / "ausgaben.yaml"
    text = ausgaben.read_text("utf-8")
    assert "mindestfallzahl: 3," in text
    ausgaben.write_text(text.replace("mindestfallzahl: 3,", "mindestfallzahl: 8,"), "utf-8")
    projekt = Projekt(ordner, ordner / "data" / "raw")
    run_stufen(projekt, select_stufen(None, "compute"), erzwinge=False, melde=lambda _: None)
    return projekt


@pytest.fixture(scope="module")
def grundlage_mit(projekt: Projekt) -> Grundlage:
    konfiguration = load_konfiguration(projekt)
    register = build_register(read_tabelle(projekt, Raeume), konfiguration.raeume)
    gruende = build_kartengruende(konfiguration, register, read_tabelle(projekt, Geometrien))
    werte, lieferungen = read_tabelle(projekt, Freigabewerte), read_tabelle(projekt, Lieferungen)
    return Grundlage(konfiguration, werte, register, lieferungen, read_tabelle(projekt, Umstiege), gruende)


@pytest.fixture(scope="module")
def buch(grundlage_mit: Grundlage) -> Buch:
    return build_buch(grundlage_mit, "oeffentlich")


@pytest.fixture(scope="module")
def monitor(buch: Buch) -> Monitorseite:
    assert buch.monitor is not None
    return buch.monitor


@pytest.fixture(scope="module")
def html(buch: Buch, projekt: Projekt) -> str:
    return render_buch(buch, find_ordner(projekt))


def _zellen(monitor: Monitorseite) -> dict[tuple[str, str], str]:
    (tafel,) = monitor.tafeln
    return {
        (zeile.name, spalte): zelle.text
        for gruppe in tafel.gruppen
        for zeile in gruppe.zeilen
        for spalte, zelle in zip(tafel.spalten, zeile.zellen, strict=True)
    }


def test_every_cell_is_the_digit_of_the_class_or_says_why_there_is_none(
    monitor: Monitorseite, projekt: Projekt, grundlage_mit: Grundlage
) -> None:
    frei = read_tabelle(projekt, Freigabewerte).filter(ausgabe="oeffentlich", art="index", jahr=2025)
    dimensionen = grundlage_mit.konfiguration.dimensionen.dimensionen
    erwartet = {}
    for schluessel in INDIKATOREN:
        for zeile in frei.filter(groesse=f"dim_{schluessel}").iter_rows(named=True):
            ohne = "x" if zeile["ausschlussgrund"] else "."
            name = grundlage_mit.register.name(zeile["raum_id"])
            erwartet[name, dimensionen[schluessel].name] = ZIFFER.get(zeile["klasse"], ohne)
    assert len(erwartet) == 33 * 3
    assert _zellen(monitor) == erwartet
    assert set(erwartet.values()) == {"1", "2", "3", "x", "."}


def test_the_counts_of_a_dimension_add_up_to_all_areas(monitor: Monitorseite) -> None:
    (tabelle,) = monitor.anzahlen
    for zeile in tabelle.gruppen[0].zeilen:
        assert sum(int(zelle) for zelle in zeile.zellen[:-1]) == 33
    assert [spalte.titel for spalte in tabelle.spalten] == [
        "1", "2", "3", "unbewertet", "geheim gehalten", "Indikatoren",
    ]  # fmt: skip


def test_who_is_unrated_is_named_with_the_reason_and_the_signs_are_explained(monitor: Monitorseite) -> None:
    (tafel,) = monitor.tafeln
    assert "Unbewertet (unter 300 Einwohner), alle Dimensionen: Kleinrode." in tafel.unbewertet
    assert [zeichen.zeichen for zeichen in tafel.zeichen] == [".", "x"]


def test_the_chapter_says_what_it_compares_and_every_page_of_its_table_repeats_the_key(
    html: str, monitor: Monitorseite
) -> None:
    kopf = html[html.index('<table class="tafel">') :].partition("</thead>")[0]

    assert monitor.einleitung.startswith("Der Sozialraummonitor vergleicht die Gemeinden in ")
    assert 'class="stufen"' in kopf
    assert html.count('<tbody class="zusammen">\n<tr class="gruppentitel">') >= 5


def _build_ohne_klasse(grundlage: Grundlage, grund: str) -> Monitorseite:
    """Take the class from one Raum in one Dimension, of which one figure is announced for later."""
    index, hier = "dim_familie", pl.col("raum_id") == "99001012"
    indikator = grundlage.konfiguration.dimensionen.indizes[index].indikatoren[0].indikator
    wert, klasse = hier & (pl.col("groesse") == indikator), hier & (pl.col("groesse") == index)
    frei = grundlage.freigabewerte.with_columns(
        wert=pl.when(~wert).then("wert"),
        wertstatus=pl.when(wert).then(pl.lit("spaeter")).otherwise("wertstatus"),
        klasse=pl.when(~klasse).then("klasse"),
        ausschlussgrund=pl.when(klasse).then(pl.lit(grund)).otherwise("ausschlussgrund"),
    )
    seite = build_buch(replace(grundlage, freigabewerte=Freigabewerte.make(frei)), "intern").monitor
    assert seite is not None
    return seite


def test_a_class_that_waits_for_a_source_has_the_sign_for_later(grundlage_mit: Grundlage) -> None:
    name = grundlage_mit.register.name("99001012")
    dimension = grundlage_mit.konfiguration.dimensionen.indizes["dim_familie"].name
    spaeter = _build_ohne_klasse(grundlage_mit, UNVOLLSTAENDIG)
    klein = _build_ohne_klasse(grundlage_mit, "unter 300 Einwohner")

    assert (_zellen(spaeter)[name, dimension], _zellen(klein)[name, dimension]) == ("…", "x")
    assert f"Unbewertet (eine Quelle liefert später), {dimension}: {name}." in spaeter.tafeln[0].unbewertet
    assert UNVOLLSTAENDIG == einbezug.UNVOLLSTAENDIG


def test_the_short_facts_name_who_stands_highest_most_often_and_say_what_it_is_not(
    buch: Buch, monitor: Monitorseite
) -> None:
    satz, vorbehalt = buch.kuerze.monitor
    je_raum = Counter(name for (name, _), text in _zellen(monitor).items() if text == "3")
    vorn = [name for name, anzahl in je_raum.items() if anzahl == max(je_raum.values())]

    assert satz.startswith("Im Sozialraummonitor steh")
    assert all(name in satz for name in vorn) or f" {spell(len(vorn))} Gemeinden " in satz
    assert f" {spell(len(je_raum))} der 33 Gemeinden." in satz
    assert "kein Gesamturteil" in vorbehalt


def test_a_book_without_a_monitor_says_nothing_of_it(buecher: dict[str, Buch], seiten: dict[str, str]) -> None:
    assert buecher["intern"].kuerze.monitor == ()
    assert "Sozialraummonitor" not in seiten["intern"]


class _Tafel(HTMLParser):
    """Collects the heads and cells of the table of the monitor."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ist_tafel = False
        self.koepfe: list[str | None] = []
        self.farben: set[str | None] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        angaben = dict(attrs)
        if tag == "table":
            self.ist_tafel = angaben.get("class") == "tafel"
        if self.ist_tafel and tag == "th":
            self.koepfe.append(angaben.get("scope"))
        if self.ist_tafel and tag == "td":
            self.farben.add(angaben.get("style"))


def test_the_heads_have_a_scope_and_a_sign_has_no_colour(html: str) -> None:
    tafel = _Tafel(html)
    assert tafel.koepfe.count("col") == 4
    assert tafel.koepfe.count("rowgroup") == 5
    assert tafel.koepfe.count("row") == 33
    assert None in tafel.farben
    assert len(tafel.farben) == 4


def test_the_chapter_stands_after_the_overview_of_all_areas(html: str) -> None:
    anker = re.findall(r'<h2 id="([a-z_-]+)"', html)
    assert anker[anker.index("raeume") + 1] == "monitor"
    assert 'href="#monitor">Sozialraummonitor 2025</a>' in html


def test_dimensionen_have_no_map_and_no_place_in_the_other_chapters(buch: Buch) -> None:
    assert [karte.anker for karte in buch.karten] == ["karte-status", "karte-dynamik", "karte-gesamt"]
    assert len(buch.kuerze.klassen) == 2
    assert len(buch.raeume.abschnitte[0].tabellen) == 1


def test_the_methods_name_what_departs_and_what_nobody_has_confirmed(buch: Buch) -> None:
    abschnitte = {abschnitt.titel: " ".join(abschnitt.absaetze) for abschnitt in buch.methoden.abschnitte}
    assert "Verfahren: Verfahren aus Berlin. Quelle: " in abschnitte["Statusindex"]
    assert "Abweichend vom Verfahren festgelegt: Zusammenfassung." in abschnitte["Statusindex"]
    assert "Abweichend" not in abschnitte["Dynamikindex"]
    dimensionen = abschnitte["Dimensionsindizes des Sozialraummonitors"]
    assert "Belegt: Die Rechnung ist die des Statusindex." in dimensionen
    assert "Nicht bestätigt: Die Grenzen der Klassen. Quelle: Auftraggeber." in dimensionen


def test_every_weight_and_moment_of_a_dimension_is_printed(buch: Buch) -> None:
    (abschnitt,) = [a for a in buch.methoden.abschnitte if a.titel.startswith("Dimensionsindizes")]
    (tabelle,) = abschnitt.tabellen
    assert [len(gruppe.zeilen) for gruppe in tabelle.gruppen] == [len(liste) + 1 for liste in INDIKATOREN.values()]


def _luminanz(farbe: str) -> float:
    kanaele = [int(farbe[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    rot, gruen, blau = (k / 12.92 if k <= 0.03928 else ((k + 0.055) / 1.055) ** 2.4 for k in kanaele)
    return 0.2126 * rot + 0.7152 * gruen + 0.0722 * blau


@pytest.mark.parametrize("anzahl", range(2, 8))
def test_the_digits_can_be_read_on_every_ground_and_the_grounds_darken(anzahl: int) -> None:
    farben = stufen_farben(anzahl)
    helligkeiten = [_luminanz(grund) for grund, _ in farben]
    assert helligkeiten == sorted(helligkeiten, reverse=True)
    for grund, schrift in farben:
        dunkel, hell = sorted((_luminanz(grund), _luminanz(schrift)))
        assert (hell + 0.05) / (dunkel + 0.05) >= 7


def test_a_method_gives_the_same_figures_as_its_choices_written_out(projekt: Projekt, kreis: Projekt) -> None:
    # The Dynamikindex is untouched; the Statusindex says mittelwert, which the second standardisation cancels.
    for index in ("status", "dynamik"):
        mit = read_tabelle(projekt, Indizes).filter(index=index).drop("summe")
        ohne = read_tabelle(kreis, Indizes).filter(index=index).drop("summe")
        assert mit.equals(ohne)


def _build_viele(grundlage: Grundlage) -> Grundlage:
    """Give fifteen Dimensionen with long names, all rated like the first."""
    dimensionen = grundlage.konfiguration.dimensionen
    muster = dimensionen.indizes["dim_familie"]
    viele = {
        f"dim_{n:02}": muster.model_copy(update={"name": f"Einkommen und Transferleistungen {n}"}) for n in range(15)
    }
    indizes = {name: index for name, index in dimensionen.indizes.items() if index.art != "dimension"} | viele
    werte = grundlage.freigabewerte
    zeilen = werte.filter(groesse="dim_familie")
    gleiche = [zeilen.with_columns(groesse=pl.lit(name).cast(werte.schema["groesse"])) for name in viele]
    return replace(
        grundlage,
        konfiguration=replace(grundlage.konfiguration, dimensionen=dimensionen.model_copy(update={"indizes": indizes})),
        freigabewerte=Freigabewerte.make(pl.concat([werte, *gleiche])),
    )


def test_fifteen_dimensionen_fit_on_two_pages_in_landscape_and_the_book_stays_accessible(
    grundlage_mit: Grundlage, projekt: Projekt
) -> None:
    ordner = find_ordner(projekt)
    inhalt = pdf.write_pdf(render_buch(build_buch(_build_viele(grundlage_mit), "oeffentlich"), ordner), ordner).inhalt
    quer = [s for s in pypdf.PdfReader(io.BytesIO(inhalt)).pages if s.mediabox.width > s.mediabox.height]
    assert page.is_pdf_compliant_bytes(inhalt, profile="ua1")
    assert len(quer) == 2
    assert sum(seite.extract_text().count("Transferleistungen 14") for seite in quer) == 1, "in the table of counts"


def test_a_book_without_dimensionsindizes_has_no_such_chapter(buecher: dict[str, Buch]) -> None:
    assert buecher["intern"].monitor is None


def test_the_main_level_is_that_of_status_and_not_of_a_dimension(grundlage_mit: Grundlage) -> None:
    freigabe = select_freigabe(grundlage_mit.freigabewerte, "intern", 2025, {})
    konfiguration = grundlage_mit.konfiguration
    werk = Werk(konfiguration, konfiguration.ausgaben.ausgaben["intern"], freigabe, grundlage_mit.register)
    assert set(werk.hauptindizes) == {"status", "dynamik"}
    assert set(werk.dimensionsindizes) == {f"dim_{name}" for name in INDIKATOREN}
