"""What the template of old addresses sees."""

from __future__ import annotations

from bylines.engine.views import View


class RedirectPage(View, frozen=True, kw_only=True):
    """redirects/redirect.html: a page at an old address that leads to the new one."""

    title: str
    url: str
