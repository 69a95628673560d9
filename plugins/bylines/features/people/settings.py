"""Settings for the place of people in the directory."""

from bylines.personal_names import POLICIES, Policy
from bylines.settings.checks import one_of
from bylines.settings.setting import SITE, Setting

PARTICLES: Setting[Policy] = Setting(
    "BYLINES_PARTICLES",
    "written",
    "where 'van' and 'de la' are filed: 'written': De Vries under D, de Vries under V; 'family': both under D; "
    "'given': both under V",
    SITE,
    check=one_of(*POLICIES),
)
