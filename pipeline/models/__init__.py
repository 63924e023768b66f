"""Language models behind LangChain's chat model: which one a spec names, and one call that ends in a reply or an error.

    chat_model("openai:NAME" | "replay:PATH" | "PROVIDER:NAME")  →  BaseChatModel
    complete(model, messages, deadline_seconds=…)                →  Reply, or ModelError with the next step
    model_text(model, deadline_seconds)                          →  the same as a link of a chain

Replies are recorded and replayed by `pipeline.models.cassette`.
"""

from pipeline.models.completion import complete, model_text
from pipeline.models.providers import chat_model

__all__ = ["chat_model", "complete", "model_text"]
