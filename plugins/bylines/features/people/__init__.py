"""People: their profiles, the photos beside these, and the bylines under which other pages name them.

Reads `authors/<handle>.yaml` and weaves the table `person`. A folder of posts without a profile has a row there, too, so
that its posts are published under the handle. Invalidates PERSON; also BYLINE if other pages have to show something else.
"""
