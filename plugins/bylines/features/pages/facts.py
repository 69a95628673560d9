"""Facts about the site's own pages that change in a build."""

from bylines.engine.facts import Fact

SITE_PAGE = Fact[str]("site_page", "The pages that changed, and their translations.")
