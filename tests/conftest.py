"""What several test modules build once and share, and how Hypothesis searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from kreisprojekt import build_kreis

if TYPE_CHECKING:
    from atlas.projekt import Projekt

# The same examples in every run, however slow the machine: a red test is red for everybody.
settings.register_profile("atlas", deadline=None, derandomize=True, database=None)
settings.load_profile("atlas")


@pytest.fixture(scope="session")
def kreis(tmp_path_factory: pytest.TempPathFactory) -> Projekt:
    """Give the small Kreis with its tables, books not made."""
    return build_kreis(tmp_path_factory.mktemp("kreis"), "compute")
