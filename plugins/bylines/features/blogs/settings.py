"""The settings of blogs."""

from bylines.settings.setting import LOOK, Setting

DISCLAIMER = Setting(
    "BYLINES_DISCLAIMER", "", "what stands below each post (Markdown), unless the blog says its own", LOOK, order=40
)
