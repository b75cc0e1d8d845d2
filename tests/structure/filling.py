"""Fills any form of the house as a person would: what stands stays, what is asked for gets a fitting word."""

from datetime import date

from bs4 import BeautifulSoup

DAY = date(2018, 8, 20)
WORDS = "按规定办理，材料齐全。"
BY_NAME = {
    "name": "下应新风联合工会委员会",
    "title": "年度工作",
    "headcount": "6",
    "female_headcount": "4",
    "migrant_headcount": "2",
    "password1": "Niangjia-2018-x",
    "password": "Niangjia-2018-x",
    "mobile": "13957400001",
    "uscc": "",
    "url": "",
    "industry_code": "",
}
"""Fields whose words follow from their name."""
FITTING = {"date": DAY.isoformat(), "number": "1"}


def form_for(html, address, page):
    """The form of a page that is sent to an address; None if there is none."""
    forms = BeautifulSoup(html, "html.parser").find_all("form", method="post")
    goals = [(form, (form.get("action") or page).split("?")[0]) for form in forms]
    return next((form for form, goal in goals if goal == address), None)


def filled(form, words):
    """Names and values as a browser would send them; `words` are what this road asks for."""
    told = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name = field.get("name")
        if not name or field.has_attr("disabled"):
            continue
        if name in words:
            told[name] = words[name]
        elif name not in told:
            value = _value(field, name)
            if value is not None:
                told[name] = value
    button = form.find("button", attrs={"name": True})
    if button and button["name"] not in told:
        told[button["name"]] = button.get("value", "")
    return told


def _value(field, name):
    asked, kind = field.has_attr("required"), field.get("type", "text")
    if field.name == "select":
        return _chosen(field)
    if field.name == "textarea":
        return field.text.strip() or (WORDS if asked else "")
    if kind in {"checkbox", "radio"}:
        return field.get("value", "on") if field.has_attr("checked") or asked else None
    if field.get("value") or kind in {"hidden", "submit"} or not asked:
        return field.get("value", "") or BY_NAME.get(name, "")
    return BY_NAME.get(name) or FITTING.get(kind) or WORDS[: int(field.get("maxlength", 60))]


def _chosen(field):
    options = field.find_all("option")
    chosen = [one for one in options if one.has_attr("selected") and one.get("value")]
    first = [one for one in options if one.get("value", one.text)]
    return (chosen or first or [{"value": ""}])[0].get("value", "")
