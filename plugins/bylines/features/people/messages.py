"""Messages about people, their profiles and their photos."""

from __future__ import annotations

from bylines.problems import ERROR, NOTE, Message

STRAY_PHOTO = Message(
    "stray-photo",
    "this photo is nobody's",
    "name it after a handle, or name it as 'photo' in a profile",
    "It is not published.",
    ERROR,
)
NO_PROFILE = Message(
    "no-profile",
    "{handle} has no profile",
    "write {profile} with a line 'name: …'",
    "The posts are published under the handle until there is a profile.",
    outcome="published under the handle",
)
NAMESAKE = Message(
    "namesake",
    "the name {name} is also that of {holder}",
    "nothing has to be done: pages tell the two apart, here by {apart}; 'team' and 'location' in the profiles help",
    "Wherever people of one name are listed, their team stands beside it, else their place, else their handle.",
    NOTE,
)
NO_PHOTO = Message(
    "no-photo",
    "the photo {photo} is not here",
    "add the file beside the profile",
    "Initials are drawn.",
    outcome="initials are drawn",
    seeks="photo",
)
UNKNOWN_FOLLOWED = Message(
    "unknown-followed",
    "{handle}, whom this follows, has no profile",
    "mend the handle, or add the profile",
    "They are left out.",
    outcome="published without this name",
)
FILED = Message(
    "filed",
    "this name is filed under {family}, which may be wrong",
    "write 'sort_name: {ours}' if it is right, else 'sort_name: {other}'",
    "Both the first and the last word are often family names, or the last two may be one. Whoever is looked for is found sooner.",
    NOTE,
    outcome="published, and filed as it says",
)
