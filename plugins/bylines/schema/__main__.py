"""`python -m bylines.schema` writes what follows from the kinds of the site whose settings file lies here."""

import sys

from bylines import frame
from bylines.engine.kinds import kinds_of
from bylines.schema import written

if __name__ == "__main__":
    site = frame.load(sys.argv[1] if len(sys.argv) > 1 else "pelicanconf.py")[0]
    kinds = kinds_of(tuple(site.features)).kinds
    changed = written.write(site.root, kinds)
    if written.begin_editor(site.root, kinds):
        changed.append(written.EDITOR)
    print("\n".join(changed))
