"""A content repository for a new company: what is asked (`answers`), which files follow (`files`), which Bylines builds it (`pin`)."""
