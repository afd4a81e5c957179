"""Named methods are laid into Indizes as if somebody had copied them; mistakes stay where they were made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from atlas.config.indexkatalog import build_indexverfahren
from atlas.config.models.dimensionen import Dimensionen
from atlas.config.verfahren import apply_verfahren
from atlas.config.yaml_strikt import read_yaml
from geteilte_daten import WURZEL

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.config.laden import Konfiguration
    from atlas.config.models.indizes import GestufterIndex

    Meldung = Callable[..., str]
    Lade = Callable[..., Konfiguration]

AUSGESCHRIEBEN = """\
    ausgangswert: wert
    beobachtungsjahre: 0
    indikatoren:
      - {indikator: kinderarmut, gewicht: 1}
    standardisierung: {zentrum: raummittel, gewichtung: ungewichtet, freiheitsgrade: 0}
    zusammenfassung: summe
    restandardisierung: keine
    klassen:
      - {klasse: hoch, unter: -1}
      - {klasse: mittel, von: -1, bis: 1}
      - {klasse: niedrig, ueber: 1}
    quelle: Auftraggeber
"""
KURZ = """\
    verfahren: haus-verfahren
    beobachtungsjahre: 0
    indikatoren:
      - {indikator: kinderarmut, gewicht: 1}
"""
VERFAHREN = """\
verfahren:
  haus-verfahren:
    name: Verfahren des Hauses
    quelle: Auftraggeber
    standardisierung: {zentrum: raummittel, gewichtung: ungewichtet, freiheitsgrade: 0}
    zusammenfassung: summe
    restandardisierung: keine
    klassen:
      status:
        - {klasse: hoch, unter: -1}
        - {klasse: mittel, von: -1, bis: 1}
        - {klasse: niedrig, ueber: 1}
indizes:
"""
MIT_VERFAHREN = [("dimensionen", AUSGESCHRIEBEN, KURZ), ("dimensionen", "indizes:\n", VERFAHREN)]
DIMENSION = "soziales: {name: Soziales}"
MIT_INDEX = """soziales:
    name: Soziales
    index: {verfahren: haus-verfahren, ebene: gemeinde, indikatoren: [{indikator: kinderarmut, gewicht: 1}]}"""
DIMENSIONSKLASSEN = """      dimension:
        - {klasse: hoch, unter: 0}
        - {klasse: niedrig, von: 0}
