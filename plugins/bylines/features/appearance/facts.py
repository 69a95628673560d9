"""What changes of the site's look."""

from bylines.engine.facts import Fact

STYLE = Fact[str]("style", "The style sheets that changed.")
