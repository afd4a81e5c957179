"""The book of the small Kreis, in both Ausgaben: what must stand in it, and what must never."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import polars as pl
import pytest

from atlas.errors import KonfigurationError, NutzungError
from atlas.render.freigabe import check_berichtsjahr
from atlas.render.kontext import build_buch
from atlas.render.vorlagen import find_ordner, render_buch

if TYPE_CHECKING:
    from pandera.typing.polars import DataFrame

    from atlas.projekt import Projekt
    from atlas.render.kontext import Grundlage
    from atlas.render.modelle import Buch, Tabelle
    from atlas.tables.freigabe import Freigabewerte


class _Leser(HTMLParser):
    """Collect headings, heads of tables, ids, links and the text that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stufen: list[int] = []
        self.ths: list[dict[str, str | None]] = []
        self.ids: list[str] = []
        self.ziele: list[str] = []
        self.text: list[str] = []
        self._stil = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        merkmale = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.stufen.append(int(tag[1]))
        if tag == "th":
            self.ths.append(merkmale)
        self.ids += [wert for name, wert in attrs if name == "id" and wert]
        self.ziele += [wert for name, wert in attrs if name == "href" and wert]
        self._stil += tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._stil -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self._stil:
            self.text.append(data)


@pytest.fixture(scope="module", params=["intern", "oeffentlich"])
def gelesen(request: pytest.FixtureRequest, seiten: dict[str, str]) -> _Leser:
    return _Leser(seiten[request.param])


def test_a_reader_never_sees_the_names_of_python_for_nothing(gelesen: _Leser) -> None:
    text = " ".join(gelesen.text)
    assert not re.search(r"\b(None|nan|NaN|inf|undefined|True|False|Undefined)\b", text)


def test_no_number_has_a_decimal_point(gelesen: _Leser) -> None:
    text = "\n".join(teil for teil in gelesen.text if not re.search(r"OFL|atlas \d|ColorBrewer|\d\d\.\d\d\.", teil))
    assert not re.search(r"\d\.\d(?!\d\d\b)", text)


def test_headings_begin_with_one_h1_and_skip_no_level(gelesen: _Leser) -> None:
    assert gelesen.stufen[0] == 1
    assert gelesen.stufen.count(1) == 1
    assert all(danach - davor <= 1 for davor, danach in pairwise(gelesen.stufen))


def test_every_head_of_a_table_says_what_it_heads(gelesen: _Leser) -> None:
    assert gelesen.ths
    assert {th.get("scope") for th in gelesen.ths} <= {"col", "row", "rowgroup", "colgroup"}


def test_every_link_has_its_target_and_no_id_stands_twice(gelesen: _Leser) -> None:
    assert len(gelesen.ids) == len(set(gelesen.ids))
    assert {ziel[1:] for ziel in gelesen.ziele if ziel.startswith("#")} <= set(gelesen.ids)


def test_links_contain_plain_text_only(seiten: dict[str, str]) -> None:
    for html in seiten.values():
        assert all("<" not in inhalt for inhalt in re.findall(r"<a [^>]*>(.*?)</a>", html))


def test_the_book_has_its_chapters(buecher: dict[str, Buch]) -> None:
    titel = [eintrag.titel for eintrag in buecher["intern"].inhalt]
    assert titel[:4] == ["Das Wichtigste in Kürze", "Statusindex 2025", "Dynamikindex 2025", "Gesamtindex 2025"]
    assert titel[4] == "Alle Räume im Überblick"
    assert titel[-4:] == ["Die Indikatoren und ihre Bedeutung", "Methoden", "Datenquellen", "Impressum"]


def _spalten(tabelle: Tabelle) -> list[str]:
    return [spalte.titel for spalte in tabelle.spalten]


def test_an_ausgabe_that_hides_index_values_has_no_column_for_them(buecher: dict[str, Buch]) -> None:
    intern = _spalten(buecher["intern"].raeume.abschnitte[0].tabellen[0])
    oeffentlich = _spalten(buecher["oeffentlich"].raeume.abschnitte[0].tabellen[0])
    assert {"Wert", "Rang"} <= set(intern)
    assert not {"Wert", "Rang"} & set(oeffentlich)
    assert oeffentlich == ["Schlüssel", "Einwohner", "Statusindex", "Dynamikindex", "Gesamtindex"]


def test_an_ausgabe_that_hides_distances_lists_no_raeume_near_a_cut(seiten: dict[str, str]) -> None:
    assert "mit dem geringsten Abstand zu einer Klassengrenze</caption>" in seiten["intern"]
    assert "mit dem geringsten Abstand zu einer Klassengrenze</caption>" not in seiten["oeffentlich"]


