"""The facts that change when the site's look does."""

from bylines.engine.facts import Fact

STYLE = Fact[str]("style", "The style sheets that changed.")
