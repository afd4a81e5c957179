"""What several test modules build once and share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demo import build_demo

if TYPE_CHECKING:
    from atlas.projekt import Projekt


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Projekt:
    """Give the demo with its tables, books not made."""
    return build_demo(tmp_path_factory.mktemp("musterland"), "compute")
