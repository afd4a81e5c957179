"""Release: the only maker of Freigabewerte."""

from atlas.core.geheimhaltung.freigabe import Ergebnisse, release

__all__ = ["Ergebnisse", "release"]
