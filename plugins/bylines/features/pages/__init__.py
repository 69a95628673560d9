"""Publishes the site's own pages, written in `content/pages/`: about, guidelines …

Weaves `site_page`; invalidates SITE_PAGE, BODY and ADDRESS.
"""
