"""Makes `.venv` from a hash-pinned lock file: `python tools/environment.py requirements.txt`. Says what is missing.

Runs with whatever Python there is, before anything is installed: the standard library only, and old syntax.
"""

import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(HERE, ".venv")
OLDEST = (3, 11)


def fail(what, mend):
    """Exits with an error message and its fix."""
    sys.exit("error: %s\n       %s" % (what, mend))


def check_machine():
    """Exits with an error if Python is too old, or if git or Python's venv module is missing."""
    if sys.version_info < OLDEST:
        fail(
            "this is Python %d.%d; Bylines needs 3.11 or later" % sys.version_info[:2],
            "install one (apt install python3, brew install python), or name it: make site PYTHON=python3.12",
        )
    if shutil.which("git") is None:
        fail("there is no git", "install it: apt install git, dnf install git, xcode-select --install")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        fail("this Python cannot make environments", "install its venv module: apt install python3-venv")


def python():
    """Returns the environment's Python. Creates the environment if it is missing or broken."""
    found = os.path.join(VENV, "bin", "python")
    if not os.path.exists(found) or subprocess.call([found, "-c", "pass"], stderr=subprocess.DEVNULL):
        shutil.rmtree(VENV, ignore_errors=True)
        print("making .venv with Python %d.%d" % sys.version_info[:2], flush=True)
        subprocess.check_call([sys.executable, "-m", "venv", VENV])
    return found


def main():
    """Installs the packages of the given lock file, and makes the package `bylines` importable."""
    check_machine()
    lock = os.path.join(HERE, sys.argv[1])
    interpreter = python()
    command = [
        interpreter,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
        lock,
    ]
    print("installing %s" % sys.argv[1], flush=True)
    if subprocess.call(command):
        fail(
            "pip could not install %s" % sys.argv[1],
            "see its message above; it needs a package registry (PyPI or a mirror)",
        )
    where = subprocess.check_output(
        [interpreter, "-c", "import site; print(site.getsitepackages()[0])"], text=True
    ).strip()
    with open(os.path.join(where, "bylines.pth"), "w") as file:
        file.write(os.path.join(HERE, "plugins") + "\n")


if __name__ == "__main__":
    main()
