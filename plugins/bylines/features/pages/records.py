"""Pages of the site's own as they are read."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from bylines.engine.read.document import Document
from bylines.engine.read.kind import KEEPERS, Kind
from bylines.engine.read.markers import Moment


class SitePage(Document, tag="page", frozen=True, kw_only=True):
    """`content/pages/…/<slug>.md`: a page of the site's own (about, guidelines …)."""

    date: Annotated[
        dt.datetime | None,
        Moment(
            "when it is published",
            decides="opens",
            also=(*"publishdate pubdate publish_date pub_date published_at publish_at published".split(),),
        ),
    ] = None


PAGE = Kind(SitePage, at="content/pages/**/{slug}.{md,rst}", owner=KEEPERS)
