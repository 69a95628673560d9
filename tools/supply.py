"""Lists the packages that the site is built with (SBOM in CycloneDX), and checks them for known faults (pip-audit).

Both programs run from an environment of their own (`.audit/`, from `requirements-audit.txt`), so that they are not part of
what they examine. The list has the packages that `requirements.txt` pins. They are installed, because their licences are
stated only inside them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_FOLDER = os.path.join(HERE, ".audit")
_LOCKS = ("requirements.txt", "requirements-dev.txt")
NOBODY = 2
"""The exit code if the database of faults could not be reached."""


def main(arguments: list[str]) -> int:
    """Runs `sbom FILE` or `audit` and returns the exit code."""
    if arguments[:1] == ["sbom"] and len(arguments) == 2:
        return sbom(os.path.abspath(arguments[1]))
    if arguments == ["audit"]:
        return audit()
    print("usage: supply.py sbom FILE | audit")
    return NOBODY


def sbom(output: str) -> int:
    """Writes the list. Prints the number of packages, and those without a known licence."""
    built_with = _environment("site", "requirements.txt")
    command = [_program("cyclonedx-py"), "environment", built_with]
    options = [
        "--pyproject",
        os.path.join(HERE, "pyproject.toml"),
        "--output-reproducible",
        "--of",
        "JSON",
        "-o",
        output,
    ]
    done = subprocess.run([*command, *options], check=False)
    if done.returncode:
        return done.returncode
    with open(output, encoding="utf-8") as file:
        packages = json.load(file)["components"]
    unknown = sorted(package["name"] for package in packages if not package.get("licenses"))
    print(f"{len(packages)} packages in {output}; without a licence that is known: {', '.join(unknown) or 'none'}")
    return 0


def audit() -> int:
    """Checks each lock file. Returns 1 if a fault is known, 2 if a package could not be checked."""
    program = _program("pip-audit")
    return max(_audited(program, lock) for lock in _LOCKS)


def _audited(program: str, lock: str) -> int:
    options = "--disable-pip --require-hashes --progress-spinner off --format json".split()
    done = subprocess.run(
        [program, *options, "-r", os.path.join(HERE, lock)], capture_output=True, text=True, check=False
    )
    code, lines = judged(lock, done.stdout, done.stderr)
    print("\n".join(lines))
    return code


def judged(lock: str, answer: str, said: str) -> tuple[int, list[str]]:
    """Returns the exit code for pip-audit's answer, and lines that explain it."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        reason = said.strip().rpartition("\n")[2]
        return NOBODY, [f"{lock}: nobody could be asked ({reason}); try again where there is a network"]
    faults = [(package, fault) for package in packages for fault in package.get("vulns", ())]
    unasked = [package["name"] for package in packages if "skip_reason" in package]
    lines = [
        f"{lock}: {package['name']} {package['version']} has {fault['id']}; take {' or '.join(fault['fix_versions']) or 'another'}"
        for package, fault in faults
    ]
    if unasked:
        names = ", ".join(unasked[:5]) + (" …" if len(unasked) > 5 else "")
        lines.append(f"{lock}: {len(unasked)} of {len(packages)} packages could not be asked about: {names}")
    if not lines:
        lines.append(f"{lock}: {len(packages)} packages, no fault is known")
    return 1 if faults else NOBODY if unasked else 0, lines


def _program(name: str) -> str:
    return os.path.join(os.path.dirname(_environment("tools", "requirements-audit.txt")), name)


def _environment(name: str, lock: str) -> str:
    """Returns the Python of an environment with exactly the packages of a lock file. Creates it if needed."""
    folder = os.path.join(_FOLDER, name)
    python = os.path.join(folder, "bin", "python")
    with open(os.path.join(HERE, lock), "rb") as file:
        wanted = file.read()
    stamp = os.path.join(folder, "lock")
    if not _holds(stamp, wanted):
        venv.create(folder, clear=True, with_pip=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
        subprocess.run([*install, os.path.join(HERE, lock)], check=True)
        if name == "site":  # pip does not belong in the list; pip-audit needs its own
            subprocess.run([python, "-m", "pip", "uninstall", "--quiet", "--yes", "pip", "setuptools"], check=True)
        with open(stamp, "wb") as file:
            file.write(wanted)
    return python


def _holds(path: str, wanted: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() == wanted
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
