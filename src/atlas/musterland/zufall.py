"""One seed for everything, one independent random stream per topic."""

from __future__ import annotations

from zlib import crc32

from numpy.random import PCG64, Generator, SeedSequence

SEED = 99001


def open_stream(thema: str) -> Generator:
    """Return the random stream of a topic; new topics never disturb the existing ones."""
    return Generator(PCG64(SeedSequence(entropy=SEED, spawn_key=(crc32(thema.encode()),))))