def test_withheld_values_appear_as_the_sign_and_the_legend_explains_it(
    grundlage: Grundlage, buecher: dict[str, Buch]
) -> None:
    gesperrte = grundlage.freigabewerte.filter(
        (pl.col("ausgabe") == "oeffentlich") & (pl.col("jahr") == 2025) & (pl.col("art") == "indikator")
    ).filter(pl.col("sperrgrund").is_not_null())
    katalog = grundlage.konfiguration.indikatoren.indikatoren
    assert gesperrte.height > 0
    for raum_id, indikator in gesperrte.select("raum_id", "groesse").iter_rows():
        kapitel = next(
            k for k in buecher["oeffentlich"].dimensionen if k.anker == f"dimension-{katalog[indikator].dimension}"
        )
        tabelle = kapitel.abschnitte[0].tabellen[0]
        spalte = _spalten(tabelle).index(katalog[indikator].kurzname)
        zeilen = {zeile.name: zeile for gruppe in tabelle.gruppen for zeile in gruppe.zeilen}
        assert zeilen[grundlage.register.name(raum_id)].zellen[spalte] == "."
        assert "." in [zeichen.zeichen for zeichen in tabelle.zeichen]


def test_a_withheld_class_is_counted_apart_and_never_passes_for_unrated(grundlage: Grundlage, kreis: Projekt) -> None:
    getroffen = (pl.col("raum_id") == "99001012") & (pl.col("art") == "index")
    leer = grundlage.freigabewerte.with_columns(
        klasse=pl.when(~getroffen).then("klasse"), sperrgrund=pl.when(getroffen).then(pl.lit("abgeleitet"))
    )
    gesperrt = replace(grundlage, freigabewerte=cast("DataFrame[Freigabewerte]", leer))
    buch = build_buch(gesperrt, "intern")
    zeilen = [z for gruppe in buch.raeume.abschnitte[0].tabellen[0].gruppen for z in gruppe.zeilen]
    assert next(z for z in zeilen if z.zellen[0] == "99001012").zellen[-1] == "."
    klassen = buch.karten[0].klassen.gruppen[0].zeilen
    assert {z.name: z.zellen[1] for z in klassen}["geheim gehalten"] == "1"
    html = render_buch(buch, find_ordner(kreis))
    assert "geheim gehalten (1)</text>" in html
    assert "url(#karte-status-gitter)" in html


def test_every_gemeinde_stands_once_under_its_planungsraum(buecher: dict[str, Buch], grundlage: Grundlage) -> None:
    tabelle = buecher["intern"].raeume.abschnitte[0].tabellen[0]
    assert len(tabelle.gruppen) == 5
    schluessel = [zeile.zellen[0] for gruppe in tabelle.gruppen for zeile in gruppe.zeilen]
    assert sorted(schluessel) == grundlage.register.list_ebene("gemeinde")


def test_the_reason_stands_beside_an_unrated_gemeinde(buecher: dict[str, Buch]) -> None:
    tabelle = buecher["oeffentlich"].raeume.abschnitte[0].tabellen[0]
    kleinrode = next(z for gruppe in tabelle.gruppen for z in gruppe.zeilen if z.name == "Kleinrode")
    assert kleinrode.zellen[-1] == "unbewertet: unter 300 Einwohner"


def test_the_text_alternative_of_a_map_names_counts_and_places(seiten: dict[str, str]) -> None:
    titel = re.findall(r"<svg [^>]*><title>(.*?)</title>", seiten["oeffentlich"])
    assert len(titel) == 3
    zahlen = "hoch 3, mittel 25, niedrig 1, sehr niedrig 3, unbewertet 1"
    assert titel[0].startswith(f"Karte: Statusindex 2025, 33 Gemeinden: {zahlen}.")
    assert "liegen Burgwalda, Hammerwerda und Musterstadt." in titel[0]
    assert "Unbewertet ist Kleinrode (unter 300 Einwohner)." in titel[0]


def test_the_text_alternative_and_the_table_of_the_gesamtindex_add_up_to_all_gemeinden(
    seiten: dict[str, str], buecher: dict[str, Buch]
) -> None:
    titel = re.findall(r"<svg [^>]*><title>(.*?)</title>", seiten["oeffentlich"])[2]
    zahlen = titel.partition("33 Gemeinden: ")[2].partition(".")[0]
    assert sum(int(zahl) for zahl in re.findall(r"\d+", zahlen)) == 33
    zeilen = buecher["oeffentlich"].karten[2].klassen.gruppen[0].zeilen
    assert [zeile.name for zeile in zeilen[-2:]] == ["unbewertet", "zusammen"]
    assert zeilen[-1].zellen[-1] == "33"
    assert sum(int(zeile.zellen[-1]) for zeile in zeilen[:-1]) == 33


