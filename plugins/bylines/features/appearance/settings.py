"""The setting for the company's colour."""

from bylines.settings.setting import LOOK, Setting

ACCENT = Setting(
    "BYLINES_ACCENT",
    "#8a3324",
    "the company's accent colour; light and dark follow from it, each with a contrast of at least 7",
    LOOK,
    reaches="templates",
    order=10,
)
