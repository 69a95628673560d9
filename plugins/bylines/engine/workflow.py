"""Detects continuous integration, where the machine and its folders are gone when the run ends."""

from __future__ import annotations

from collections.abc import Mapping

# Set by GitHub, GitLab, Gitea, Forgejo, Bitbucket, CircleCI, Travis, Drone, Buildkite, AppVeyor, Cirrus (`true`),
# Woodpecker (`woodpecker`) …
_ALL = "CI"
_NO = frozenset(("", "0", "false", "no", "off"))
# Of those that set no `CI`: Jenkins, Azure Pipelines, TeamCity, AWS CodeBuild, Bamboo, GoCD.
_OWN = (
    *("JENKINS_URL", "TF_BUILD", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID", "bamboo_buildKey", "GO_PIPELINE_NAME"),
    *("GITHUB_ACTIONS", "GITLAB_CI", "GITEA_ACTIONS", "FORGEJO_ACTIONS"),
)


def in_workflow(environment: Mapping[str, str]) -> bool:
    """Return whether this runs in continuous integration. `CI=false` means no, whatever else is set."""
    said = environment.get(_ALL)
    if said is not None:
        return said.strip().lower() not in _NO
    return any(environment.get(name) for name in _OWN)