def test_what_the_source_kept_back_is_told_apart_from_what_the_ausgabe_withholds(buecher: dict[str, Buch]) -> None:
    def saetze(ausgabe: str, dimension: str) -> tuple[str, ...]:
        kapitel = next(k for k in buecher[ausgabe].dimensionen if k.anker == f"dimension-{dimension}")
        return kapitel.abschnitte[0].tabellen[0].anmerkungen

    quelle = (
        "Von der Quelle nicht mitgeteilt: Kinderarmut und Altersarmut in Kleinrode, "
        "deshalb auch ohne Wert: Planungsraum Süd."
    )
    gesperrt = (
        "In dieser Ausgabe gesperrt (Fallzahl unter 3 oder Bezugsgröße unter 100): Alleinerziehende, Kinderreiche "
        "Haushalte und Hilfen zur Erziehung in Kleinrode."
    )
    assert saetze("intern", "einkommen") == saetze("oeffentlich", "einkommen") == (quelle,)
    assert saetze("oeffentlich", "familie") == (gesperrt,)
    assert saetze("intern", "familie") == ()


def test_origin_and_licence_of_maps_and_raumverzeichnis_stand_among_the_sources(buecher: dict[str, Buch]) -> None:
    tabelle = buecher["oeffentlich"].quellen.abschnitte[1].tabellen[0]
    assert [zeile.name for zeile in tabelle.gruppen[0].zeilen] == ["Raumverzeichnis", "Karte der Gemeinden"]
    lizenz = '<a href="https://www.govdata.de/dl-de/zero-2-0">dl-de/zero-2-0</a>'
    assert all(zeile.zellen[2] == lizenz for zeile in tabelle.gruppen[0].zeilen)


def test_the_signs_explained_are_those_that_occur_and_abbreviations_are_written_out(buecher: dict[str, Buch]) -> None:
    methoden = {abschnitt.titel: abschnitt for abschnitt in buecher["oeffentlich"].methoden.abschnitte}
    zeichen = [zeile.name for zeile in methoden["Zeichenerklärung"].tabellen[0].gruppen[0].zeilen]
    assert zeichen == [".", "/", "x", "0,0"]
    assert not any("Zeichen s" in satz for satz in buecher["oeffentlich"].quellen.einleitung)
    kuerzel = [zeile.name for zeile in methoden["Abkürzungen"].tabellen[0].gruppen[0].zeilen]
    assert {"SGB II", "SGB III", "SGB XII"} <= set(kuerzel)
    assert "SGB VIII" not in kuerzel


def test_the_second_index_refers_to_the_steps_it_shares_with_the_first(buecher: dict[str, Buch]) -> None:
    status, dynamik = (abschnitt.schritte for abschnitt in buecher["intern"].methoden.abschnitte[:2])

    assert status[2].startswith("Standardisieren: Von jedem Wert wird je Indikator ")
    assert dynamik[2] == "Standardisieren: wie beim Statusindex."
    assert dynamik[5].startswith("Einteilen nach dem ungerundeten Indexwert: positiv ")
    assert len(status) == len(dynamik) == 6


def test_the_short_facts_lead_to_every_chapter_and_name_its_page(
    buecher: dict[str, Buch], seiten: dict[str, str]
) -> None:
    ziele = [teil.anker for satz in buecher["oeffentlich"].kuerze.wegweiser for teil in satz if teil.anker]

    assert ziele == [
        "karte-status", "karte-dynamik", "karte-gesamt", "raeume", "dimension-bevoelkerung", "dimension-wohnen",
        "indikatoren", "methoden", "quellen",
    ]  # fmt: skip
    assert all(f'<a class="seitenzahl" href="#{ziel}">' in seiten["oeffentlich"] for ziel in ziele)


def test_the_foot_names_the_recipient_of_an_ausgabe_that_withholds_nothing(buecher: dict[str, Buch]) -> None:
    assert "nur für den Dienstgebrauch" in buecher["intern"].umschlag.fuss
    assert buecher["oeffentlich"].umschlag.fuss.startswith("Öffentliche Ausgabe · Alle Orte")


def test_no_comment_of_the_style_sheet_gets_into_the_book(seiten: dict[str, str]) -> None:
    assert "/*" not in seiten["oeffentlich"]


def test_the_map_colours_every_gemeinde_once(seiten: dict[str, str], grundlage: Grundlage) -> None:
    svg = re.findall(r"<svg .*?</svg>", seiten["intern"], re.DOTALL)[0]
    flaechen = re.findall(r'<path fill="#[0-9a-f]{6}" d="([^"]+)"/>', svg)
    pfade = grundlage.gruende["gemeinde"].pfade
    assert len(pfade) == 33
    assert all(sum(pfad in d for d in flaechen) == 1 for pfad in pfade.values())


