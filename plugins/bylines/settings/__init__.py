"""The settings: each is declared once, as a row; what a site sets is checked against the rows and becomes a `Site`.

setting (a row) → declared (our rows) → capabilities (theirs) → site (all values, and the folders)
pelican: Pelican's own settings that count here. file: the settings file as it is run. notes: what is odd, but can be built.
docs: the page about settings. checks: what values have to be. reading: what reads texts has to know.

A value is asked for by its row: `site.of(PAGE_SIZE)`.
"""

from bylines.settings.declared import FEATURES
from bylines.settings.setting import Setting
from bylines.settings.site import OWN_THEME, Site, shown_path, site_from, theme_of

__all__ = ["FEATURES", "OWN_THEME", "Setting", "Site", "shown_path", "site_from", "theme_of"]
