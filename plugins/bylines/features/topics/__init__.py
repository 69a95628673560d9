"""Topics of posts: a page for each, and an index from A to Z.

Spellings that differ only in case and spacing, and synonyms, are one topic. Reads `content/topics.yaml`. Weaves `topic`
(the entries of that file), `topic_name` (the topic that a synonym means) and `topic_parent`; the topics of each post are
woven with the posts. Invalidates TOPIC, TOPIC_NAME if a spelling means another topic, and TOPIC_LABEL.
"""
