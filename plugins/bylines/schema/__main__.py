"""`python -m bylines.schema [SETTINGS]` writes what follows from the kinds of the site whose settings file lies here."""

import sys

from bylines import frame
from bylines.engine.kinds import kinds_of
from bylines.problems import SettingsError
from bylines.schema import written


def main(settings: str) -> int:
    """Write the files, and print the paths of those that changed. Return the exit code."""
    try:
        site, _ = frame.load(settings)
    except SettingsError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    kinds = kinds_of(tuple(site.features)).kinds
    changed = written.write(site.root, kinds)
    if written.begin_editor(site.root, kinds):
        changed.append(written.EDITOR)
    print("\n".join(changed), end="\n" * bool(changed))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "pelicanconf.py"))
