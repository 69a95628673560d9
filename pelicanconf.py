"""The site's settings. Pelican's own are at https://docs.getpelican.com, ours in docs/settings.md."""

SITENAME = "Meridian Tideworks"
SITESUBTITLE = "What the people who build with the tide are thinking about"
SITEURL = ""

PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
TIMEZONE = "Europe/Lisbon"
DEFAULT_LANG = "en"
STATIC_PATHS = ["images"]

MENUITEMS = [("About", "/about/"), ("Guidelines", "/guidelines/")]
LINKS = []
SOCIAL = []

BYLINES_AUTHORS = "authors"
BYLINES_SOURCE_URL = "https://git.meridian-tideworks.example/blogs/blob/main/content/{path}"
BYLINES_REPLY_URL = "mailto:blogs@meridian-tideworks.example?subject=Re:%20{title}&body={url}"
BYLINES_DISCLAIMER = "What people write here are their own views, and not always the company's."
BYLINES_SEARCH = True
BYLINES_FEED_ARCHIVES = ("site", "blogs")
BYLINES_TAG = "tag:blogs.meridian-tideworks.example,2026"

# What makes this a Bylines build.
PLUGINS = ["bylines"]
PELICAN_CLASS = "bylines.Frame"
BYLINES_SETTINGS_FILE = __file__
