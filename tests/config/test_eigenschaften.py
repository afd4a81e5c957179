"""Property: whatever is typed into a configuration file, the answer is a message with a place, never a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.config.laden import DATEIEN, load_konfiguration
from atlas.errors import KonfigurationError

if TYPE_CHECKING:
    from atlas.projekt import Projekt

STUECKE = st.sampled_from(
    [*" :-{}[]\"'#&*!|>%@`\n\t0a,?~\\\x07\ufeff", "<<: ", "null", "- ", "\n  ", "true", "012", "1e9", "9" * 30, "..."]
)
AENDERUNGEN = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 8), STUECKE), min_size=1, max_size=3)


@settings(
    deadline=None,
    max_examples=100,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.sampled_from(list(DATEIEN)), aenderungen=AENDERUNGEN)
def test_a_mutated_configuration_loads_or_is_explained(
    projekt: Projekt, name: str, aenderungen: list[tuple[int, int, str]]
) -> None:
    pfad = projekt.config / f"{name}.yaml"
    alt = text = pfad.read_text(encoding="utf-8")
    for stelle, laenge, stueck in aenderungen:
        anfang = stelle % len(text)
        text = text[:anfang] + stueck + text[anfang + laenge :]
    try:
        pfad.write_text(text, encoding="utf-8")
        load_konfiguration(projekt)
    except KonfigurationError as fehler:
        probleme = [problem.text for problem in fehler.probleme]
    else:
        probleme = ["geladen"]
    finally:
        pfad.write_text(alt, encoding="utf-8")
    assert probleme
    assert "ist so nicht erlaubt." not in probleme
