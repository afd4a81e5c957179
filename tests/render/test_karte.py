"""Maps: every area once, names that fit, a text alternative, a legend with counts, readable in grey."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import shapely
from markupsafe import Markup

from atlas.render.beschriftung import Kasten, Wunsch, place_namen, text_breite
from atlas.render.farben import Fuellung, dynamik_fuellungen, status_fuellungen
from atlas.render.flaechen import Kartengrund, build_kartengrund
from atlas.render.karte import FertigeKarte, Flaechenklasse, Kartenbild, draw_karte
from atlas.render.legende import Matrixlegende, Reihenlegende, choose_strecke
from atlas.render.symbole import fit_groesse

RAHMEN = Kasten(0, 0, 1000, 800)


@pytest.fixture(scope="module")
def grund() -> Kartengrund:
    wkb = {f"r{n}": shapely.to_wkb(shapely.box(13 + 0.1 * n, 52, 13.1 + 0.1 * n, 52.1)) for n in range(4)}
    return build_kartengrund(wkb, dict.fromkeys(wkb, "A"), 1000)


def _klassen() -> tuple[Flaechenklasse, ...]:
    hell, dunkel = status_fuellungen(2)
    return (
        Flaechenklasse("hoch", "hoch", hell, ("r0", "r2")),
        Flaechenklasse("niedrig", "niedrig", dunkel, ("r1",)),
        Flaechenklasse("unbewertet", "unbewertet", Fuellung("#ffffff", "schraffur"), ("r3",)),
    )


@pytest.fixture(scope="module")
def karte(grund: Kartengrund) -> FertigeKarte:
    bild = Kartenbild(
        "k", "2 hoch & 1 <niedrig>", _klassen(), {"r0": "A & B", "r1": "Dorf"}, aufwaerts=("r0",), abwaerts=("r1",)
    )
    return draw_karte(grund, bild, Reihenlegende(_klassen()))


def test_every_raum_is_in_exactly_one_class_path(grund: Kartengrund, karte: FertigeKarte) -> None:
    gefuellt = re.findall(r'<path fill="#[0-9a-f]{6}" d="([^"]+)"/>', karte.svg)
    for pfad in grund.pfade.values():
        assert sum(pfad in d for d in gefuellt) == 1


def test_the_text_alternative_is_the_first_child_and_escaped(karte: FertigeKarte) -> None:
    assert isinstance(karte.svg, Markup)
    assert re.match(r"<svg [^>]*><title>2 hoch &amp; 1 &lt;niedrig&gt;</title>", karte.svg)


def test_names_are_escaped_and_drawn_over_a_halo(karte: FertigeKarte) -> None:
    assert karte.svg.count(">A &amp; B</text>") == 2


def test_the_legend_counts_the_areas_of_each_class(karte: FertigeKarte) -> None:
    for text in ("hoch (2)", "niedrig (1)", "unbewertet (1)"):
        assert f">{text}</text>" in karte.svg


def test_a_legend_counts_areas_without_a_polygon_too(grund: Kartengrund) -> None:
    klassen = (Flaechenklasse("hoch", "hoch", status_fuellungen(2)[0], (*grund.pfade, "ohne Fläche")),)
    assert "hoch (5)" in draw_karte(grund, Kartenbild("k", "x", klassen, {}), Reihenlegende(klassen)).svg


@pytest.mark.parametrize("verboten", ["<use", "paint-order", "opacity", "None", "nan"])
def test_nothing_stands_in_a_map_that_the_pdf_writer_cannot_take(karte: FertigeKarte, verboten: str) -> None:
    assert verboten not in karte.svg


def test_the_matrix_shows_all_cells_also_the_empty_ones() -> None:
    hell, dunkel = status_fuellungen(2)
    zellen = {(0, 0): 7, (1, 2): 12}
    zeilen = (("hoch", hell), ("niedrig", dunkel))
    matrix = Matrixlegende(zeilen, ("positiv", "stabil", "negativ"), (-1, 0, 1), zellen, (), "Status", "Dynamik")
    fuss = matrix.draw("k", 0, 10)
    assert [re.findall(r">(\d+)</text>", fuss.svg).count(zahl) for zahl in ("7", "12")] == [1, 1]
    assert re.findall(r">(\d+)</text>", fuss.svg).count("0") == 5


def test_a_long_legend_wraps_and_does_not_reach_the_scale_bar() -> None:
    klassen = tuple(Flaechenklasse(f"k{n}", "eine ziemlich lange Klasse", Fuellung("#ffffff"), ()) for n in range(6))
    fuss = Reihenlegende(klassen).draw("k", 0, 50)
    breite = 44 + text_breite("eine ziemlich lange Klasse (0)", 18.5)
    anfaenge = [float(x) for x in re.findall(r'<path fill="#ffffff" d="M(\d+) ', fuss.svg)]
    assert max(anfaenge) + breite < 860
    assert fuss.hoehe > Reihenlegende(klassen[:2]).draw("k", 0, 50).hoehe


@pytest.mark.parametrize(("hoechstens", "strecke"), [(999, 500), (1000, 1000), (4999, 2000), (26_000, 20_000)])
def test_the_scale_bar_is_a_round_distance(hoechstens: float, strecke: float) -> None:
    assert choose_strecke(hoechstens) == strecke


def test_names_do_not_overlap_and_stay_inside() -> None:
    wuensche = [Wunsch(f"Gemeinde {n}", 100 + 30 * (n % 6), 100 + 20 * (n // 6), 20) for n in range(18)]
    platz = place_namen(wuensche, 15, [], RAHMEN)
    assert len(platz.zeilen) + len(platz.ohne_platz) >= 18
    kaesten = [
        Kasten(z.x - text_breite(z.text, 15) / 2, z.y - 10, z.x + text_breite(z.text, 15) / 2, z.y)
        for z in platz.zeilen
    ]
    assert all(not a.trifft(b) for n, a in enumerate(kaesten) for b in kaesten[n + 1 :])
    assert all(kasten.liegt_in(RAHMEN) for kasten in kaesten)


def test_a_name_without_room_is_reported() -> None:
    platz = place_namen([Wunsch("Lang", 500, 400, 10)], 15, [RAHMEN], RAHMEN)
    assert platz.ohne_platz == ("Lang",)


def test_a_name_beside_the_edge_moves_inside() -> None:
    (zeile,) = place_namen([Wunsch("Randdorf", 20, 400, 40)], 15, [], RAHMEN).zeilen
    assert zeile.x - text_breite("Randdorf", 15) / 2 >= 0


def test_a_name_never_crosses_the_outer_border(grund: Kartengrund) -> None:
    klassen = (Flaechenklasse("hoch", "hoch", status_fuellungen(2)[0], tuple(grund.pfade)),)
    zu_lang = {"r0": "Ein Name, der viel länger ist als die Fläche breit"}
    assert draw_karte(grund, Kartenbild("k", "x", klassen, zu_lang), Reihenlegende(klassen)).ohne_platz == ()
    schmal = Kasten(0, 0, 100, 100)
    platz = place_namen([Wunsch("Dorf", 50, 50, 20)], 15, [], schmal, lambda kasten: kasten.oben > 60)
    assert all(zeile.y > 60 for zeile in platz.zeilen)
    assert platz.zeilen


def test_symbols_shrink_with_their_area_and_stay_readable() -> None:
    assert [fit_groesse(radius) for radius in (2, 8, 40)] == [9, 12, 15]


def _helligkeit(farbe: str) -> float:
    rot, gruen, blau = (int(farbe[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return 0.299 * rot + 0.587 * gruen + 0.114 * blau


@pytest.mark.parametrize("anzahl", [2, 3, 4, 5])
def test_status_classes_grow_darker_step_by_step_also_in_grey(anzahl: int) -> None:
    werte = [_helligkeit(fuellung.farbe) for fuellung in status_fuellungen(anzahl)]
    assert all(a - b > 0.1 for a, b in pairwise(werte))


def test_the_two_sides_of_a_development_differ_in_grey_by_lightness_and_pattern() -> None:
    positiv, stabil, negativ = dynamik_fuellungen(3)
    assert _helligkeit(positiv.farbe) - _helligkeit(negativ.farbe) > 0.2
    assert (positiv.muster, stabil.muster, negativ.muster) == ("keines", "keines", "punkte")
