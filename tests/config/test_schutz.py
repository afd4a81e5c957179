"""What is exempt from the minimum count, and what the configuration refuses to exempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from atlas.config.katalog import build_freigaberegeln
from atlas.config.schutz import list_ohne_schutz

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.config.laden import Konfiguration

    Lade = Callable[..., Konfiguration]
    Meldung = Callable[..., str]

ZAHL = 'zahl: {dezimal: ","}\n    werte:'
ARM = "- {spalte: arm, merkmal: arme}"
VEREINE = "- {spalte: arm, merkmal: arme}\n        - {spalte: V, merkmal: vereine}"
ZAEHLEN = "zaehlen: {merkmal: angebote, jahre: [2025]}"
ANGEBOTE = "zaehlen: {merkmal: angebote, jahre: [2025], ohne_schutz: {was: Angebote, grund: Häuser}}"


def _ausnahme(merkmale: str, mehr: str = "") -> tuple[str, str, str]:
    block = f"ohne_schutz: {{merkmale: [{merkmale}], was: Vereine, grund: Das Register ist öffentlich}}"
    return "quellen", ZAHL, f"{block}\n    {mehr}{ZAHL}"


def test_everything_is_protected_unless_it_is_named(lade: Lade) -> None:
    konfiguration = lade()
    assert list_ohne_schutz(konfiguration.quellen, konfiguration.angebote) == frozenset()


def test_only_the_named_merkmale_are_exempt_in_every_ausgabe(lade: Lade) -> None:
    konfiguration = lade(("quellen", ARM, VEREINE), _ausnahme("vereine"), ("angebote", ZAEHLEN, ANGEBOTE))
    befreite = list_ohne_schutz(konfiguration.quellen, konfiguration.angebote)
    assert befreite == {"vereine", "angebote"}
    assert [r.ohne_schutz for r in build_freigaberegeln(konfiguration.ausgaben, befreite)] == [befreite]


@pytest.mark.parametrize(
    ("aenderungen", "text"),
    [
        (
            [_ausnahme("einwohner")],
            "ohne_schutz.merkmale.0: »einwohner« zählt Personen (raeume.mindesteinwohner) und kann nicht ausgenommen",
        ),
        ([_ausnahme("arm")], "in dieser Quelle das Merkmal »arm« gibt es nicht. Gemeint: arme?"),
        ([_ausnahme("flaeche_ha")], "das Merkmal »flaeche_ha« gibt es nicht."),
        ([_ausnahme("arme, arme")], "merkmale: jedes Merkmal nur einmal."),
        (
            [_ausnahme("arme", "genehmigung: {aktenzeichen: A-1, bis: 2099-12-31}\n    ")],
            "Die Quelle hat eine Genehmigung für Sozialdaten; was sie liefert, bleibt geschützt.",
        ),
    ],
)
def test_what_cannot_be_exempt_is_refused(meldung: Meldung, aenderungen: list[tuple[str, str, str]], text: str) -> None:
    assert text in meldung(*aenderungen)


def test_a_source_cannot_exempt_what_only_another_one_delivers(meldung: Meldung) -> None:
    text = meldung(_ausnahme("angebote"))
    assert "ohne_schutz.merkmale.0: in dieser Quelle das Merkmal »angebote« gibt es nicht." in text


def test_a_merkmal_that_somebody_else_delivers_protected_is_refused_on_either_side(meldung: Meldung) -> None:
    auch = ("quellen", ARM, ARM.replace("arme", "angebote"))
    arme = ("indikatoren", "zaehler: [{merkmal: arme}]", "zaehler: [{merkmal: angebote}]")
    text = meldung(auch, arme, ("angebote", ZAEHLEN, ANGEBOTE))
    assert (
        "angebote.verzeichnis.zaehlen.ohne_schutz: »angebote« liefert auch »meldewesen«, dort ist es geschützt. Ein "
        "Merkmal ist überall ausgenommen oder nirgends: auch dort ohne_schutz eintragen, oder hier streichen."
    ) in text
    assert "config/angebote.yaml" in text


def test_a_merkmal_that_a_register_counts_protected_is_refused_at_the_quelle(meldung: Meldung) -> None:
    auch = ("quellen", ARM, ARM.replace("arme", "angebote"))
    arme = ("indikatoren", "zaehler: [{merkmal: arme}]", "zaehler: [{merkmal: angebote}]")
    text = meldung(auch, arme, _ausnahme("angebote"))
    assert "quellen.meldewesen.ohne_schutz.merkmale.0: »angebote« liefert auch »verzeichnis«" in text


def test_a_merkmal_that_all_who_deliver_it_exempt_is_accepted(lade: Lade) -> None:
    auch = ("quellen", ARM, ARM.replace("arme", "angebote"))
    arme = ("indikatoren", "zaehler: [{merkmal: arme}]", "zaehler: [{merkmal: angebote}]")
    konfiguration = lade(auch, arme, _ausnahme("angebote"), ("angebote", ZAEHLEN, ANGEBOTE))
    assert list_ohne_schutz(konfiguration.quellen, konfiguration.angebote) == {"angebote"}
