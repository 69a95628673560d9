"""Step 4: a page's inputs in, bytes out. Pure, but for the sources whose text it reads again; runs in workers."""

from bylines.engine.render.batch import Rendered, Task, render_batch
from bylines.engine.render.templates import TemplateDigests

__all__ = ["Rendered", "Task", "TemplateDigests", "render_batch"]
