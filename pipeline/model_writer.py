"""The writer that asks a language model: prompt | chat model, with the evidence numbered for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langchain_core.runnables import RunnableLambda

from pipeline.models import model_text
from pipeline.templates import Template, number_evidence
from pipeline.writing import Task, Writer

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def model_writer(template: Template, about: str, model: BaseChatModel, deadline_seconds: float) -> Writer:
    """A writer that fills the template and sends it; `about` is the placeholder for what the task is about.

    Running it raises ModelError when the model gives no whole reply within the deadline.
    """

    def fill(task: Task) -> dict[str, str]:
        return {about: task.about, "evidence": number_evidence(task.evidence)}

    return RunnableLambda(fill, name="number evidence") | template.prompt | model_text(model, deadline_seconds)
