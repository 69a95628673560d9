"""Other programs' names for our keys, as they stood in one table."""

ELSEWHERE = {
    **dict.fromkeys(("tag", "tags", "category", "categories", "keywords"), "topics"),
    **dict.fromkeys(("description", "excerpt", "subtitle"), "summary"),
    **dict.fromkeys(("cover", "thumbnail", "photo", "picture"), "image"),
    **dict.fromkeys(("updated", "lastmod", "last_modified_at"), "modified"),
    **dict.fromkeys(("draft", "private", "unlisted", "hidden", "public", "publish", "visibility", "state"), "status"),
    **dict.fromkeys(("publishdate", "pubdate", "publish_date", "pub_date", "published_at", "publish_at"), "date"),
    **dict.fromkeys(("expirydate", "expiry_date", "expiry", "unpublish_date"), "expires"),
    **{"author": "authors", "published": "date", "language": "lang", "permalink": "slug"},
}
