"""The directory for other programs: OPML for feed readers (all blogs, a letter, a topic, a group), and all of it as JSON.

It has no sources or relations of its own. A new person changes the list of all, their letter's two files, and no other.
"""