indizes:
"""


def _ohne_namen(index: GestufterIndex) -> GestufterIndex:
    return index.model_copy(update={"verfahren": None})


def test_the_cuts_of_a_class_belong_to_it_or_not_as_the_words_say(lade: Lade) -> None:
    """Below -1; from -1 to 1; above 1: the cuts themselves are in the middle class and in no other."""
    konfiguration = lade()
    (index,) = build_indexverfahren(konfiguration.dimensionen, konfiguration.indikatoren)
    assert [(k.untergrenze, k.unten_eingeschlossen, k.obergrenze, k.oben_eingeschlossen) for k in index.klassen] == [
        (None, False, -1, False),
        (-1, True, 1, True),
        (1, False, None, False),
    ]


def test_an_index_on_a_method_is_the_index_written_out(lade: Lade) -> None:
    ausgeschrieben = lade().dimensionen.indizes["status"]
    kurz = lade(*MIT_VERFAHREN).dimensionen.indizes["status"]
    assert kurz.verfahren == "haus-verfahren"
    assert _ohne_namen(kurz) == ausgeschrieben


def test_what_an_index_says_itself_goes_before_its_method(lade: Lade) -> None:
    eigenes = KURZ + "    zusammenfassung: mittelwert\n"
    index = lade(("dimensionen", AUSGESCHRIEBEN, eigenes), MIT_VERFAHREN[1]).dimensionen.indizes["status"]
    assert (index.zusammenfassung, index.restandardisierung) == ("mittelwert", "keine")


@pytest.mark.parametrize(
    ("zusatz", "zeile"),
    [
        (
            ("dimensionen", "verfahren: haus-verfahren", "verfahren: haus-verfaren"),
            "Zeile 20   indizes.status.verfahren: das Verfahren »haus-verfaren« gibt es nicht. Gemeint: haus-verf",
        ),
        (
            ("dimensionen", "art: status", "art: dynamik"),
            "Zeile 20   indizes.status.verfahren: das Verfahren »haus-verfahren« sagt für die Art dynamik nichts zu ",
        ),
        (
            ("dimensionen", "        - {klasse: niedrig, ueber: 1}", "        - {klasse: niedrig, ueber: 2}"),
            "Zeile 11   verfahren.haus-verfahren.klassen.status: zwischen mittel und niedrig passt die Grenze nicht",
        ),
        (
            ("dimensionen", "        - {klasse: niedrig,", "        - {klasse: unten,"),
            "Zeile 14   indizes.status.klassen.2.klasse: die Beschriftung der Klasse »unten« gibt es nicht.",
        ),
        (
            ("dimensionen", "  haus-verfahren:", "  Haus_Verfahren:"),
            "Zeile 4    verfahren.Haus_Verfahren: »Haus_Verfahren« passt nicht zum Muster",
        ),
    ],
)
def test_a_mistake_is_told_where_it_was_made_and_what_now(
    meldung: Meldung, zusatz: tuple[str, ...], zeile: str
) -> None:
    assert zeile in meldung(*MIT_VERFAHREN, zusatz)


def test_a_mistake_in_a_method_is_told_once_and_not_for_every_index_on_it(meldung: Meldung) -> None:
    text = meldung(*MIT_VERFAHREN, ("dimensionen", "zusammenfassung: summe", "zusammenfassung: produkt"))
    assert text.startswith(
        "1 Problem in config/dimensionen.yaml\n  Zeile 8    verfahren.haus-verfahren.zusammenfassung"
    )


def test_a_dynamik_on_a_method_without_a_window_is_refused_with_what_is_missing(meldung: Meldung) -> None:
    text = meldung(*MIT_VERFAHREN, ("dimensionen", "art: status", "art: dynamik"))
    assert "nichts zu klassen" in text
    assert "nichts zu differenz" in text


def test_without_a_method_everything_has_to_be_written_out(meldung: Meldung) -> None:
    text = meldung(("dimensionen", "    zusammenfassung: summe\n", ""))
    assert text == "1 Problem in config/dimensionen.yaml\n  Zeile 4    indizes.status.zusammenfassung: fehlt."


def test_the_index_of_a_dimension_is_an_index_with_its_name(lade: Lade) -> None:
    mit = [*MIT_VERFAHREN, ("dimensionen", DIMENSION, MIT_INDEX), ("dimensionen", "indizes:\n", DIMENSIONSKLASSEN)]
    index = lade(*mit).dimensionen.indizes["dim_soziales"]
    assert (index.name, index.art, index.ausgangswert, index.beobachtungsjahre) == ("Soziales", "dimension", "wert", 0)
    assert [klasse.klasse for klasse in index.klassen] == ["hoch", "niedrig"]


@pytest.mark.parametrize(
    ("zusatz", "text"),
    [
        (
            [("dimensionen", "  status:\n    name: S", "  dim_soziales:\n    name: S")],
            "Zeile 4    indizes.dim_soziales: Namen mit dim_ gehören den Dimensionen. Den Index unter",
        ),
        (
            [("dimensionen", "art: status", "art: dimension")],
            "indizes.status.art: ein Index der Art dimension steht unter dimensionen als index der Dimension.",
        ),
        (
            [*MIT_VERFAHREN, ("dimensionen", DIMENSION, MIT_INDEX)],
            "Zeile 4    dimensionen.soziales.index.verfahren: das Verfahren »haus-verfahren« sagt für",
        ),
        (
            [
                *MIT_VERFAHREN,
                ("dimensionen", DIMENSION, MIT_INDEX.replace("kinderarmut", "kinderarmt")),
                ("dimensionen", "indizes:\n", DIMENSIONSKLASSEN),
            ],
            "  Zeile 4    dimensionen.soziales.index.indikatoren.0.indikator: den Indikator »kinderarmt« gibt",
        ),
        (
            [
                *MIT_VERFAHREN,
                ("dimensionen", DIMENSION, MIT_INDEX.replace("gemeinde", "Gemeinde")),
                ("dimensionen", "indizes:\n", DIMENSIONSKLASSEN),
            ],
            "  Zeile 4    dimensionen.soziales.index.ebene: »Gemeinde« ist kein Name",
        ),
    ],
)
def test_a_wrong_index_of_a_dimension_is_refused_once_at_its_line(
    meldung: Meldung, zusatz: list[tuple[str, ...]], text: str
) -> None:
    volle = meldung(*zusatz)
    assert volle.startswith("1 Problem")
    assert text in volle


def test_dimensionen_alone_are_no_atlas(meldung: Meldung) -> None:
    mit = [*MIT_VERFAHREN, ("dimensionen", DIMENSION, MIT_INDEX), ("dimensionen", "indizes:\n", DIMENSIONSKLASSEN)]
    status = f"indizes:\n  status:\n    name: Statusindex\n    art: status\n    ebene: gemeinde\n{KURZ}"
    leer = ("dimensionen", status, "indizes: {}\n")
    assert "wenigstens ein Index der Art status oder dynamik ist nötig." in meldung(*mit, leer)


@pytest.mark.parametrize(
    ("jahr", "ausgangswert", "text"),
    [
        (2024, "gelieferte_veraenderung", "zeigt ein eigenes Jahr (2024) und kann in keinen Index über Veränderungen"),
        (2026, "wert", "zeigt ein Jahr (2026) nach dem Berichtsjahr 2025."),
    ],
)
def test_a_year_of_its_own_has_to_fit_the_index(meldung: Meldung, jahr: int, ausgangswert: str, text: str) -> None:
    jahre = ("indikatoren", "    einheit:", f"    jahr: {jahr}\n    einheit:")
    assert text in meldung(jahre, ("dimensionen", "ausgangswert: wert", f"ausgangswert: {ausgangswert}"))


def test_an_indicator_of_an_earlier_year_goes_into_an_index_with_that_year(lade: Lade) -> None:
    konfiguration = lade(("indikatoren", "    einheit:", "    jahr: 2022\n    einheit:"))
    (verfahren,) = build_indexverfahren(konfiguration.dimensionen, konfiguration.indikatoren)
    assert verfahren.feste_jahre == {"kinderarmut": 2022}


def test_the_second_centre_can_be_the_whole_area_only_if_the_first_is(lade: Lade, meldung: Meldung) -> None:
    gesamtwert = "{zentrum: gesamtwert, gewichtung: ungewichtet, freiheitsgrade: 0}"
    zweiter = ("dimensionen", "restandardisierung: keine", f"restandardisierung: {gesamtwert}")
    assert "nur, wenn auch standardisierung zentrum: gesamtwert hat" in meldung(zweiter)
    erster = ("dimensionen", "    standardisierung: {zentrum: raummittel", "    standardisierung: {zentrum: gesamtwert")
    lade(erster)


def _read_dimensionen(ordner: str) -> Dimensionen:
    pfad = WURZEL / ordner / "dimensionen.yaml"
    return Dimensionen.model_validate_json(json.dumps(apply_verfahren(read_yaml(pfad.read_text("utf-8"), "d")).inhalt))


@pytest.mark.parametrize("art", ["status", "dynamik"])
def test_the_method_of_berlin_is_that_of_the_example_that_reproduces_berlin(art: str) -> None:
    verfahren = _read_dimensionen("config").verfahren["mss-berlin"]
    beispiel = _read_dimensionen("beispiele/berlin-mss-2021/config").indizes[art]
    assert beispiel.klassen == getattr(verfahren.klassen, art)
    for schritt in ("standardisierung", "zusammenfassung", "restandardisierung"):
        assert getattr(beispiel, schritt) == getattr(verfahren, schritt)


def test_every_method_that_ships_names_its_source_and_what_nobody_has_confirmed() -> None:
    verfahren = _read_dimensionen("config").verfahren
    assert sorted(verfahren) == ["hamburg", "mss-berlin", "oberhausen", "sozialraummonitor"]
    assert all(eines.unbestaetigt for eines in verfahren.values())
    assert verfahren["oberhausen"].standardisierung.zentrum == "gesamtwert"
    hamburg = verfahren["hamburg"].differenz
    assert hamburg is not None
    assert hamburg.jahre == 3
