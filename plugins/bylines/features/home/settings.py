"""The settings for the size of the home page."""

from bylines.settings.setting import LISTS, Setting

HOME_SIZE = Setting("BYLINES_HOME_SIZE", 20, "newest posts on the home page", LISTS, order=20)
HOME_EACH = Setting("BYLINES_HOME_EACH", 2, "how many of them may be of one person", LISTS, order=20)
