"""The messages about a change that is to be merged: who may write what."""

from __future__ import annotations

import msgspec

from bylines.problems import ERROR, ContentProblem, Message, short

NOT_YOURS = Message(
    "not-yours",
    "{owner} may write here, and {writer} is {known}",
    "{nearest}",
    "A folder, a profile or a group's blog is changed by somebody who it does not belong to.",
    ERROR,
    outcome="refused",
)
KEEPERS_ONLY = Message(
    "keepers-only",
    "the site's keepers alone may write here, and {writer} is none of them",
    "leave it out of this change, or ask a keeper",
    "Settings, code, templates, workflows and whatever is in nobody's folder.",
    ERROR,
    outcome="refused",
)
UNSAFE_NAME = Message(
    "unsafe-name",
    "this name {what}",
    "rename it: letters, digits, hyphens",
    "Some machines or programs take such a name for something else. Names that begin with a dot are the keepers'.",
    ERROR,
    outcome="refused",
)
TWIN = Message(
    "twin",
    "this name cannot be told from {holder} on every machine",
    "choose another name",
    "Two names that differ by case or Unicode form alone are one file for many computers, and the last one written wins.",
    ERROR,
    outcome="refused",
)
NOT_PLAIN = Message(
    "not-plain",
    "this is {what}",
    "put a plain file here, which nobody can run (git update-index --chmod=-x)",
    "Symbolic links, submodules and programs could lead out of a folder, or run.",
    ERROR,
    outcome="refused",
)
SMUGGLED = Message(
    "smuggled",
    "no commit of this change has written this, and yet it differs",
    "merge the branch that this goes to once more, and leave the file as it is there",
    "A merge can bring back what others have changed since.",
    ERROR,
    outcome="refused",
)
NOT_ALONE = Message(
    "not-alone",
    "{handle} is new, and this is not theirs",
    "take it out; it can follow once the profile is there",
    "Who is new brings their own profile and what lies in their own folder, and nothing else in the same change.",
    ERROR,
    outcome="refused",
)
NOT_FREE = Message(
    "not-free",
    "the handle {handle} is not free: {why}",
    "choose another, or ask a keeper",
    "Nobody comes by a handle that is, or looks like, somebody else's, or that has a folder already.",
    ERROR,
    outcome="refused",
)
NO_OWN_ADDRESS = Message(
    "no-own-address",
    "this new profile is not that of {writer}",
    "{nearest}",
    "A new profile is brought by the person whose it is, or by a keeper.",
    ERROR,
    outcome="refused",
)
ADDRESS_OF_ANOTHER = Message(
    "address-of-another",
    "{email} is an address of {holder}",
    "take it out of emails",
    "An address says who somebody is. Two people cannot have the same one.",
    ERROR,
    outcome="refused",
)
HIDDEN_ADDRESS = Message(
    "hidden-address",
    "{email} does not stand here as it is",
    "write it without escapes and on one line",
    "Profiles are searched for addresses. One that is written otherwise would not be found.",
    ERROR,
    outcome="refused",
)
IN_ANOTHERS_NAME = Message(
    "in-anothers-name",
    "{key} name {named}, and this is the blog of {owner}",
    "add {nearest} to {key}, or leave {key} out",
    "A post stands under the names that it says. Others can be named beside whoever the blog belongs to, not in their place.",
    ERROR,
    outcome="refused",
)
SIGNED_FOR_ANOTHER = Message(
    "signed-for-another",
    "{key} names {named}, and {writer} is not among them",
    "add your handle to {key}, or leave {key} out",
    "A text in a place that people share stands under the names that it says. Whoever writes it is one of them.",
    ERROR,
    outcome="refused",
)
ALIAS_OF_ANOTHER = Message(
    "alias-of-another",
    "the alias {url} is an address of {holder}",
    "take it out of aliases, or ask a keeper",
    "Whoever follows an old link into somebody's blog must not end in another's.",
    ERROR,
    outcome="refused",
)
LEFT_BEHIND = Message(
    "left-behind",
    "the branch that this goes to has it no more",
    "merge that branch into yours once more, or rebase",
    "A file or its folder was moved or deleted since the change began. Git would bring the change to wherever it was moved.",
    ERROR,
    outcome="refused",
)
ODD_COMMIT = Message(
    "odd-commit",
    "this commit {what}",
    "{nearest}",
    "What such a commit brings cannot be said to be anybody's.",
    ERROR,
    outcome="refused",
)
TOO_MUCH = Message(
    "too-much",
    "this change has {what}",
    "split it into several, or squash its commits",
    "A check has to end. The bounds are `most_commits` and `most_files` of writers.yaml.",
    ERROR,
    outcome="refused",
)
BAD_RULES = Message(
    "bad-rules",
    "these rules cannot be read, and after this change nobody could write",
    "mend them: {nearest}",
    "Rules that cannot be read would refuse every later change.",
    ERROR,
    outcome="refused",
)

# What to do if only an earlier commit of a branch is refused, and its final tree is not.
_STILL_IN = (
    "it is gone at the end of this branch, but its commit {id} ({subject}) keeps it for good; begin the branch anew without that "
    "commit: with git, `git reset --soft $(git merge-base origin/HEAD HEAD)`, `git commit`, `git push --force-with-lease`; in the "
    "browser, copy your text, close this request, and add the file to a new branch, where it belongs"
)


def still_in(problem: ContentProblem, commit: str, subject: str) -> ContentProblem:
    """Return the problem of a file that only an earlier commit has, with a mend that names this commit and how to remove it."""
    mend = _STILL_IN.format(id=commit[:10], subject=f"“{short(subject)}”" if subject else "without a message")
    return msgspec.structs.replace(problem, mend=mend)
