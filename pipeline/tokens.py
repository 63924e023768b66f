"""Token counts by tiktoken, without the network: its tables ship with the package.

tiktoken wants its tables in a cache folder that it may write to (it deletes a file whose checksum is wrong), so they
are unpacked from `pipeline/assets/tiktoken` into the user's cache folder the first time one is needed.
"""

from __future__ import annotations

import lzma
import os
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

DEFAULT_ENCODING = "o200k_base"

# The names tiktoken gives its cached tables: the SHA-1 of the address it would download each from.
_CACHE_NAMES = {
    "o200k_base": "fb374d419588a4632f3f557e76b4b70aebbca790",
    "cl100k_base": "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
}


@lru_cache(maxsize=len(_CACHE_NAMES))
def encoding(name: str = DEFAULT_ENCODING) -> tiktoken.Encoding:
    """The tiktoken encoding of this name, one of those that ship with newsdesk; raises KeyError for another."""
    cache_name = _CACHE_NAMES[name]
    folder = Path(os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(_cache_folder())))
    table = folder / cache_name
    if not table.is_file():
        _unpack(name, table)
    import tiktoken

    return tiktoken.get_encoding(name)


def encoding_for_model(model: str) -> tiktoken.Encoding:
    """The encoding of an OpenAI model; `o200k_base` for a model that tiktoken does not know."""
    import tiktoken

    try:
        name = tiktoken.encoding_name_for_model(model)
    except KeyError:
        name = DEFAULT_ENCODING
    return encoding(name if name in _CACHE_NAMES else DEFAULT_ENCODING)


def count_tokens(text: str, name: str = DEFAULT_ENCODING) -> int:
    """How many tokens a text has. Text that looks like a control token counts as ordinary text."""
    return len(encoding(name).encode_ordinary(text))


def _cache_folder() -> Path:
    import platformdirs

    return platformdirs.user_cache_path("newsdesk") / "tiktoken"


def _unpack(name: str, table: Path) -> None:
    """Write a table beside its place and rename it, so that two processes can do it at once."""
    packed = files("pipeline").joinpath("assets", "tiktoken", f"{name}.tiktoken.xz").read_bytes()
    table.parent.mkdir(parents=True, exist_ok=True)
    beside = table.with_name(f"{table.name}.{os.getpid()}")
    beside.write_bytes(lzma.decompress(packed))
    beside.replace(table)
