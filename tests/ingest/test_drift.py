"""Two deliveries of one Quelle: what has changed, and the entry that makes the odd one readable."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from atlas.config.models.quellen import Abweichung
from atlas.errors import EingabeError
from atlas.ingest.deutung.lesung import Umfeld
from atlas.ingest.deutung.quelle import open_lesung, read_quelle
from atlas.ingest.probe.drift import Drift, compare_seiten, find_lieferjahre
from atlas.ingest.probe.drift_seite import build_seite
from atlas.ingest.probe.drift_wege import Inhalt, open_abweichend
from ingest.arbeitsmappen import build_xlsx
from ingest.conftest import build_quelle

if TYPE_CHECKING:
    from atlas.projekt import Projekt

KREISE = {"schluessel": {"spalte": "id", "ebenen": {"kreis": r"\d{5}"}}}
ALT = "id;Kinder insgesamt;b\n10001;1;2\n10002;*;3\n"
SPALTEN = {"werte": {"spalten": [{"spalte": "Kinder insgesamt", "merkmal": "k"}, {"spalte": "b", "merkmal": "b"}]}}


def compare(alt: str | bytes, neu: str | bytes, endung: str = "csv", **angaben: Any) -> Drift:  # noqa: ANN401
    """Compare `w_2024` with `w_2025` by one declaration."""
    quelle = build_quelle(**(KREISE | SPALTEN | {"zeit": {"dateiname": r"(?P<jahr>\d{4})"}} | angaben))
    inhalte = [
        Inhalt(inhalt.encode() if isinstance(inhalt, str) else inhalt, f"roh/w_{jahr}.{endung}", f"w_{jahr}.{endung}")
        for jahr, inhalt in ((2024, alt), (2025, neu))
    ]
    vorbild = open_abweichend(inhalte[0], quelle, Umfeld())[0].tabelle.kopf
    lesungen = [open_abweichend(inhalt, quelle, Umfeld(), vorbild) for inhalt in inhalte]
    seiten = [build_seite(*lesung, inhalt, 0) for lesung, inhalt in zip(lesungen, inhalte, strict=True)]
    return compare_seiten("q", quelle, *seiten)


def read_block(drift: Drift) -> list[dict[str, Any]]:
    zeilen = [zeile for _, eintrag in drift.abweichungen for zeile in eintrag]
    eintraege: list[dict[str, Any]] = yaml.safe_load("\n".join(zeilen)) or []
    return eintraege


def test_equal_deliveries_differ_in_nothing() -> None:
    drift = compare(ALT, ALT)
    assert (drift.spalten.gleich, drift.schluessel.gleich, drift.zeichen.gleich) == (3, 2, 1)
    assert not any((drift.spalten.neu, drift.umbenannt, drift.schluessel.weg, drift.aufbau, drift.abweichungen))


def test_columns_keys_and_signs_that_came_and_went_are_named() -> None:
    drift = compare(ALT, "id;Kinder (insg.);b;Neues\n10002;1;2;7\n10003;/;3;8\n")
    assert (drift.spalten.weg, drift.spalten.neu) == ((), ("Neues",))
    assert drift.umbenannt == (("Kinder insgesamt", "Kinder (insg.)"),)
    assert (drift.schluessel.weg, drift.schluessel.neu) == (("10001",), ("10003",))
    assert (drift.zeichen.weg, drift.zeichen.neu) == (("*",), ("/",))


@pytest.mark.parametrize(
    "neu",
    [
        "id;Kinder insgesamt.;b\n10001;1;2\n",
        "id;Kinder (insg.);b;Neues 'x'\n10001;/;2;7\n",
        "id;Kinder insgesamt\n10001;1\n",
        "id,Kinder insgesamt,b\n10001,1,2\n",
        "id;Kinder insgesamt;b;Männer\n10001;1;2;3\n".encode("cp1252"),
        "Titel\nid\tKinder insgesamt\tb\n10001\t1\t2\n",
    ],
    ids=["renamed", "new sign and column", "absent", "separator", "encoding", "title and tab"],
)
def test_the_entry_makes_the_odd_delivery_readable(neu: str | bytes) -> None:
    drift = compare(ALT, neu)
    eintraege = read_block(drift)
    quelle = build_quelle(**KREISE, **SPALTEN, abweichungen=eintraege)
    inhalt = neu.encode() if isinstance(neu, str) else neu
    with pytest.raises(EingabeError):
        read_quelle(open_lesung(inhalt, "n", "w_2025.csv", build_quelle(**KREISE, **SPALTEN)), "l")
    assert read_quelle(open_lesung(inhalt, "n", "w_2025.csv", quelle), "l").messwerte.height
    assert [Abweichung.model_validate(eintrag, strict=False).dateien for eintrag in eintraege] == [r"^w_2025\.csv$"]


def test_another_sheet_is_found_by_its_heads() -> None:
    kopf, zeile = ["id", "Kinder insgesamt", "b"], ["10001", 1, 2]
    alt, neu = build_xlsx({"Kita": [kopf, zeile]}), build_xlsx({"Deckblatt": [["x"]], "Kita neu": [kopf, zeile]})
    datei = {"typ": "xlsx", "glob": "w.xlsx", "blatt": "^Kita$", "blaetter_ignoriere": ["Deckblatt"]}
    drift = compare(alt, neu, "xlsx", datei=datei)
    assert drift.aufbau == (("Blatt", "Kita", "Kita neu"),)
    assert read_block(drift)[0]["blatt"] == "^Kita neu$"


def test_what_both_lack_in_the_declaration_is_no_difference() -> None:
    neu = ALT.replace(";b\n", ";b;c\n").replace(";2\n", ";2;1\n").replace(";3\n", ";3;1\n")
    drift = compare(neu, neu)
    assert (drift.undeklariert, drift.abweichungen) == (("c",), ())


def test_years_in_heads_are_no_difference() -> None:
    angaben: dict[str, Any] = {
        "zeit": {"kopf": r"(?P<jahr>\d{4})"},
        "werte": {"spalten": [{"muster": r"Kinder \d{4}", "merkmal": "k"}]},
    }
    drift = compare("id;Kinder 2023;Kinder 2024\n10001;-;2\n", "id;Kinder 2024;Kinder 2025\n10001;1;*\n", **angaben)
    assert (drift.alt_jahr, drift.neu_jahr) == (2024, 2025)
    assert (drift.spalten.gleich, drift.spalten.weg, drift.spalten.neu, drift.abweichungen) == (2, (), (), ())
    assert (drift.zeichen.weg, drift.zeichen.neu) == ((), ("*",))


def test_no_figure_is_shown_as_head_key_or_sign() -> None:
    drift = compare(ALT, "id;Kinder insgesamt;b;4711\n10001;4711?;2;3\n4711;1;2;3\n")
    assert "4711" not in str(drift)
    assert drift.zeichen.neu == ("9999?",)


def test_of_a_workbook_with_many_sheets_each_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    kopf, zeile = ["id", "Kinder insgesamt", "b"], ["10001", 1, 2]
    blaetter: dict[str, Any] = {f"Blatt {n}": [["x", "y"], ["1", 2]] for n in range(7)}
    alt, neu = build_xlsx({"Kita": [kopf, zeile]}), build_xlsx(blaetter | {"Kita neu": [["Titel"], kopf, zeile]})
    gestartet: list[bytes] = []
    starte = subprocess.run

    def zaehle(*args: Any, **angaben: Any) -> Any:  # noqa: ANN401  # as subprocess.run
        gestartet.append(angaben["input"].split(b"\n", 1)[0])
        return starte(*args, **angaben)

    monkeypatch.setattr(subprocess, "run", zaehle)
    datei = {"typ": "xlsx", "glob": "w.xlsx", "blatt": "^Kita$", "blaetter_ignoriere": [r"Blatt \d"]}
    drift = compare(alt, neu, "xlsx", datei=datei)
    assert read_block(drift)[0]["blatt"] == "^Kita neu$"
    # the old one, the new one as declared, its list of sheets, its eight sheets
    assert len(gestartet) == 11, gestartet


def test_years_are_found_without_reading_where_the_name_says_them(projekt: Projekt) -> None:
    quelle = build_quelle(zeit={"dateiname": r"_(?P<jahr>\d{4})\.csv"})
    assert find_lieferjahre(projekt, projekt.roh / "fehlt_2024.csv", quelle, Umfeld()) == (2024,)


def test_years_are_found_in_the_rows_where_only_they_say_them(projekt: Projekt) -> None:
    pfad = projekt.roh / "w.csv"
    pfad.write_text("id;Jahr;a\n01;2023;1\n01;2024;?\n", "utf-8")
    quelle = build_quelle(zeit={"spalte": "Jahr"})
    assert find_lieferjahre(projekt, pfad, quelle, Umfeld()) == (2023, 2024)
