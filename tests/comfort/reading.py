"""Pages as a person reads them."""

from bs4 import BeautifulSoup


def text_of(answer):
    assert answer.status_code in {200, 409, 422}, answer.status_code
    main = BeautifulSoup(answer.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


def form_of(answer):
    """The names of the fields of the page's own form."""
    main = BeautifulSoup(answer.content, "html.parser").find("main")
    form = main.find("form", method="post")
    return [field["name"] for field in form.find_all(["input", "select", "textarea"]) if field.get("name")]
