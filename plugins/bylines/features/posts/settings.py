"""Settings for the links below a post."""

from bylines.settings.checks import address_with
from bylines.settings.setting import LOOK, Setting

SOURCE_URL = Setting(
    "BYLINES_SOURCE_URL",
    "",
    "where the git host shows a post's file: an address with {path}, its path in the content folder",
    LOOK,
    check=address_with("{path}"),
    order=30,
)
REPLY_URL = Setting(
    "BYLINES_REPLY_URL",
    "",
    "where a reply to a post begins: an address with {path}, {url} (the post's) or {title}; also mailto:",
    LOOK,
    check=address_with("{path}", "{url}", "{title}"),
    order=30,
)
