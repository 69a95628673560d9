"""People: profiles in the authors folder with photos beside them, and the byline under which each person is named.

Reads `authors/<handle>.yaml`. Weaves the table `person`; somebody who has a folder but no profile stands there by
their handle, so that nothing they wrote is lost. Touches PERSON, and BYLINE where what others show of them changed.
"""