def test_few_raeume_give_a_warning_and_the_reasons_stand_by_name(grundlage: Grundlage) -> None:
    draussen = pl.col("raum_id").is_in([f"990010{n:02d}" for n in range(1, 6)]) & (pl.col("art") == "index")
    wenige = grundlage.freigabewerte.with_columns(
        klasse=pl.when(~draussen).then("klasse"),
        ausschlussgrund=pl.when(draussen).then(pl.lit("Probe")).otherwise("ausschlussgrund"),
    )
    frei = replace(grundlage, freigabewerte=cast("DataFrame[Freigabewerte]", wenige))
    status = build_buch(frei, "intern").methoden.abschnitte[0].absaetze
    assert status[0].startswith("Einbezogen sind 27 Gemeinden: ")
    assert "Probe (5): Ährenbach, Bad Lindenbrunn" in status[1]
    assert "weniger als 30 Räume" in status[2]
    voll = build_buch(grundlage, "intern").methoden.abschnitte[0].absaetze
    assert not any("weniger als 30 Räume" in satz for satz in voll)


def test_special_attention_is_the_last_class_and_the_last_but_one_with_a_bad_development(
    buecher: dict[str, Buch], grundlage: Grundlage
) -> None:
    tabelle = buecher["oeffentlich"].kuerze.aufmerksamkeit
    assert tabelle is not None
    genannte = {zelle for gruppe in tabelle.gruppen for zeile in gruppe.zeilen for zelle in zeile.zellen} - {"keine"}
    paare = grundlage.freigabewerte.filter(
        (pl.col("ausgabe") == "oeffentlich") & (pl.col("jahr") == 2025) & (pl.col("groesse") == "gesamt")
    ).filter(pl.col("klasse").str.starts_with("sehr_niedrig/") | (pl.col("klasse") == "niedrig/negativ"))
    assert genannte == {grundlage.register.name(raum) for raum in paare["raum_id"]}
    assert "(Konvention)" in buecher["oeffentlich"].kuerze.konvention[1]


def test_names_are_escaped_wherever_they_stand(grundlage: Grundlage, kreis: Projekt) -> None:
    raeume = {
        schluessel: replace(raum, name=f"<i>{raum.name}</i> & Co")
        for schluessel, raum in grundlage.register.raeume.items()
    }
    boese = replace(grundlage, register=replace(grundlage.register, raeume=raeume))
    html = render_buch(build_buch(boese, "intern"), find_ordner(kreis))
    assert "<i>" not in html
    assert "&lt;i&gt;Musterstadt&lt;/i&gt; &amp; Co" in html


def test_the_same_tables_give_the_same_page_and_no_path_of_the_machine(
    grundlage: Grundlage, seiten: dict[str, str], kreis: Projekt
) -> None:
    nochmal = render_buch(build_buch(grundlage, "intern"), find_ordner(kreis))
    assert nochmal == seiten["intern"]
    assert str(kreis.wurzel) not in nochmal


def test_the_method_is_told_with_its_thresholds(seiten: dict[str, str]) -> None:
    text = " ".join(_Leser(seiten["oeffentlich"]).text)
    assert "mindestens 300 Einwohnerinnen und Einwohnern" in text
    assert "über\u00a01\u00a0bis\u00a01,5" in text
    assert "Summen und Differenzen sind in dieser Fassung nicht zusätzlich gesperrt" in text
    assert "größer als null und kleiner als 3 ist" in text


def test_a_berichtsjahr_without_indizes_is_refused_with_the_years_that_exist(grundlage: Grundlage) -> None:
    konfiguration = grundlage.konfiguration
    atlas = konfiguration.atlas.model_copy(update={"berichtsjahr": 2021})
    with pytest.raises(KonfigurationError, match=r"für 2021 .*2022, 2023, 2024, 2025"):
        check_berichtsjahr(grundlage.freigabewerte, replace(konfiguration, atlas=atlas))


def test_a_template_that_asks_for_a_field_that_does_not_exist_fails(
    buecher: dict[str, Buch], kreis: Projekt, tmp_path_factory: pytest.TempPathFactory
) -> None:
    eigene = tmp_path_factory.mktemp("vorlagen")
    (eigene / "_umschlag.html.j2").write_text("{{ buch.umschlag.titell }}", encoding="utf-8")
    with pytest.raises(NutzungError, match="titell"):
        render_buch(buecher["intern"], (eigene, *find_ordner(kreis)))
