"""The facts that change when a file that is published as it is does."""

from bylines.engine.facts import Fact

ASSET = Fact[str]("asset", "The files that changed, or are published elsewhere now.")
PICTURE = Fact[str]("picture", "The smaller copies of pictures, as `digest-width`, that came or went.")
