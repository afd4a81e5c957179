"""Whole people from expected values, without draws whose algorithm a library could change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from atlas.musterland.raeume import FloatArray, IntArray


def round_counts(werte: FloatArray) -> IntArray:
    """Nearest whole numbers."""
    return np.asarray(np.rint(werte), dtype=np.int64)


def round_randomly(werte: FloatArray, zufall: FloatArray) -> IntArray:
    """Whole numbers around the expected values: 0.3 gives 1 in three of ten cases."""
    return np.asarray(np.floor(werte + zufall), dtype=np.int64)


def allocate(summe: IntArray, gewichte: FloatArray, zufall: FloatArray) -> IntArray:
    """Split each sum into whole parts in proportion to the weights of the last axis (systematic sampling)."""
    kumuliert = np.cumsum(gewichte, axis=-1)
    stufen = np.floor(kumuliert / kumuliert[..., -1:] * summe[..., None] + zufall[..., None])
    stufen[..., -1] = summe + np.floor(zufall)
    return np.asarray(np.diff(stufen, axis=-1, prepend=0), dtype=np.int64)
