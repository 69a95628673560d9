"""Runs the settings file, which is Python, and reports its errors with their lines."""

from __future__ import annotations

import importlib.util
import os
import sys
import traceback
from collections.abc import Mapping
from typing import Any

from bylines.problems import BuildError, SettingsError
from bylines.settings import pelican
from bylines.settings.checks import check_folder

_PLACES = ("PATH", "OUTPUT_PATH", "CACHE_PATH", "THEME")


def given(file: str) -> dict[str, Any]:
    """Return the settings of a settings file. Raises SettingsError: `path:line: what is wrong`."""
    if not os.path.isfile(file):
        raise SettingsError(f"there is no settings file {file}; name one with --settings")
    try:
        from pelican.settings import get_settings_from_file

        found: dict[str, Any] = get_settings_from_file(file)
    except BuildError:
        raise
    except (Exception, SystemExit) as error:
        # Drop the half-run module, which others might import.
        sys.modules.pop(os.path.splitext(os.path.basename(file))[0], None)
        raise SettingsError(f"{_place(file, error)}: {_explain(error)}") from error
    return found


def _place(file: str, error: BaseException) -> str:
    """Return the place of an error: its last line in the settings file, or in a file of the same folder that it imports."""
    if isinstance(error, SyntaxError) and error.filename and os.path.exists(error.filename):
        return f"{_path_beside(error.filename, file)}:{error.lineno or 1}"
    folder = os.path.dirname(os.path.abspath(file))
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if os.path.isfile(frame.filename)]
    own = [frame for frame in frames if os.path.dirname(os.path.abspath(frame.filename)) == folder]
    return f"{_path_beside(own[-1].filename, file)}:{own[-1].lineno}" if own else file


def _path_beside(found: str, file: str) -> str:
    """Return the path of a file in the form in which the settings file was named."""
    return os.path.join(os.path.dirname(file), os.path.basename(found))


def _explain(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return f"this is not Python ({error.msg}); mend the line"
    if isinstance(error, SystemExit):
        return "the settings file ends the program; take that out"
    if isinstance(error, ValueError) and "null bytes" in str(error):  # a SyntaxError from Python 3.11.4 on
        return "this is not Python (it has null bytes); save the file as plain text"
    if isinstance(error, UnicodeDecodeError):
        return "this is not UTF-8; save the file as UTF-8"
    return f"{type(error).__name__}: {error}; mend the line"


def complete(file: str, overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a file with `overrides`, completed by Pelican. Raises SettingsError."""
    settings = {**given(file), **overrides}
    pelican.check_kinds(settings)
    folder = os.path.dirname(os.path.abspath(file))
    for name in _PLACES:
        if settings.get(name) is not None:
            settings[name] = _absolute(folder, name, os.fspath(settings[name]))
    check_folder("PATH", settings.get("PATH"), folder)
    if settings.get("PLUGIN_PATHS"):
        settings["PLUGIN_PATHS"] = [os.path.join(folder, path) for path in settings["PLUGIN_PATHS"]]
    try:
        from pelican.settings import read_settings

        found: dict[str, Any] = read_settings(override=settings)
    except Exception as error:
        raise SettingsError(f"{file}: {_explain(error)}") from error
    return found


def _absolute(folder: str, name: str, path: str) -> str:
    found = os.path.abspath(os.path.join(folder, path))
    if name != "THEME" or os.path.isdir(found):
        return found
    if _is_pelicans_theme(path):
        return path
    check_folder(name, found, folder)
    return found


def _is_pelicans_theme(name: str) -> bool:
    spec = importlib.util.find_spec("pelican")
    where = os.path.dirname(spec.origin) if spec and spec.origin else ""
    return name in ("simple", "notmyidea") and os.path.isdir(os.path.join(where, "themes", name))
