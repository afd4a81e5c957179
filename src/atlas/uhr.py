"""The one clock of atlas. Nothing that is printed comes from it; it only ends permissions in time."""

from __future__ import annotations

from datetime import date


def read_heute() -> date:
    """Give today's date where the program runs."""
    return date.today()  # noqa: DTZ011  # a permission ends with the day of the office, not of Greenwich
