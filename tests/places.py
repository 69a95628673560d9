"""Where sites are published to, seen from outside: a folder, by ssh, a branch, a bucket."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Protocol

from bylines.publishing.deploy_marker import NAME
from tests.building import files_below
from tests.test_incremental import git


class Place(Protocol):
    """Somewhere to publish to, seen from outside."""

    address: str

    def served(self) -> dict[str, bytes]: ...

    def put(self, path: str, data: bytes) -> None: ...


class FolderPlace:
    """A folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = str(folder)

    def served(self) -> dict[str, bytes]:
        if not self.folder.exists():
            return {}
        found = files_below(self.folder)
        return {path: data for path, data in found.items() if not path.startswith(".bylines")}

    def put(self, path: str, data: bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(data)


class SshPlace(FolderPlace):
    """The same folder, by an sshd of one's own on this machine."""

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(folder)
        self.address = f"ssh://127.0.0.1:{port}{folder}"


class BranchPlace:
    """A branch of a bare repository."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        git(folder.parent, "init", "-q", "--bare", str(folder))
        self.address = f"git:{folder}#pages"

    def served(self) -> dict[str, bytes]:
        if not subprocess.run(
            ["git", "-C", self.folder, "branch", "--list", "pages"], capture_output=True, check=True
        ).stdout:
            return {}
        place = self.folder.parent / "checked-out"
        shutil.rmtree(place, ignore_errors=True)
        git(self.folder.parent, "clone", "-q", "--branch", "pages", str(self.folder), str(place))
        shutil.rmtree(place / ".git")
        return {path: data for path, data in files_below(place).items() if path not in (NAME, ".nojekyll")}

    def put(self, path: str, data: bytes) -> None:
        place = self.folder.parent / "by-hand"
        git(self.folder.parent, "clone", "-q", "--branch", "pages", str(self.folder), str(place))
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
        git(place, "add", "-A")
        git(place, "commit", "-q", "-m", "by hand")
        git(place, "push", "-q")
        shutil.rmtree(place)


class BucketPlace:
    """A bucket of an S3 server on this machine: rclone's, which keeps objects as files."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder / name
        make_bucket(name)
        self.address = f"s3://{name}/site"

    def served(self) -> dict[str, bytes]:
        found = files_below(self.folder / "site") if (self.folder / "site").exists() else {}
        return {path: data for path, data in found.items() if path != NAME}

    def put(self, path: str, data: bytes) -> None:
        import boto3  # by the server: it would not see at once what is written behind its back

        boto3.client("s3").put_object(Bucket=self.folder.name, Key=f"site/{path}", Body=data)


def make_bucket(name: str) -> None:
    """A new bucket."""
    import boto3

    boto3.client("s3").create_bucket(Bucket=name)
