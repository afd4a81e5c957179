"""What is easily lost when reading code is changed: order, precedence and limits that no other test holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from pydantic import ValidationError

from atlas.befunde import Code
from atlas.config.models.datei import Ersetzung
from atlas.config.models.gebietsstand import Umstieg
from atlas.config.models.korrekturen import Korrektur
from atlas.config.models.quellen import Quelle
from atlas.config.models.raeume import Raumverzeichnis
from atlas.config.models.schluessel import QuellSchluessel
from atlas.config.yaml_strikt import read_yaml
from atlas.core.gebietsstand import convert_messwerte
from atlas.core.verfahren import Umrechnung
from atlas.errors import EingabeError
from atlas.ingest.dateien import find_dateien
from atlas.ingest.deutung.abweichungen import apply_abweichungen
from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.deutung.quelle import Gelesen
from atlas.ingest.deutung.schluessel import KEIN_RAUM, Schluesselpruefung
from atlas.ingest.doppelte import drop_doppelte
from atlas.ingest.formate.lesen import read_rohtabelle
from atlas.ingest.korrekturen import apply_korrekturen
from atlas.ingest.raeume.ersetzungen import replace_schluessel
from atlas.ingest.raeume.raumverzeichnis import read_raeume
from atlas.ingest.raeume.umstiege import GelesenerUmstieg, build_umstiege
from atlas.ingest.raeume.umstiegsdateien import find_ungenaue
from atlas.lauf import run_stufen, select_stufen
from atlas.projekt import Projekt
from atlas.store import read_tabelle
from atlas.tables.ergebnis import Gebietswerte
from atlas.tables.messung import Messwerte
from atlas.tables.raum import GANZ, Umstiege
from betrieb.kleinprojekt import create_kleinprojekt, replace_in
from ingest.arbeitsmappen import build_xlsx
from ingest.conftest import build_quelle
from kleines_gebiet import raeume

if TYPE_CHECKING:
    from pathlib import Path

Baue = Callable[..., Quelle]
Lies = Callable[..., Gelesen]
Meldung = Callable[..., str]

# Figures ----------------------------------------------------------------------------------------------------------


def test_a_number_that_its_factor_makes_endless_is_an_unreadable_cell(meldung: Meldung) -> None:
    werte = {"spalten": [{"spalte": "a", "merkmal": "a", "faktor": 1e308}]}
    assert meldung("id;a\n01;1\n02;10\n", werte=werte) == (
        "Zeile 3    Zelle B3, Spalte »a«: die Zahl ist mit ihrem Faktor keine endliche Zahl mehr. faktor und faktoren "
        "prüfen."
    )


def test_zero_times_an_endless_factor_is_an_unreadable_cell_too(meldung: Meldung) -> None:
    werte = {"spalten": [{"spalte": "a", "merkmal": "a", "faktor": 1e308}]}
    dimensionen = [{"spalte": "e", "faktoren": {"x": 1e308}}]
    assert "Zelle C2" in meldung("id;e;a\n01;x;0\n", werte=werte, dimensionen=dimensionen)


def test_factors_of_column_head_and_two_columns_of_units_are_multiplied(lies: Lies) -> None:
    """3 x 2 (column) x 10 (head) x 1000 and x 5 (rows)."""
    werte = {"spalten": [{"muster": "a (?P<einheit>.+)", "merkmal": "a", "faktor": 2}]}
    dimensionen = [
        {"kopf": "einheit", "faktoren": {"zehn": 10, "eins": 1}},
        {"spalte": "e", "faktoren": {"Tsd": 1000, "1": 1}},
        {"spalte": "f", "faktoren": {"fünf": 5, "1": 1}},
    ]
    text = "id;e;f;a zehn;a eins\n01;Tsd;fünf;3;3\n02;Tsd;1;3;3\n03;1;fünf;3;3\n"
    gelesen = lies(text, werte=werte, dimensionen=dimensionen).messwerte
    je_raum = {raum: gelesen.filter(raum_id=raum)["wert"].to_list() for raum in ("01", "02", "03")}
    assert je_raum == {"01": [300_000.0, 30_000.0], "02": [60_000.0, 6_000.0], "03": [300.0, 30.0]}


@pytest.mark.parametrize("umgekehrt", [False, True])
def test_of_two_treatments_of_one_figure_the_stronger_counts_in_whatever_order(lies: Lies, umgekehrt: bool) -> None:
    angaben = [
        {"verfahren": "zufallsueberlagert", "raeume": "01", "grund": "Fußnote 1"},
        {"verfahren": "gerundet", "grund": "Fußnote 2"},
    ]
    gelesen = lies("id;a\n01;5\n02;5\n", vorbehandelt=angaben[::-1] if umgekehrt else angaben)
    assert gelesen.messwerte["vorbehandelt"].to_list() == ["zufallsueberlagert", "gerundet"]


# Keys -------------------------------------------------------------------------------------------------------------


def resolve(texte: list[str], **angaben: Any) -> list[tuple[str, str]]:  # noqa: ANN401  # parts of a declaration
    regel = QuellSchluessel.model_validate_json(json.dumps({"spalte": "id", "ebenen": {"raum": r"\d+"}} | angaben))
    df = Schluesselpruefung(regel, frozenset()).resolve(pl.Series(texte))
    return df.select("raum_id", "ebene").rows()


@pytest.mark.parametrize("ebene", ["text", "raum_id", "ebene", "ist_text"])
def test_a_level_may_be_called_like_a_column_of_the_programme(ebene: str) -> None:
    ebenen = {ebene: r"\d\d", "kreis": r"\d"}
    assert resolve(["01", "7"], ebenen=ebenen) == [("01", ebene), ("7", "kreis")]


@pytest.mark.parametrize(("nicht_raum", "keiner"), [("99", [1]), ("98 Rest", [2]), ("Rest", []), ("9[89]", [1, 2])])
def test_what_is_no_area_is_known_by_its_text_or_by_its_key(nicht_raum: str, keiner: list[int]) -> None:
    texte = ["01 Au", "99 Rest", "98 Rest"]
    gelesen = resolve(texte, muster=r"(?P<schluessel>\d+) .*", nicht_raum=nicht_raum)
    assert [nummer for nummer, (_, ebene) in enumerate(gelesen) if ebene == KEIN_RAUM] == keiner


def test_a_mapped_key_is_taken_as_declared_and_never_padded() -> None:
    gelesen = resolve(["7", "Kreis", "8"], zuordnung={"Kreis": "9", "8": "88"}, auffuellen=5)
    assert [raum_id for raum_id, _ in gelesen] == ["00007", "9", "88"]


def test_an_empty_key_is_filled_inside_a_merged_cell_and_nowhere_else(lies: Lies, meldung: Meldung) -> None:
    zeilen: list[list[Any]] = [["id", "jahr", "a"], ["01", 2024, 1], [None, 2025, 2], ["02", 2024, 3], [None, 2025, 4]]
    datei = {"typ": "xlsx", "glob": "w.xlsx", "blatt": "^A$"}
    zeit = {"spalte": "jahr"}
    beide = build_xlsx({"A": zeilen}, verbunden=["A2:A3", "A4:A5"])
    assert lies(beide, datei=datei, zeit=zeit).messwerte["raum_id"].to_list() == ["01", "01", "02", "02"]
    text = meldung(build_xlsx({"A": zeilen}, verbunden=["A2:A3"]), datei=datei, zeit=zeit)
    assert text.startswith("Zeile 5    Spalte »id«: der Schlüssel fehlt.")
    assert "\n" not in text


def test_a_subheading_is_a_row_with_one_text_and_nothing_else(lies: Lies, meldung: Meldung) -> None:
    datei = {"zwischentitel": {"ort": "Ort .*"}}
    dimensionen = [{"spalte": "ort", "gruppen": {"Ort A": "ort=a", "Ort B": "ort=b"}}]
    text = "id;a\nOrt A;\n01;5\nOrt B;\n01;6\n"
    gelesen = lies(text, datei=datei, dimensionen=dimensionen)
    assert gelesen.messwerte.select("gruppe", "wert").rows() == [("ort=a", 5.0), ("ort=b", 6.0)]
    fehler = meldung(text.replace("Ort B;", "Ort B;7"), datei=datei, dimensionen=dimensionen)
    assert fehler.startswith("Zeile 4    Spalte »id«: der Schlüssel »Ort B« passt zu keiner Ebene")


# Differences of one delivery --------------------------------------------------------------------------------------


def andere(**angaben: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    return [{"dateien": "alt", "grund": "früher anders"} | angaben]


@pytest.mark.parametrize(
    ("inhalt", "datei", "angaben"),
    [
        ("id;a\nx;\n01;5\n", {}, {"ueberspringen": ["^x$"]}),
        ("id;a\n01;5\n", {"ueberspringen": ["^0"]}, {"ueberspringen": []}),
        ("id;a\nOrt A;\n01;5\n", {}, {"zwischentitel": {"ort": "Ort .*"}, "ignoriere": ["ort"]}),
        ("01;5\n", {"kopf": "^id$"}, {"spalten_fest": ["id", "a"]}),
        ("Titel;\nid;a\n01;5\n", {"spalten_fest": ["id", "a"]}, {"kopf": {"anker": "^id$"}}),
    ],
    ids=["ueberspringen", "nichts ueberspringen", "zwischentitel", "spalten_fest", "kopf"],
)
def test_one_delivery_may_be_laid_out_otherwise(
    lies: Lies, inhalt: str, datei: dict[str, Any], angaben: dict[str, Any]
) -> None:
    gelesen = lies(inhalt, dateiname="alt.csv", datei=datei, abweichungen=andere(**angaben))
    assert gelesen.messwerte.select("raum_id", "wert").rows() == [("01", 5.0)]
    with pytest.raises(EingabeError):
        lies(inhalt, datei=datei, abweichungen=andere(**angaben))


def test_one_workbook_may_have_other_sheets_beside_the_table(baue: Baue) -> None:
    datei = {"typ": "xlsx", "blatt": "^T$", "blaetter_ignoriere": ["^Titel$"]}
    quelle = baue(datei=datei, abweichungen=andere(blaetter_ignoriere=["^Deckblatt$", "^Titel$"]))
    ignoriert = [getattr(apply_abweichungen(quelle, name).datei, "blaetter_ignoriere", None) for name in ("alt", "neu")]
    assert ignoriert == [("^Deckblatt$", "^Titel$"), ("^Titel$",)]


def test_year_key_and_gebietsstand_of_one_delivery_take_the_declared_place(lies: Lies) -> None:
    angaben = andere(
        zeit={"fest": 2020}, schluessel={"spalte": "nr", "ebenen": {"kreis": r"\d"}}, gebietsstand="2020-12-31"
    )
    spalten = ("raum_id", "ebene", "jahr", "gebietsstand")
    alt = lies("nr;a\n7;5\n", dateiname="alt.csv", gebietsstand="2024-12-31", abweichungen=angaben).messwerte
    assert alt.select(spalten).rows() == [("7", "kreis", 2020, "2020-12-31")]
    neu = lies("id;a\n01;5\n", gebietsstand="2024-12-31", abweichungen=angaben).messwerte
    assert neu.select(spalten).rows() == [("01", "gemeinde", 2025, "2024-12-31")]


# Gebietsstand -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("angabe", "erwartet"),
    [
        ({}, ["2025-12-31", "2025-12-31"]),
        ({"gebietsstand": "2019"}, ["2019", "2019"]),
        ({"gebietsstand": "{jahr}-12-31"}, ["2023-12-31", "2024-12-31"]),
        ({"gebietsstand": "Ende {jahr}"}, ["Ende 2023", "Ende 2024"]),
    ],
)
def test_the_gebietsstand_of_a_source_goes_before_that_of_the_project(
    lies: Lies, angabe: dict[str, str], erwartet: list[str]
) -> None:
    umfeld = Umfeld(gebietsstand="2025-12-31")
    gelesen = lies("id;jahr;a\n01;2023;5\n01;2024;6\n", zeit={"spalte": "jahr"}, umfeld=umfeld, **angabe)
    assert gelesen.messwerte["gebietsstand"].to_list() == erwartet


def test_figures_of_each_year_are_converted_from_the_gebietsstand_of_their_year(lies: Lies) -> None:
    """In 2023 a1 and a2 were one Raum x of 10 people; in 2024 they were as today."""
    schluessel = {"spalte": "id", "ebenen": {"gemeinde": "[ax][12]?"}}
    text = "id;jahr;a\nx;2023;10\na1;2024;4\na2;2024;6\n"
    gelesen = lies(text, schluessel=schluessel, zeit={"spalte": "jahr"}, gebietsstand="{jahr}")
    df = pl.DataFrame(
        [(alt, neu, stand, "2025", GANZ if alt == neu else "bevoelkerung", anteil)
         for alt, neu, stand, anteil in (("x", "a1", "2023", 0.3), ("x", "a2", "2023", 0.7), ("a1", "a1", "2024", 1.0),
                                         ("a2", "a2", "2024", 1.0))],
        schema=Umstiege.empty().schema, orient="row",
    )  # fmt: skip
    messwerte = Messwerte.make(gelesen.messwerte.select(Messwerte.spalten()))
    umgerechnet = convert_messwerte(messwerte, raeume(), Umstiege.make(df), Umrechnung("2025", "bevoelkerung"))
    assert umgerechnet.select("raum_id", "jahr", "wert", "status", "von_stand").rows() == [
        ("a1", 2023, 3.0, "geschaetzt", "2023"),
        ("a1", 2024, 4.0, "beobachtet", "2024"),
        ("a2", 2023, 7.0, "geschaetzt", "2023"),
        ("a2", 2024, 6.0, "beobachtet", "2024"),
    ]


def test_a_project_adds_up_the_gemeinden_that_were_two_in_the_year_of_their_delivery(tmp_path: Path) -> None:
    """G5 went into G1 on the first day of 2025: 1000 people and 500 more make 1500 of 2024, and 1000 of 2025 stay."""
    wurzel = create_kleinprojekt(tmp_path)
    replace_in(wurzel / "config/quellen.yaml", "    zahl:", '    gebietsstand: "{jahr}-12-31"\n    zahl:')
    umstieg = (
        "umstiege:\n"
        '  - {von: "2024-12-31", nach: "2025-12-31", umfang: nur_aenderungen, spalten: {von: alt, nach: neu},\n'
        '     datei: {typ: csv, glob: umstieg.csv, zeichensatz: utf-8, trenner: ";"}}\n'
    )
    replace_in(wurzel / "config/raeume.yaml", "verzeichnis:", f"{umstieg}verzeichnis:")
    (wurzel / "data/raw/umstieg.csv").write_text("alt;neu\nG1;G1\nG5;G1\n", encoding="utf-8")
    replace_in(wurzel / "data/raw/menschen_2024.csv", "G4;1000;400\n", "G4;1000;400\nG5;500;50\n")
    projekt = Projekt(wurzel, wurzel / "data" / "raw")
    run_stufen(projekt, select_stufen(None, "compute"), erzwinge=False, melde=lambda _: None)
    werte = read_tabelle(projekt, Gebietswerte).filter(pl.col("raum_id").is_in(["G1", "G2"]), merkmal="einwohner")
    assert werte.select("raum_id", "jahr", "wert", "von_stand").sort("raum_id", "jahr").rows() == [
        ("G1", 2024, 1500.0, "2024-12-31"),
        ("G1", 2025, 1000.0, None),
        ("G2", 2024, 1000.0, "2024-12-31"),
        ("G2", 2025, 1000.0, None),
    ]


# The same cell twice, and corrections -----------------------------------------------------------------------------

Zeile = tuple[str, float | str]


def lieferung(*zeilen: Zeile) -> pl.DataFrame:
    """Give Messwerte of one cell from (quelle, number or status)."""
    grund = dict.fromkeys(Messwerte.spalten()) | {
        "raum_id": "01", "ebene": "gemeinde", "jahr": 2025, "merkmal": "a", "gruppe": "", "gebietsstand": "2025",
    }  # fmt: skip
    daten = [
        grund
        | {
            "wert": None if isinstance(wert, str) else wert,
            "status": wert if isinstance(wert, str) else "beobachtet",
            "lieferung_id": f"{quelle}:w.csv",
            "zelle": f"B{nummer}",
        }
        for nummer, (quelle, wert) in enumerate(zeilen)
    ]
    return pl.DataFrame(daten, schema=Messwerte.empty().schema)


@pytest.mark.parametrize(
    ("zeilen", "bleiben"),
    [
        ([("a", 5.0), ("b", 5.0)], ["B0"]),
        ([("a", 5.0), ("b", 6.0)], ["B0", "B1"]),
        ([("b", 5.0), ("c", 5.0)], ["B0"]),
        ([("c", 5.0), ("b", 5.0)], ["B1"]),
        ([("a", 0.0), ("b", "geheim")], ["B0", "B1"]),
        ([("b", 5.0), ("b", 6.0)], ["B0", "B1"]),
    ],
)
def test_only_the_same_figure_gives_way(baue: Baue, zeilen: list[Zeile], bleiben: list[str]) -> None:
    quellen = {"a": baue(), "b": baue(doppelte=["gleiche"]), "c": baue(doppelte=["gleiche"])}
    assert drop_doppelte(lieferung(*zeilen), quellen)["zelle"].to_list() == bleiben


@pytest.mark.parametrize(
    ("zeilen", "bleiben"),
    [
        ([("a", "unbekannt"), ("a", 5.0)], ["B1"]),
        ([("a", "unbekannt"), ("b", 5.0)], ["B0", "B1"]),
        ([("a", "unbekannt"), ("a", "geheim")], ["B0", "B1"]),
        ([("b", "unbekannt"), ("b", 5.0)], ["B0", "B1"]),
        ([("a", 5.0), ("a", 6.0)], ["B0", "B1"]),
    ],
)
def test_a_gap_gives_way_to_a_number_of_its_own_source_only(
    baue: Baue, zeilen: list[Zeile], bleiben: list[str]
) -> None:
    quellen = {"a": baue(doppelte=["luecken"]), "b": baue()}
    assert drop_doppelte(lieferung(*zeilen), quellen)["zelle"].to_list() == bleiben


@pytest.mark.parametrize("quelle", ["a", "ab"])
def test_a_correction_hits_the_source_of_its_name_and_none_that_begins_alike(quelle: str) -> None:
    angaben = {
        "quelle": quelle, "raum_id": "01", "jahr": 2025, "merkmal": "a", "erwartet": 5.0, "wert": 7.0,
        "grund": "Zahlendreher", "stelle": "Amt", "am": "2026-02-01",
    }  # fmt: skip
    korrektur = Korrektur.model_validate_json(json.dumps(angaben))
    berichtigt = apply_korrekturen(lieferung(("a", 5.0), ("ab", 5.0)), {"k": korrektur}, None)
    werte = dict(berichtigt.select(pl.col("lieferung_id").str.head(-6), "wert").iter_rows())
    assert werte == {"a": 5.0, "ab": 5.0} | {quelle: 7.0}


# Files and crosswalks ---------------------------------------------------------------------------------------------


def test_backups_and_locks_of_open_files_are_no_deliveries(projekt: Projekt) -> None:
    for name in ("w.csv", "w.csv~", "~$w.csv", ".~lock.w.csv#"):
        (projekt.roh / name).write_text("x", encoding="utf-8")
    assert [pfad.name for pfad in find_dateien(projekt, "*w.csv*")] == ["w.csv"]


def umstieg(text: str, schwelle: float) -> GelesenerUmstieg:
    angaben = {
        "von": "2019", "nach": "2025", "schwelle": schwelle,
        "datei": {"typ": "csv", "glob": "u.csv", "zeichensatz": "utf-8", "trenner": ";"},
        "spalten": {"von": "alt", "nach": "neu", "anteile": {"bevoelkerung": "Bev"}},
    }  # fmt: skip
    modell = Umstieg.model_validate_json(json.dumps(angaben))
    return build_umstiege(read_rohtabelle(text.encode(), "u.csv", modell.datei, modell.dezimal), modell)


def test_a_share_as_small_as_the_threshold_is_no_sliver() -> None:
    text = "alt;neu;Bev\nx;n1;0,98\nx;n2;0,02\n"
    assert (umstieg(text, 0.02).splitter, umstieg(text, 0.0201).splitter) == (0, 1)
    assert umstieg(text, 0.02).df["anteil"].to_list() == [0.98, 0.02]


def test_a_raum_may_lose_five_percent_as_slivers_and_no_more() -> None:
    text = "alt;neu;Bev\nx;n1;0,95\nx;n2;0,025\nx;n3;0,025\n"
    assert umstieg(text, 0.05).groesster_verlust == 0.05
    with pytest.raises(EingabeError, match="Das sind keine Splitter"):
        umstieg(text.replace("0,95", "0,949").replace("n3;0,025", "n3;0,026"), 0.05)


@pytest.mark.parametrize(
    ("text", "gefunden"),
    [
        ("x;n1;0,6\nx;n2;0,4\n", False),
        ("x;n1;0,6\nx;n2;0,3995\n", True),
        ("x;n1;0,99\nx;n2;0,01\n", True),
        ("x;n1;0,6\nx;n2;0,4000005\n", False),
    ],
    ids=["exact", "only a deviation", "only a sliver", "rounding of the publisher"],
)
def test_an_inexact_crosswalk_is_told_for_either_reason(text: str, gefunden: bool) -> None:
    befunde = list(find_ungenaue([umstieg(f"alt;neu;Bev\n{text}", 0.02)]))
    assert [befund.code for befund in befunde] == ([Code.UMSTIEG_UNGENAU] if gefunden else [])


# Areas out of a map -----------------------------------------------------------------------------------------------

GUT: list[dict[str, Any]] = [
    {"id": "K", "name": "Kreis", "ebene": "kreis"},
    {"id": "R1", "name": "Eins", "ebene": "raum", "in": "K", "ha": 5},
    {"id": "R2", "name": "Zwei", "ebene": "raum", "in": "K"},
]


def read_karte(
    projekt: Projekt, eigenschaften: list[dict[str, Any]], ersetzungen: tuple[dict[str, Any], ...] = ()
) -> list[tuple[Any, ...]]:
    features = [{"type": "Feature", "properties": einzelne, "geometry": None} for einzelne in eigenschaften]
    inhalt = json.dumps({"type": "FeatureCollection", "features": features})
    (projekt.roh / "r.geojson").write_text(inhalt, encoding="utf-8")
    spalten = {"form": "lang", "schluessel": "id", "name": "name", "ebene": "ebene", "uebergeordnet": "in"}
    modell = {
        "gebietsstand": "2025",
        "ebenen": [
            {"ebene": ebene, "titel": ebene, "mehrzahl": ebene, "muster": muster}
            for ebene, muster in (("kreis", "K"), ("raum", r"R\d"))
        ],
        "verzeichnis": {
            "datei": {"typ": "geojson", "glob": "r.geojson"},
            "spalten": spalten | {"flaeche": "ha"},
            "ersetzungen": ersetzungen,
        },
    }
    verzeichnis = Raumverzeichnis.model_validate_json(json.dumps(modell))
    return read_raeume(projekt, verzeichnis, read_yaml("a: 1", "r.yaml")).select("raum_id", "flaeche_ha").rows()


@pytest.mark.parametrize("umgekehrt", [False, True])
def test_a_feature_without_a_property_says_nothing_there(projekt: Projekt, umgekehrt: bool) -> None:
    gelesen = read_karte(projekt, GUT[::-1] if umgekehrt else GUT)
    assert sorted(gelesen) == [("K", None), ("R1", 5.0), ("R2", None)]


@pytest.mark.parametrize(
    ("fehlt", "erwartet"),
    [
        ("name", "Raum »R2« (): der Name fehlt. Ergänzen lassen."),
        ("id", "Raum »« (Zwei): der Schlüssel passt nicht zum Muster der Ebene raum (R\\d)."),
        ("ebene", "Raum »R2« (Zwei): die Ebene fehlt. Bekannt: kreis, raum."),
    ],
)
def test_a_feature_without_what_every_area_needs_is_named(projekt: Projekt, fehlt: str, erwartet: str) -> None:
    ohne = [*GUT[:2], {name: wert for name, wert in GUT[2].items() if name != fehlt}]
    with pytest.raises(EingabeError) as gefangen:
        read_karte(projekt, ohne)
    assert erwartet in str(gefangen.value)


def test_a_property_that_no_feature_has_is_named_with_those_that_there_are(projekt: Projekt) -> None:
    ohne = [{name: wert for name, wert in einzelne.items() if name != "in"} for einzelne in GUT]
    with pytest.raises(EingabeError) as gefangen:
        read_karte(projekt, ohne)
    assert "die Spalte »in« fehlt. Vorhanden: »id«, »name«, »ebene«, »ha«." in str(gefangen.value)


def test_a_replacement_may_look_at_a_property_that_the_first_feature_lacks(projekt: Projekt) -> None:
    falsch = [GUT[0], GUT[2] | {"id": "R1"}, GUT[1]]
    ersetzung = {"schluessel": "R1", "wenn": {"name": "Zwei", "ha": ""}, "ersetze": "R2", "grund": "doppelt"}
    assert sorted(read_karte(projekt, falsch, (ersetzung,))) == [("K", None), ("R1", 5.0), ("R2", None)]


def test_a_replacement_among_polygons_may_look_at_a_property_that_the_first_lacks() -> None:
    ersetzung = Ersetzung(schluessel="R1", wenn={"name": "Zwei"}, ersetze="R2", grund="doppelt")
    saetze = [{"id": "K"}, {"id": "R1", "name": "Eins"}, {"id": "R1", "name": "Zwei"}]
    assert [satz["id"] for satz in replace_schluessel(saetze, "id", [ersetzung], "k.geojson")] == ["K", "R1", "R2"]


# What the statistician and the analyst found


def test_a_dash_beside_a_number_of_the_same_source_gives_way_to_it(lies: Lies) -> None:
    gelesen = lies("id;a\n01;-\n01;7\n02;-\n02;-\n")
    quelle = build_quelle(doppelte=["luecken"])
    df = drop_doppelte(gelesen.messwerte, {"quelle": quelle})
    assert df.select("raum_id", "wert", "status").rows() == [("01", 7.0, "beobachtet"), ("02", 0.0, "null_genau")]


def test_a_figure_without_percent_sign_among_those_with_one_is_ambiguous(meldung: Meldung) -> None:
    zahl = {"dezimal": ",", "anhaenge": {"%": ""}}
    assert meldung("id;a\n01;12,5 %\n02;0,355\n", zahl=zahl).startswith(
        "Zeile 3    Zelle B3, Spalte »a«: eine Zahl ohne »%«"
    )


def test_figures_that_all_lack_the_percent_sign_are_sound(lies: Lies) -> None:
    gelesen = lies("id;a\n01;12,5\n02;0,355\n", zahl={"dezimal": ",", "anhaenge": {"%": ""}})
    assert gelesen.messwerte["wert"].to_list() == [12.5, 0.355]


@pytest.mark.parametrize(
    ("muster", "schluessel", "stellen"),
    [(r"01051\d{3}", "1051001", 8), (r"\d{8}", "1051001", 8), (r"0\d{4}", "1051", 5)],
)
def test_a_lost_zero_is_named_with_the_places_of_the_whole_key(
    meldung: Meldung, muster: str, schluessel: str, stellen: int
) -> None:
    text = meldung(f"id;a\n{schluessel};5\n", schluessel={"spalte": "id", "ebenen": {"gemeinde": muster}})
    assert f"schluessel.auffuellen: {stellen} eintragen" in text


def test_no_zero_is_suggested_where_none_would_help(meldung: Meldung) -> None:
    text = meldung("id;a\n11;5\n", schluessel={"spalte": "id", "ebenen": {"gemeinde": r"99001\d{3}"}})
    assert "auffuellen" not in text


@pytest.mark.parametrize(
    "form", ["{schluessel:>3000000000}", "{schluessel.upper}", "{schluessel!r}", "{schluessel:{schluessel}}"]
)
def test_a_form_with_more_than_a_name_and_places_is_refused(form: str) -> None:
    schluessel = {"spalte": "id", "muster": r"(?P<schluessel>\d+)", "form": form, "ebenen": {"gemeinde": r"\d{2}"}}
    with pytest.raises(ValidationError, match="form"):
        build_quelle(schluessel=schluessel)
