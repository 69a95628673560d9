"""The settings. Each is declared once, as a row. A site's values are checked against the rows and become a `Site`.

setting (a row) → declared (our rows) → capabilities (their rows) → site (all values, and the folders)
pelican: Pelican's own settings that count here. file: runs the settings file. notes: warnings about odd settings.
docs: the page about settings. checks: the checks of values. reading: the settings that readers of sources need.

`site.of(PAGE_SIZE)` returns a value by its row.
"""

from bylines.settings.declared import FEATURES
from bylines.settings.setting import Setting
from bylines.settings.site import OWN_THEME, Site, shown_path, site_from, theme_of

__all__ = ["FEATURES", "OWN_THEME", "Setting", "Site", "shown_path", "site_from", "theme_of"]
