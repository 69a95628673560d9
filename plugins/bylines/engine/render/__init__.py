"""Step 4: a page's inputs in, bytes out. Pure, but for the sources whose text it reads again; runs in workers."""

from bylines.engine.render.batch import JOB, Rendered, Task
from bylines.engine.render.templates import TemplateDigests

__all__ = ["JOB", "Rendered", "Task", "TemplateDigests"]
