"""The drawing of a workflow for the documents, as Mermaid text, made from the table itself."""

from collections.abc import Callable

from niangjia.kernel.words import Said
from niangjia.kernel.workflow.table import Step, Workflow

Translate = Callable[[str], str]


def mermaid(workflow: Workflow, translate: Translate = str) -> str:
    """The state diagram with the words of the reader's language.

    >>> print(mermaid(Workflow("draft", (Step("send", "draft", "sent", "paper.send"),))))
    stateDiagram-v2
        draft : draft
        sent : sent
        [*] --> draft
        draft --> sent : send
        sent --> [*]
    """
    names = [f"{state} : {_safe(workflow.label(state), translate)}" for state in workflow.ordered_states]
    ways = [f"{step.source} --> {step.target} : {_button(step, translate)}" for step in workflow.steps]
    last = workflow.ends or workflow.last_states
    ends = [f"{state} --> [*]" for state in workflow.ordered_states if state in last]
    return "\n    ".join(["stateDiagram-v2", *names, f"[*] --> {workflow.start}", *ways, *ends])


def _button(step: Step, translate: Translate) -> str:
    word = _safe(step.label, translate) if step.label else step.name
    return f"{word} ✓" if step.guards else word


def _safe(said: Said, translate: Translate) -> str:
    """The words without the signs that Mermaid reads."""
    text = said.render(translate)
    return text.replace(":", "：").replace(";", "；").replace("\n", " ")
