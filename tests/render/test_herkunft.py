"""The sources named beside an Indikator are those its figures can come from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from atlas.config.laden import load_konfiguration
from atlas.projekt import Projekt
from atlas.render.herkunft import find_herkunft
from geteilte_daten import WURZEL

if TYPE_CHECKING:
    from atlas.config.models.quellen import Quelle
    from atlas.render.werk import Werk

ZWICKAU = WURZEL / "beispiele" / "landkreis-zwickau"


@pytest.fixture(scope="module")
def zwickau(werk: Werk) -> dict[str, tuple[str, ...]]:
    return find_herkunft(replace(werk, konfiguration=load_konfiguration(Projekt(ZWICKAU, ZWICKAU))))


@pytest.mark.parametrize(
    ("indikator", "quellen"),
    [
        # table 12411-02-03 has the total as well, declared »gleiche«: the total comes from 12411-01-01
        ("mindestsicherung", ("bevoelkerung", "mindestsicherung")),
        ("entwicklung_2008", ("bevoelkerung",)),
        ("anteil_unter_18", ("bevoelkerung", "altersgruppen")),
        # ages are in 12411-02-03 alone; what is unemployed, and what a benefit, stands in a column of the file
        ("arbeitslosenanteil", ("altersgruppen", "arbeitslose")),
        ("sgb2_quote", ("altersgruppen", "sgb2")),
        ("nettokaltmiete", ("zensus2022",)),
    ],
)
def test_a_source_is_named_only_if_it_can_deliver_merkmal_and_group(
    zwickau: dict[str, tuple[str, ...]], indikator: str, quellen: tuple[str, ...]
) -> None:
    assert zwickau[indikator] == quellen


def _mit(werk: Werk, **quellen: Quelle) -> Werk:
    """Give a Werk with some sources put in the place of those of the same name."""
    alle = werk.konfiguration.quellen.quellen | quellen
    neu = werk.konfiguration.quellen.model_copy(update={"quellen": alle})
    return replace(werk, konfiguration=replace(werk.konfiguration, quellen=neu))


def test_a_source_whose_equal_figures_give_way_is_named_where_there_is_no_other(werk: Werk) -> None:
    quelle = werk.konfiguration.quellen.quellen["bevoelkerung"]
    weicht = quelle.model_copy(update={"doppelte": ("gleiche",)})

    assert find_herkunft(_mit(werk, zweite=quelle))["altenquotient"] == ("bevoelkerung", "zweite")
    assert find_herkunft(_mit(werk, zweite=weicht))["altenquotient"] == ("bevoelkerung",)
    assert find_herkunft(_mit(werk, bevoelkerung=weicht))["altenquotient"] == ("bevoelkerung",)


def test_the_area_of_a_raum_comes_from_no_source(werk: Werk) -> None:
    assert find_herkunft(werk)["bevoelkerungsdichte"] == ("bevoelkerung",)
