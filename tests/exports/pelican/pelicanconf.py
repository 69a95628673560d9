"""Never run: an import reads its plain values."""

AUTHOR = "Ada Lovelace"
SITENAME = "Harbour notes"
SITEURL = "https://harbour.example"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "en"
ARTICLE_URL = "posts/{date:%Y}/{slug}/"
raise SystemExit("an import must not run this")
