"""People: profiles in the authors folder, and the byline under which each of them is named everywhere.

Reads `authors/<handle>.yaml`. Weaves the table `person`; somebody who has a folder but no profile stands there by
their handle, so that nothing they wrote is lost. Touches 'person', and 'byline' where what others show of them changed.
"""

from bylines.engine.feature import Feature, SourceKind
from bylines.engine.read import read_profile
from bylines.features.people import relations

FEATURE = Feature(
    name="people",
    sources=(SourceKind("profile", relations.is_profile, read_profile),),
    schema=relations.SCHEMA,
    claims=relations.claims_of,
    weave=relations.weave,
)
