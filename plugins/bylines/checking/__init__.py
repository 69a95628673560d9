"""Checks the sources that changed, as `bylines check` does: reads and weaves them, and those that they depend on, with the
build's own code.

`changed` and `staged` ask git which sources changed. `dependencies` finds the other sources that are needed. `evaluate` reads and
weaves all of them and returns the problems, `secrets` and `sensitive` look for what must not be published, and `formats` writes
the findings. `fixes`, `apply_fixes` and `renamed_targets` are `check --fix`.
"""
