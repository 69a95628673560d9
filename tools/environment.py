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
    """Ends with a sentence for people."""
    sys.exit("error: %s\n       %s" % (what, mend))


def check_machine():
    """Looks for what cannot be installed here."""
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
    """The environment's Python, made where it is not there."""
    found = os.path.join(VENV, "bin", "python")
    if not os.path.exists(found) or subprocess.call([found, "-c", "pass"], stderr=subprocess.DEVNULL):
        shutil.rmtree(VENV, ignore_errors=True)
        print("making .venv with Python %d.%d" % sys.version_info[:2], flush=True)
        subprocess.check_call([sys.executable, "-m", "venv", VENV])
    return found


def main():
    """Installs the lock file that is named, and makes the package importable."""
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
