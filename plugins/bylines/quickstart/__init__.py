"""Sets up a content repository for a new company: questions (`answers`), its files (`files`), its version of Bylines (`pin`)."""
