"""A content repository for a new company: what is asked (`answers`), which files follow (`files`), which Bylines builds it (`pin`)."""

from bylines.quickstart.answers import QUESTIONS, Answers, Known, Question, checked
from bylines.quickstart.files import files_for
from bylines.quickstart.pin import Pin, pinned

__all__ = ["QUESTIONS", "Answers", "Known", "Pin", "Question", "checked", "files_for", "pinned"]
