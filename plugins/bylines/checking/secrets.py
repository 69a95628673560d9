"""Finds keys, tokens, passwords and personal data in texts, before they are public.

Uses those detectors of detect-secrets that know a secret by its form, and no network. Random-looking words are ignored, since a
post may contain digests and ids. With `pragma: allowlist secret` the writer declares that a line has no secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bylines.checking import messages
from bylines.problems import ContentProblem, Message

_DETECTORS = (
    "ArtifactoryDetector", "AWSKeyDetector", "AzureStorageKeyDetector", "BasicAuthDetector", "CloudantDetector",
    "DiscordBotTokenDetector", "GitHubTokenDetector", "GitLabTokenDetector", "IbmCloudIamDetector", "IbmCosHmacDetector",
    "JwtTokenDetector", "KeywordDetector", "MailchimpDetector", "NpmDetector", "OpenAIDetector", "PrivateKeyDetector",
    "PypiTokenDetector", "SendGridDetector", "SlackDetector", "SoftlayerDetector", "SquareOAuthDetector", "StripeDetector",
    "TelegramBotTokenDetector", "TwilioKeyDetector",
)  # fmt: skip
# Ignored matches: templates, placeholders, names of variables, and lines that allow themselves.
_FILTERS = (
    "detect_secrets.filters.allowlist.is_line_allowlisted",
    "detect_secrets.filters.heuristic.is_indirect_reference",
    "detect_secrets.filters.heuristic.is_not_alphanumeric_string",
    "detect_secrets.filters.heuristic.is_prefixed_with_dollar_sign",
    "detect_secrets.filters.heuristic.is_sequential_string",
    "detect_secrets.filters.heuristic.is_templated_secret",
)
# Words that manuals use in place of a password.
_EXAMPLE = re.compile(r"example|changeme|your[-_ ]|placeholder|x{4,}|\*{3,}|<[^<>]*>", re.I)
# Every line in which a detector finds something matches this. It saves time: the detectors take a millisecond a line.
_MAY_BE = re.compile(r"pass|pwd|secret|key|token|contrase|akia|-----begin|://[^/\s]*:|[a-z0-9_+/.=-]{20,}", re.I)
_LONGEST_LINE = 5_000


def find_secrets(text: str, path: str, personal: Mapping[str, re.Pattern[str]]) -> list[ContentProblem]:
    """Return a problem for each secret in a text, and for each match of the `personal` patterns (description → pattern)."""
    lines = [line[:_LONGEST_LINE] for line in text.split("\n")]
    return [*_secrets(lines, path), *_personal(lines, path, personal)]


def _secrets(lines: Iterable[str], path: str) -> Iterable[ContentProblem]:
    from detect_secrets.core.scan import scan_line
    from detect_secrets.settings import transient_settings

    with transient_settings(
        {
            "plugins_used": [{"name": name} for name in _DETECTORS],
            "filters_used": [{"path": filter_} for filter_ in _FILTERS],
        }
    ):
        for number, line in enumerate(lines, 1):
            found = scan_line(line) if _MAY_BE.search(line) else ()
            for kind in sorted({each.type for each in found if not _EXAMPLE.search(each.secret_value or "")}):
                yield _problem(messages.SECRET, path, number, kind)


def _personal(lines: Iterable[str], path: str, personal: Mapping[str, re.Pattern[str]]) -> Iterable[ContentProblem]:
    for number, line in enumerate(lines, 1):
        for kind, pattern in personal.items():
            if pattern.search(line):
                yield _problem(messages.PERSONAL, path, number, kind)


def _problem(message: Message, path: str, line: int, kind: str) -> ContentProblem:
    return message.problem(path, line, kind=kind)
