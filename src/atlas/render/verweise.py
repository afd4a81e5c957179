"""Links out of the book: addresses of sources and texts of licences; only the web, everything escaped."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup, escape

LIZENZTEXTE: Final = {
    "dl-de/by-2-0": "https://www.govdata.de/dl-de/by-2-0",
    "dl-de/zero-2-0": "https://www.govdata.de/dl-de/zero-2-0",
    "CC BY 3.0 DE": "https://creativecommons.org/licenses/by/3.0/de/",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/deed.de",
}
"""Where the official text of a licence stands."""
_ADRESSE: Final = re.compile(r"https?://[^\s/?#]+[^\s]*")
_BRUCHSTELLE: Final = re.compile(r"(?<=[/?&=])(?![/?&=]|$)")
_FESTSTELLE: Final = re.compile(r"(?<=[-%|])(?=.)")
_BRUCH, _KEIN_BRUCH = "\u200b", "\u2060"


def link_adresse(adresse: str) -> Markup:
    """Give an address as a link that shows it and breaks only after / ? & and =; any other text stays text."""
    if not _ist_im_netz(adresse):
        return escape(adresse)
    text = _FESTSTELLE.sub(_KEIN_BRUCH, _BRUCHSTELLE.sub(_BRUCH, adresse))
    return Markup('<a class="adresse" href="{}">{}</a>').format(adresse, text)


def link_lizenz(lizenz: str) -> Markup:
    """Give the name of a licence, where it is a known one as a link to its text."""
    if lizenz not in LIZENZTEXTE:
        return escape(lizenz)
    return Markup('<a href="{}">{}</a>').format(LIZENZTEXTE[lizenz], lizenz)


def _ist_im_netz(adresse: str) -> bool:
    """Tell whether an address is one of the web: http or https, with a host, without spaces."""
    try:
        hat_stelle = bool(urlsplit(adresse).hostname)
    except ValueError:  # as of »http://[x«
        return False
    return hat_stelle and bool(_ADRESSE.fullmatch(adresse)) and adresse.isprintable()
