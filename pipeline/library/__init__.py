"""The library: articles, their passages and vectors, kept so that nothing acknowledged is lost, and searched.

`open_library` opens one. Its catalogue (SQLite) is the truth; words (tantivy), prints and matrix (mapped files) and
vectors (Chroma) are projections of it.
"""

from pipeline.library.briefs import CitingBrief
from pipeline.library.intake import Submission
from pipeline.library.library import Library, LibraryStatus
from pipeline.library.opening import open_library
from pipeline.library.projection import Hit

__all__ = ["CitingBrief", "Hit", "Library", "LibraryStatus", "Submission", "open_library"]
