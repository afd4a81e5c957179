"""Which Merkmale and groups the declared sources can deliver: only those may be used by Indikatoren."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from atlas.config.ausschnitt import inherit_ausserhalb
from atlas.config.merkmale import join_gruppe, list_groessen, list_merkmale
from atlas.config.models.quellen import Quelle, Quellen

GESCHLECHT = {"": "", "m": "geschlecht=m", "w": "geschlecht=w"}
ALTER = {"insgesamt": "", "u25": "alter=u25"}


def quelle(spalten: list[dict[str, Any]], *dimensionen: dict[str, Any]) -> Quelle:
    angaben = {
        "titel": "T",
        "herausgeber": "H",
        "lizenz": "L",
        "stand": "2026-01-31",
        "datei": {"typ": "ffcsv", "glob": "w.csv"},
        "schluessel": {"spalte": "id", "ebenen": {"gemeinde": r"\d{2}"}},
        "zeit": {"fest": 2025},
        "zahl": {"dezimal": ","},
        "werte": {"spalten": spalten},
        "dimensionen": dimensionen,
    }
    return Quelle.model_validate_json(json.dumps(angaben))


def gruppen(*quellen: Quelle) -> dict[str, set[str]]:
    return {name: vorrat.gruppen for name, vorrat in list_merkmale(quellen).items() if name != "flaeche_ha"}


def test_the_area_is_known_without_any_source() -> None:
    vorrat = list_merkmale([])
    assert list(vorrat) == ["flaeche_ha"]
    assert vorrat["flaeche_ha"].kennt("")
    assert not vorrat["flaeche_ha"].kennt("alter=u25")


def test_a_column_delivers_its_merkmal_and_group() -> None:
    spalten = [{"spalte": "a", "merkmal": "a"}, {"spalte": "b", "merkmal": "a", "gruppe": "geschlecht=m"}]
    assert gruppen(quelle(spalten)) == {"a": {"", "geschlecht=m"}}


def test_groups_of_two_dimensions_and_a_column_are_multiplied() -> None:
    spalten = [{"spalte": "a", "merkmal": "a", "gruppe": "herkunft=d"}]
    dimensionen = ({"spalte": "g", "gruppen": GESCHLECHT}, {"spalte": "h", "gruppen": ALTER})
    assert gruppen(quelle(spalten, *dimensionen)) == {
        "a": {
            "herkunft=d",
            "geschlecht=m|herkunft=d",
            "geschlecht=w|herkunft=d",
            "alter=u25|herkunft=d",
            "alter=u25|geschlecht=m|herkunft=d",
            "alter=u25|geschlecht=w|herkunft=d",
        }
    }


def test_a_dimension_that_names_the_merkmal_gives_all_of_them_the_groups_of_the_others() -> None:
    was = {"spalte": "was", "merkmale": {"AL": "arbeitslose", "SV": "beschaeftigte", "SVB": "beschaeftigte"}}
    sex = {"spalte": "g", "gruppen": GESCHLECHT}
    alle = {"", "geschlecht=m", "geschlecht=w"}
    assert gruppen(quelle([{"spalte": "Wert"}], was, sex)) == {"arbeitslose": alle, "beschaeftigte": alle}


def test_a_dimension_of_units_makes_no_groups() -> None:
    einheit = {"spalte": "Einheit", "faktoren": {"1000": 1000}}
    sex = {"spalte": "g", "gruppen": GESCHLECHT}
    assert gruppen(quelle([{"spalte": "a", "merkmal": "a"}], einheit, sex)) == {
        "a": {"", "geschlecht=m", "geschlecht=w"}
    }


def test_a_dimension_of_heads_holds_only_for_columns_whose_pattern_names_it() -> None:
    spalten = [
        {"muster": "a (?P<sex>.)", "merkmal": "a"},
        {"muster": "b (?P<alter>.+)", "merkmal": "b"},
        {"spalte": "c", "merkmal": "c"},
    ]
    dimensionen = ({"kopf": "sex", "gruppen": GESCHLECHT}, {"kopf": "alter", "gruppen": ALTER})
    assert gruppen(quelle(spalten, *dimensionen)) == {
        "a": {"", "geschlecht=m", "geschlecht=w"},
        "b": {"", "alter=u25"},
        "c": {""},
    }


def test_groups_that_a_pattern_makes_cannot_be_listed_and_any_is_accepted() -> None:
    dimension = {
        "spalte": "h",
        "gruppen": ALTER,
        "muster": r"(?P<von>\d+) bis (?P<bis>\d+)",
        "gruppe": "alter={von}b{bis}",
    }
    vorrat = list_merkmale([quelle([{"spalte": "a", "merkmal": "a"}], dimension)])["a"]
    assert (vorrat.offen, vorrat.gruppen) == (True, {"", "alter=u25"})
    assert vorrat.kennt("alter=25b54")


def test_groups_that_only_a_pattern_makes_stand_as_one_that_has_no_name() -> None:
    spalten = [{"muster": "a (?P<alter>.+)", "merkmal": "a"}, {"spalte": "b", "merkmal": "a"}]
    muster = {"kopf": "alter", "muster": r"(?P<n>\d+)", "gruppe": "alter={n}"}
    offen, gemischt = quelle(spalten, muster), quelle(spalten, muster | {"gruppen": {"u3": "alter=u3"}})
    assert [list_groessen(offen, spalte) for spalte in offen.werte.spalten] == [[("a", None)], [("a", "")]]
    assert list_groessen(gemischt, gemischt.werte.spalten[0]) == [("a", "alter=u3"), ("a", None)]


def test_an_open_dimension_of_heads_opens_only_its_own_columns() -> None:
    spalten = [{"muster": "a (?P<alter>.+)", "merkmal": "a"}, {"spalte": "b", "merkmal": "b"}]
    dimension = {"kopf": "alter", "muster": r"(?P<n>\d+)", "gruppe": "alter={n}"}
    vorrat = list_merkmale([quelle(spalten, dimension)])
    assert (vorrat["a"].offen, vorrat["b"].offen) == (True, False)


def test_several_sources_add_to_one_merkmal() -> None:
    eine = quelle([{"spalte": "a", "merkmal": "a"}])
    andere = quelle([{"spalte": "x", "merkmal": "a"}], {"spalte": "g", "gruppen": {"m": "geschlecht=m"}})
    assert gruppen(eine, andere) == {"a": {"", "geschlecht=m"}}


@pytest.mark.parametrize(
    ("teile", "name"),
    [
        ([], ""),
        (["", ""], ""),
        (["geschlecht=m", "alter=u25"], "alter=u25|geschlecht=m"),
        (["geschlecht=m|alter=u25", ""], "alter=u25|geschlecht=m"),
        (["alter=u25", "alter=u25"], "alter=u25"),
    ],
)
def test_a_group_has_one_name_whatever_the_order_of_its_parts(teile: list[str], name: str) -> None:
    assert join_gruppe(teile) == name


def test_keys_of_single_deliveries_of_a_part_are_counted_too_unless_they_say_otherwise() -> None:
    """The project is a part; of two deviating deliveries one says itself that foreign keys are mistakes."""
    regel = {"spalte": "id", "ebenen": {"gemeinde": r"\d{2}"}}
    eigene = quelle([{"spalte": "a", "merkmal": "a"}]).model_dump(mode="json", exclude_unset=True)
    eigene["abweichungen"] = [
        {"dateien": "alt", "grund": "G", "schluessel": regel},
        {"dateien": "neu", "grund": "G", "schluessel": regel | {"ausserhalb": "fehler"}},
        {"dateien": "andere", "grund": "G", "fehlt": ["a"]},
    ]
    alle = Quellen(quellen={"q": Quelle.model_validate_json(json.dumps(eigene))})
    geerbt = inherit_ausserhalb(alle, SimpleNamespace(ausserhalb="zaehlen")).quellen["q"]  # type: ignore[arg-type]  # all it reads
    assert geerbt.schluessel.ausserhalb == "zaehlen"
    regeln = [a.schluessel for a in geerbt.abweichungen]
    assert [regel and regel.ausserhalb for regel in regeln] == ["zaehlen", "fehler", None]
