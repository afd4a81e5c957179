"""Turn raw municipal statistics into a Sozialstrukturatlas."""

__version__ = "0.1.0"
