"""The variables of the template of redirecting pages."""

from __future__ import annotations

from bylines.engine.views import View


class RedirectPage(View, frozen=True, kw_only=True):
    """Variables of redirects/redirect.html: a page at an old address that leads to the new one."""

    title: str
    url: str
