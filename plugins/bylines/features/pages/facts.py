"""What changes of pages that belong to nobody's blog."""

from bylines.engine.facts import Fact

SITE_PAGE = Fact[str]("site_page", "The pages that changed, and their translations.")
