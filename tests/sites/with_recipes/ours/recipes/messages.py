"""What is said of recipes."""

from bylines.problems import Message

UNKNOWN_COOK = Message(
    "unknown-cook",
    "the cook {handle} has no profile",
    "mend the handle, or add the profile",
    "The recipe is published without this cook.",
    outcome="published without this name",
)
