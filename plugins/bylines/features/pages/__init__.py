"""Pages of the site's own: about, guidelines, whatever lies in `content/pages/`.

Weaves `site_page`; touches SITE_PAGE, BODY and ADDRESS.
"""
