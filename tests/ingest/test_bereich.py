"""What is cut out of a file and what is left out of it: merged cells, skipped rows, footers, keys said only once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
import yaml
from pydantic import ValidationError

from atlas.config.laden import load_konfiguration
from atlas.config.models.quellen import Quelle
from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.deutung.muster import match_ganz, passt_zu_einem
from atlas.ingest.deutung.quelle import Gelesen
from atlas.ingest.deutung.zeit import resolve_zeiten
from atlas.ingest.eingangspruefung import find_wirkungslose
from atlas.ingest.formate.raster import Raster
from atlas.ingest.formate.verbunden import fill_nach_rechts, fill_nach_unten
from atlas.stages import ingest
from atlas.store import Bau
from ingest.arbeitsmappen import build_xlsx
from ingest.conftest import build_quelle
from ingest.test_stufe import DATEIEN

if TYPE_CHECKING:
    from pathlib import Path

    from atlas.projekt import Projekt

Baue = Callable[..., Quelle]
Lies = Callable[..., Gelesen]
Meldung = Callable[..., str]
Blatt = list[list[Any]]

A = [{"spalte": "a", "merkmal": "a"}]
TAG = r"(?P<tag>\d\d)\.(?P<monat>\d\d)\.(?P<jahr>\d{4})"


def zahlen(gelesen: Gelesen) -> list[tuple[str, float | None]]:
    return gelesen.messwerte.select("raum_id", "wert").rows()


def mappe(zeilen: Blatt, verbunden: Sequence[str] = (), versteckte_zeilen: Sequence[int] = ()) -> bytes:
    return build_xlsx({"A": zeilen}, verbunden=verbunden, versteckte_zeilen=versteckte_zeilen)


def als_mappe(**datei: Any) -> dict[str, Any]:  # noqa: ANN401  # parts of a declaration
    """Declare a workbook with key, group and figure, in which the group is taken as it stands."""
    return {
        "datei": {"typ": "xlsx", "glob": "w.xlsx", "blatt": "^A$"} | datei,
        "dimensionen": [{"spalte": "Sex", "gruppen": {"m": "sex=m", "w": "sex=w", "Insgesamt": ""}}],
    }


# Merged cells

BLOCK: Blatt = [
    ["id", "Sex", "a"],
    ["01", "m", 5],
    [None, "w", 6],
    ["Insgesamt", "m", 50],
    [None, "w", 60],
    ["02", "m", 7],
]
VERBUNDEN = ["A2:A3", "A4:A5"]


def test_a_skipped_merged_cell_takes_all_its_rows_with_it(lies: Lies) -> None:
    gelesen = lies(mappe(BLOCK, VERBUNDEN), "w.xlsx", **als_mappe(ueberspringen=["^Insgesamt$"]))
    assert zahlen(gelesen) == [("01", 5.0), ("01", 6.0), ("02", 7.0)]
    assert gelesen.uebersprungen == 2


def test_a_text_merged_over_columns_holds_in_all_of_them(lies: Lies) -> None:
    zeilen: Blatt = [["id", "Sex", "a"], ["01", "m", 5], ["Insgesamt", None, 50]]
    schluessel = {"spalte": "id", "ebenen": {"gemeinde": r"\d{2}"}, "zuordnung": {"Insgesamt": "99"}}
    gelesen = lies(mappe(zeilen, ["A3:B3"]), "w.xlsx", **als_mappe(), schluessel=schluessel)
    assert gelesen.messwerte.select("raum_id", "gruppe", "wert").rows() == [("01", "sex=m", 5.0), ("99", "", 50.0)]


def test_a_subheading_merged_over_all_columns_is_one_text(lies: Lies) -> None:
    zeilen: Blatt = [["id", "a"], ["Frauen", None], ["01", 5], ["Männer", None], ["01", 6]]
    gelesen = lies(
        mappe(zeilen, ["A2:B2", "A4:B4"]),
        "w.xlsx",
        datei={"typ": "xlsx", "glob": "w.xlsx", "blatt": "^A$", "zwischentitel": {"Sex": "Frauen|Männer"}},
        dimensionen=[{"spalte": "Sex", "gruppen": {"Frauen": "sex=w", "Männer": "sex=m"}}],
    )
    assert gelesen.messwerte.select("gruppe", "wert").rows() == [("sex=w", 5.0), ("sex=m", 6.0)]
    assert gelesen.uebersprungen == 2


def test_a_text_beside_a_merged_key_is_no_subheading(meldung: Meldung) -> None:
    zeilen: Blatt = [["id", "Sex", "a"], ["m", None, None], ["01", "m", 5], [None, "m", None]]
    text = meldung(
        mappe(zeilen, ["A3:A4"]),
        "w.xlsx",
        datei={"typ": "xlsx", "glob": "w.xlsx", "blatt": "^A$", "zwischentitel": {"Titel": "[mw]"}},
        dimensionen=[{"spalte": "Sex", "gruppen": {"w": ""}}],
        werte={"spalten": A, "ignoriere": ["Titel"]},
    )
    assert text.startswith("Zeile 3    Spalte »Sex«: »m« ist nicht deklariert.")


def test_a_row_without_text_of_its_own_is_none(lies: Lies) -> None:
    zeilen: Blatt = [["id", "Sex", "a"], ["01", "m", 5], [None, None, None], ["02", "m", 7]]
    gelesen = lies(mappe(zeilen, ["A2:A3"]), "w.xlsx", **als_mappe())
    assert (zahlen(gelesen), gelesen.zeilen) == ([("01", 5.0), ("02", 7.0)], 2)


def test_merged_figures_stay_an_error(meldung: Meldung) -> None:
    text = meldung(mappe(BLOCK, [*VERBUNDEN, "C2:C3"]), "w.xlsx", **als_mappe(ueberspringen=["^Insgesamt$"]))
    assert (
        text == "Zeile 3    Spalte »a«: verbundene Zellen zwischen Zahlen sind mehrdeutig. Verbindung aufheben lassen."
    )


def test_a_text_of_its_own_below_a_merged_cell_stays() -> None:
    zellen = pl.DataFrame({"c0": ["01", ""], "c1": ["", "w"]})
    raster = Raster("w.xlsx", "A", zellen, pl.Series("zeile", [1, 2]), ((0, 0, 1, 1),))
    unten = fill_nach_unten(zellen, raster, 0)
    assert unten.rows() == [("01", ""), ("01", "w")]
    assert fill_nach_rechts(unten.with_columns(raster.zeilen), raster, 0).rows() == [("01", "01", 1), ("01", "w", 2)]


# The end

ENDE: dict[str, Any] = {"datei": {"ende": "^Quelle"}, "werte": {"spalten": A, "ignoriere": [r"x\d"]}}
SPARSAM = "id;a;x1;x2;x3;x4\n01;5;;;;\nQuelle: Amt;;;;;\n"


@pytest.mark.parametrize("zeile", ["02;7;;;;", "Nord;1.234,5;;;;", ";02;;7;;", "Nord;;;;2024;7", "02;2015;;;;"])
def test_a_sparse_row_with_a_figure_after_the_end_is_data(meldung: Meldung, zeile: str) -> None:
    assert meldung(f"{SPARSAM}{zeile}\n", **ENDE) == (
        "Zeile 4    nach dem deklarierten Ende in Zeile 3 stehen noch Zeilen mit Daten. datei.ende enger fassen; "
        "Zwischensummen gehören unter schluessel.nicht_raum."
    )


@pytest.mark.parametrize(
    "zeile",
    [
        "© 2026;;;;;",
        "Quelle:;Amt;;;;",
        "Stand:;31.12.2024;;;;",
        "Jahr;2024;;;;",
        "1;Nur Frauen;;;;",
        "Tel.;0351 33;;;;",
    ],
)
def test_a_footer_in_several_cells_stays_a_footer(lies: Lies, zeile: str) -> None:
    gelesen = lies(f"{SPARSAM}\n{zeile}\n", **ENDE)
    assert (zahlen(gelesen), gelesen.fusszeilen) == ([("01", 5.0)], 2)


def test_a_merged_key_after_the_end_makes_a_row_of_data(meldung: Meldung) -> None:
    zeilen: Blatt = [["id", "x1", "a", "x2", "x3"], ["01", "m", 5], ["Summe"], ["02", "m"], [None, None, 7]]
    text = meldung(
        mappe(zeilen, ["A4:A5"]),
        "w.xlsx",
        datei={"typ": "xlsx", "glob": "w.xlsx", "blatt": "^A$", "ende": "^Summe"},
        werte=ENDE["werte"],
    )
    assert text.startswith("Zeile 5    nach dem deklarierten Ende in Zeile 3")


# What is left out is counted


def test_rows_left_out_are_counted_by_where_they_stand(lies: Lies) -> None:
    text = "id;a\nx;\nMänner;\n01;5\n\ny;1\n02;6\nQuelle;\n\nAmt;\n"
    datei = {"ueberspringen": ["^x$", "^y$"], "zwischentitel": {"Sex": "Männer"}, "ende": "^Quelle"}
    gelesen = lies(text, datei=datei, dimensionen=[{"spalte": "Sex", "gruppen": {"Männer": ""}}])
    assert (gelesen.zeilen, gelesen.uebersprungen, gelesen.fusszeilen) == (2, 3, 2)


@pytest.mark.parametrize(("ende", "anzahl"), [(None, 2), ("^Quelle", 2)], ids=["open", "footer"])
def test_hidden_rows_left_out_are_counted(lies: Lies, ende: str | None, anzahl: int) -> None:
    zeilen: Blatt = [
        ["Titel"],
        ["id", "a"],
        ["01", 5],
        ["02", 6],
        ["03", 7],
        *([["Quelle"]] if ende else []),
        ["04", 8],
    ]
    inhalt = mappe(zeilen[:-1] if ende else zeilen, versteckte_zeilen=[1, 3, 5])
    datei = {"typ": "xlsx", "glob": "w.xlsx", "blatt": "^A$", "kopf": "^id$", "verstecktes": "auslassen", "ende": ende}
    assert lies(inhalt, "w.xlsx", datei=datei).uebersprungen == anzahl


def test_a_skipped_row_with_the_key_of_an_area_is_named(lies: Lies) -> None:
    text = "Art;id;a\nWert;01;5\nx;02;6\nx;Summe;7\nx;03;8\n"
    angaben: dict[str, Any] = {"datei": {"ueberspringen": ["^x$"]}, "werte": {"spalten": A, "ignoriere": ["Art"]}}
    assert lies(text, **angaben).uebersprungene_raeume == (3, 5)
    schluessel = {"spalte": "id", "ebenen": {"gemeinde": r"\d{2}"}, "ausserhalb": "zaehlen"}
    umfeld = Umfeld(frozenset({"01", "03"}))
    assert lies(text, umfeld=umfeld, schluessel=schluessel, **angaben).uebersprungene_raeume == (5,)


def test_a_subheading_that_names_an_area_is_not_skipped(lies: Lies) -> None:
    datei = {"ueberspringen": ["^x$"], "zwischentitel": {"Kreis": "09"}}
    gelesen = lies("id;a\nx;\n09;\n01;5\n", datei=datei, werte={"spalten": A, "ignoriere": ["Kreis"]})
    assert (gelesen.uebersprungen, gelesen.uebersprungene_raeume) == (2, ())


def run_ingest(projekt: Projekt, ordner: Path, datei: str, mehr: str = "") -> dict[str, pl.DataFrame]:
    """Run the stage on two files of one Quelle, with further keys of its file and of itself; give its tables."""
    for name, text in DATEIEN.items():
        pfad = projekt.wurzel / name
        pfad.parent.mkdir(parents=True, exist_ok=True)
        pfad.write_text(text.replace("mehrere: true", f"mehrere: true, {datei}"), encoding="utf-8")
    with (projekt.config / "quellen.yaml").open("a", encoding="utf-8") as quellen:
        quellen.write(mehr)
    (projekt.roh / "2024" / "werte.csv").write_text("id;jahr;a\nx;;\n1;2024;5\n", encoding="utf-8")
    ordner.mkdir()
    ingest.run(projekt, load_konfiguration(projekt), Bau(ordner))
    return {name: pl.read_parquet(ordner / f"{name}.parquet") for name in ("Eingangsbefunde", "Lieferungen")}


def test_skipping_an_area_is_a_finding_of_its_delivery(projekt: Projekt, tmp_path: Path) -> None:
    tabellen = run_ingest(projekt, tmp_path / "bau", "ueberspringen: ['^x$', '^2$']")
    befunde = tabellen["Eingangsbefunde"].select("code", "schwere", "lieferung_id", "text").rows()
    text = (
        "data/raw/2025/werte.csv: 1 Zeile trägt einen Raumschlüssel und wird übersprungen, zuerst Zeile 3. "
        "datei.ueberspringen enger fassen; Summen gehören unter schluessel.nicht_raum."
    )
    assert befunde == [("E103", "warnung", "personen:2025/werte.csv", text)]
    assert tabellen["Lieferungen"]["uebersprungen"].to_list() == [1, 1]


def test_declarations_that_hit_nothing_in_any_file_are_a_finding(projekt: Projekt, tmp_path: Path) -> None:
    abweichungen = "    abweichungen: [{dateien: alt, grund: G}, {dateien: werte, grund: G}]\n"
    tabellen = run_ingest(projekt, tmp_path / "bau", "ueberspringen: ['^x$', '^y$']", abweichungen)
    text = (
        "personen: ohne Treffer bleibt datei.ueberspringen »^y$«, abweichungen.dateien »alt«. Muster berichtigen oder "
        "den Eintrag löschen."
    )
    assert tabellen["Eingangsbefunde"].select("code", "schwere", "text").rows() == [("E104", "hinweis", text)]


def test_differences_that_a_vorlage_may_have_brought_are_not_held_against_the_project(baue: Baue) -> None:
    abweichungen = [{"dateien": "alt", "grund": "G"}]
    eigene, geerbte = baue(abweichungen=abweichungen), baue(abweichungen=abweichungen, vorlage="v")
    assert [len(list(find_wirkungslose("q", quelle, ["w.csv"], [{}]))) for quelle in (eigene, geerbte)] == [1, 0]


# Keys that stand once for several rows

WIEDERHOLEN: dict[str, Any] = {"spalte": "id", "ebenen": {"gemeinde": r"\d{2}"}, "wiederholen": True}
JE_SEX: dict[str, Any] = {"dimensionen": [{"spalte": "Sex", "gruppen": {"m": "sex=m", "w": "sex=w"}}]}


def test_a_key_that_stands_once_is_carried_down(lies: Lies) -> None:
    gelesen = lies("id;Sex;a\n01;m;5\n;w;6\n02;m;7\n;w;8\n", schluessel=WIEDERHOLEN, **JE_SEX)
    assert zahlen(gelesen) == [("01", 5.0), ("01", 6.0), ("02", 7.0), ("02", 8.0)]


def test_an_empty_key_below_another_is_told_how_to_carry_it_down(meldung: Meldung) -> None:
    ohne = WIEDERHOLEN | {"wiederholen": False}
    erste, zweite = meldung("id;Sex;a\n;m;1\n01;m;5\n;w;6\n", schluessel=ohne, **JE_SEX).split("\n")
    assert erste == (
        "Zeile 2    Spalte »id«: der Schlüssel fehlt. Ergänzen lassen, oder '^$' unter schluessel.nicht_raum nennen."
    )
    assert zweite.startswith("Zeile 4    Spalte »id«: der Schlüssel fehlt. Meint die Zeile den Schlüssel darüber, ")
    assert "schluessel.wiederholen: true" in zweite


def test_no_key_stands_above_the_first(meldung: Meldung) -> None:
    assert meldung("id;Sex;a\n;m;1\n01;m;5\n", schluessel=WIEDERHOLEN, **JE_SEX).startswith("Zeile 2    ")


def test_below_a_skipped_row_the_key_above_it_does_not_hold(meldung: Meldung) -> None:
    text = "id;Sex;a\n01;m;5\n;w;6\nSumme;m;50\n;w;60\n"
    fehler = meldung(text, schluessel=WIEDERHOLEN, datei={"ueberspringen": ["Summe"]}, **JE_SEX)
    assert fehler.startswith("Zeile 5    Spalte »id«: der Schlüssel »Summe« passt zu keiner Ebene")


def test_a_part_of_a_key_is_carried_down_only_below_its_own_block(lies: Lies, meldung: Meldung) -> None:
    schluessel = {"spalten": ["B", "R"], "ebenen": {"raum": r"\d{4}"}, "wiederholen": True}
    text = "B;R;Sex;a\n01;11;m;1\n;;w;2\n;12;m;3\n02;11;m;4\n"
    assert zahlen(lies(text, schluessel=schluessel, **JE_SEX)) == [
        ("0111", 1.0),
        ("0111", 2.0),
        ("0112", 3.0),
        ("0211", 4.0),
    ]
    fehler = meldung(f"{text}03;;m;9\n", schluessel=schluessel, **JE_SEX)
    assert fehler.startswith("Zeile 6    Spalte »B + R«: der Schlüssel »99« passt zu keiner Ebene")


def test_a_key_put_in_by_declaration_is_carried_down_too(lies: Lies) -> None:
    ersetzen = [{"schluessel": "Harburg", "wenn": {"Sex": "m"}, "ersetze": "07", "grund": "Verzeichnis"}]
    gelesen = lies("id;Sex;a\nHarburg;m;5\n;w;6\n", schluessel=WIEDERHOLEN | {"ersetzen": ersetzen}, **JE_SEX)
    assert zahlen(gelesen) == [("07", 5.0), ("07", 6.0)]


def test_only_keys_in_columns_can_be_carried_down() -> None:
    with pytest.raises(ValidationError, match="wiederholen gilt nur zusammen mit spalte oder spalten"):
        build_quelle(schluessel={"fest": "01", "ebenen": {"gemeinde": r"\d{2}"}, "wiederholen": True})


# Stichtage that contradict each other


def test_the_reference_day_of_a_row_must_be_that_of_the_title(lies: Lies, meldung: Meldung) -> None:
    zeit = {"spalte": "Tag", "muster": TAG, "titel": f"^Stand: {TAG}$"}
    text = "Stand: 31.12.2024;;\nid;Tag;a\n01;31.12.2024;5\n02;30.06.2024;6\n"
    assert meldung(text, datei={"kopf": "^id$"}, zeit=zeit) == (
        "Zeile 4    Spalte »Tag«: der Stichtag ist nicht 2024-12-31 wie in Titel oder Dateiname. Lieferung prüfen."
    )
    gelesen = lies(text.replace("30.06.", "31.12."), datei={"kopf": "^id$"}, zeit=zeit)
    assert gelesen.messwerte["stichtag"].to_list() == ["2024-12-31", "2024-12-31"]


def test_the_reference_day_of_a_head_must_be_that_of_the_rows(lies: Lies, meldung: Meldung) -> None:
    angaben: dict[str, Any] = {
        "zeit": {"spalte": "Tag", "muster": TAG, "kopf": TAG},
        "werte": {"spalten": [{"muster": "a .*", "merkmal": "a"}]},
    }
    assert meldung("id;Tag;a 31.12.2024\n01;30.06.2024;5\n", **angaben) == (
        "Zeile 1    Kopf »a 31.12.2024«: der Stichtag 2024-12-31 ist nicht der der Zeilen oder der Datei. "
        "Lieferung prüfen."
    )
    gelesen = lies("id;Tag;a 31.12.2024\n01;31.12.2024;5\n", **angaben)
    assert gelesen.messwerte["stichtag"].to_list() == ["2024-12-31"]


# Declarations that cannot be met


@pytest.mark.parametrize(
    ("zeilen", "erwartet"),
    [
        ([["01", 5]], "Zeile 1    die Zeile hat 2 statt 3 Felder."),
        ([["01", 5], ["02", 6]], "der Kopf hat 3 Felder, keine Zeile darunter hat ebenso viele (die erste 2)."),
    ],
    ids=["one", "all"],
)
def test_more_fixed_columns_than_a_sheet_has_are_an_error(meldung: Meldung, zeilen: Blatt, erwartet: str) -> None:
    datei = {"typ": "xlsx", "glob": "w.xlsx", "blatt": "^A$", "spalten_fest": ["id", "a", "b"]}
    werte = {"spalten": A, "ignoriere": ["b"]}
    assert meldung(mappe(zeilen), "w.xlsx", datei=datei, werte=werte).startswith(erwartet)


def test_a_declared_subheading_that_never_comes_is_an_error(meldung: Meldung) -> None:
    datei = {"zwischentitel": {"Was": "Arbeitslose", "Raum": "Bezirk .*"}}
    assert meldung("id;a\nArbeitslose;\n01;5\n", datei=datei) == (
        "Zeile 1    Zwischentitel »Raum« trifft keine Zeile mit nur einem Text. Muster in datei.zwischentitel prüfen."
    )


def test_a_file_declared_to_lack_every_figure_is_an_error(meldung: Meldung) -> None:
    abweichungen = [{"dateien": "2023", "grund": "G", "fehlt": ["a"]}]
    assert meldung("id\n01\n", "w_2023.csv", abweichungen=abweichungen) == (
        "Zeile 1    abweichungen.fehlt nennt alle Wertspalten, gelesen würde nichts. Die Datei entfernen?"
    )


# Quotes that swallow rows


VIER: dict[str, Any] = {
    "datei": {"kopf": "^id$", "ende": "^Quelle", "ueberspringen": ["^Summe"]},
    "werte": {"spalten": [{"spalte": "a", "merkmal": "a"}], "ignoriere": ["n", "o"]},
}


@pytest.mark.parametrize(
    ("text", "zeile"),
    [
        ('Titel\nid;n;o;a\n01;x;y;5\nSumme;"x;y;5\n02;x";y;5\n03;x;y;6\nQuelle;;;\n', 4),
        ('Titel\nid;n;o;a\n01;x;y;5\nSumme;"x;y;5\n02;x;y;5\n03;x";y;6\nQuelle;;;\n', 4),
        ('Titel\nid;"n;o;a\n00;x;y;5\n01;n";o;a\n03;x;y;6\nQuelle;;;\n', 2),
        ('"Titel\n00;x;y;5\n"\nid;n;o;a\n03;x;y;6\nQuelle;;;\n', 1),
        ('Titel\nid;n;o;a\n01;x;y;5\n"Quelle\n02;x;y;5\n03;x;y;6";;;\n', 4),
    ],
    ids=["skipped", "skipped over three lines", "header", "title", "footer"],
)
def test_quotes_that_swallow_rows_are_found_wherever_they_stand(meldung: Meldung, text: str, zeile: int) -> None:
    assert meldung(text, **VIER).startswith(
        f"Zeile {zeile}    ein Feld in Anführungszeichen reicht über mehrere Zeilen mit Trennzeichen und verschluckt "
    )


def test_a_subheading_that_swallows_rows_is_found(meldung: Meldung) -> None:
    text = 'id;n;o;a\n"Land\n01;x;y;5";;;\n02;x;y;5\n'
    datei = {"zwischentitel": {"Ebene": "Land.*"}}
    angaben = VIER | {"datei": datei, "werte": VIER["werte"] | {"ignoriere": ["n", "o", "Ebene"]}}
    assert meldung(text, **angaben).startswith("Zeile 2    ein Feld in Anführungszeichen reicht über mehrere Zeilen")


def test_texts_over_several_lines_round_the_data_are_read(lies: Lies) -> None:
    text = (
        '"Titel; mit\nUmbruch; und mehr";;;\nid;"n\n(x; y)";o;a\n01;x;y;5\n"Summe\n(a; b)";;;6\n'
        '"Quelle: Amt; 2024\n(c) Amt";;;\n'
    )
    werte = VIER["werte"] | {"ignoriere": ["n .*", "o"]}
    assert lies(text, **VIER | {"werte": werte}).zeilen == 1


# Digits of other scripts


@pytest.mark.parametrize("anzahl", [1, 10_001], ids=["python", "polars"])
def test_a_digit_of_another_script_is_no_digit_of_a_key(anzahl: int) -> None:
    texte = pl.Series(["01", "0\u0661", "\uff10\uff11"] * anzahl)
    assert match_ganz(texte, r"\d{2}").to_list() == [True, False, False] * anzahl
    assert match_ganz(texte, "..").to_list() == [True, True, True] * anzahl
    assert match_ganz(pl.Series(["Köln 1"] * anzahl), r"\w+ \d").all()


def test_a_digit_of_another_script_is_no_digit_of_a_text() -> None:
    assert passt_zu_einem("Ö1", [r"Ö\d"])
    assert not passt_zu_einem("Ö\u0661", [r"Ö\d"])
    assert passt_zu_einem("Ö\u0661", [r"Ö\d", "Ö."])


def test_a_day_in_digits_of_another_script_is_no_time() -> None:
    muster = r"(?P<tag>\d\d)\.(?P<monat>\d\d)\.(?P<jahr>\d{4})"
    zeiten = resolve_zeiten(pl.Series(["31.12.2024", "\u0663\u0661.12.2024"]), muster)
    assert zeiten.rows() == [(2024, "2024-12-31"), (None, None)]


def test_a_key_in_digits_of_another_script_fits_no_level(meldung: Meldung) -> None:
    ebenen = {"schluessel": {"spalte": "id", "ebenen": {"kreis": r"\d{2}"}}}
    assert "passt zu keiner Ebene" in meldung("id;a\n01;5\n\uff10\uff12;6\n", **ebenen)


@pytest.mark.parametrize(
    ("fussnote", "ende"),
    [("1) vorläufig", r"^\d\)"), ("Quelle: Amt", "^Quelle:"), ("© Amt 2025", "^©"), ("* geheim", r"^\*")],
)
def test_a_footnote_below_the_last_key_of_a_sheet_names_the_end_that_leaves_it_out(
    lies: Lies, meldung: Meldung, fussnote: str, ende: str
) -> None:
    inhalt = mappe([["id", "a"], ["01", 5], ["02", 6], [], [fussnote], ["Weiteres dazu"]])
    angaben: dict[str, Any] = {"typ": "xlsx", "glob": "w.xlsx", "blatt": "A"}
    text = meldung(inhalt, datei=angaben)
    assert f"wohl eine Fußnote. datei.ende: '{ende}' eintragen. So in 2 Zeilen." in text
    assert zahlen(lies(inhalt, datei=angaben | {"ende": ende})) == [("01", 5.0), ("02", 6.0)]


def test_a_bad_key_with_figures_beside_it_is_no_footnote(meldung: Meldung) -> None:
    text = meldung(mappe([["id", "a"], ["01", 5], ["Summe", 6]]), datei={"typ": "xlsx", "glob": "w.xlsx", "blatt": "A"})
    assert "Fußnote" not in text
    assert "der Schlüssel »Summe« passt zu keiner Ebene" in text


def test_a_header_of_two_rows_comes_with_the_line_that_reads_it(lies: Lies, meldung: Meldung) -> None:
    inhalt = mappe([["id", "Männer", "Männer"], ["", "Zahl", "Anteil"], ["01", 5, 6]])
    angaben: dict[str, Any] = {"typ": "xlsx", "glob": "w.xlsx", "blatt": "A"}
    text = meldung(inhalt, datei=angaben)
    zeile = "kopf: {anker: '^id$', tiefe: 2}"
    assert text.endswith(f"unter datei eintragen: {zeile}.")
    werte = {"spalten": [{"spalte": "Männer | Zahl", "merkmal": "a"}], "ignoriere": [".*Anteil"]}
    assert zahlen(lies(inhalt, datei=angaben | yaml.safe_load(zeile), werte=werte)) == [("01", 5.0)]
