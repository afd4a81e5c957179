"""Characters that nobody sees and that turn text round or break pages; and texts that may hold figures."""

from __future__ import annotations

import re
from typing import Final

UNSICHTBAR: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters but tab and line ends, marks of direction, zero-width signs; a soft hyphen is allowed."""

HOECHSTENS: Final = 30


def mask(text: str) -> str:
    """Give the shape of a delivered text for a message: digits as 9, on one line, not longer than `HOECHSTENS`.

    What stands in a wrong place may be the count of a small cell; its digits are nobody's business.
    """
    return re.sub(r"\s", " ", re.sub(r"\d", "9", UNSICHTBAR.sub("\ufffd", text)))[:HOECHSTENS]
