"""Bylines: a directory of everybody's blogs, a blog for each, topics and feeds, built from a folder of Markdown."""

from typing import Any

__version__ = "0.1.0"


def register() -> None:
    """Joins Pelican: called for the plugin `bylines`."""
    from pelican import signals

    from bylines.frame import check_frame

    signals.initialized.connect(check_frame)


def __getattr__(name: str) -> Any:
    """`bylines.Frame`, for PELICAN_CLASS: Pelican looks for the class in the package, workers do not need it."""
    if name == "Frame":
        from bylines import utf8

        utf8.ensure_utf8_in("pelican")
        from bylines.frame import Frame

        return Frame
    raise AttributeError(name)
