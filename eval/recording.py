"""Recording a run: the replies of a model on a cassette, from which `--model replay:CASSETTE` plays them back."""

from __future__ import annotations

from pathlib import Path

from langchain_core.language_models import BaseChatModel

from pipeline.models.cassette import RecordingChatModel
from pipeline.models.faults import model_name


class RecordedWriter(RecordingChatModel):
    """A recorded model that goes by the name under which it is evaluated."""

    writer: str

    @property
    def _llm_type(self) -> str:
        return self.writer


def recorded(model: BaseChatModel, writer: str, cassette: Path) -> RecordedWriter:
    """The same model as `writer`, whose replies are also appended to the cassette."""
    return RecordedWriter(model=model, model_name=model_name(model), path=str(cassette), writer=writer)
