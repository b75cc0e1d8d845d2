"""The pages of story B2 that are measured: lists of every narrowing, boards, the pages of one record."""

from dataclasses import dataclass

LIST = "list"


@dataclass(frozen=True)
class Page:
    """A page of B2: what it is, its address, who opens it."""

    what: str
    url: str
    who: str = ""
    kind: str = "page"


def pages_of(number: dict[str, int]) -> list[Page]:
    """Every page of B2, given the numbers of the units they are about."""
    city = number["city"]
    found = [Page("home", "/"), Page("find by name", "/find/?q=高家村"), Page("board", "/board/")]
    found += [Page(f"board, {key}", f"/board/{pk}/") for key, pk in number.items()]
    found += [
        Page("board, rows: organisations", f"/board/{city}/organisations/", kind=LIST),
        Page(
            "board, rows: business districts",
            f"/board/{city}/organisations/?measure=mode-business_district",
            kind=LIST,
        ),
        Page("board, rows: employers", f"/board/{city}/employers/", kind=LIST),
        Page("public page, city", f"/unions/{city}/"),
        Page("public page, 1+N+X", f"/unions/{number['federation']}/"),
        Page("officer, organisations", "/register/organisations/", "mun", LIST),
        Page("officer, business districts", "/register/organisations/?mode=business_district", "mun", LIST),
        Page("officer, employers", "/register/employers/", "mun", LIST),
        Page("officer, employers, province", "/register/employers/", "prv", LIST),
        Page("officer, employers, federation", "/register/employers/", "fed", LIST),
        *(
            Page(f"officer, {what}", f"/register/{address}", "mun", LIST)
            for what, address in narrowed(number)
        ),
        Page("officer, employers, county", "/register/employers/", "cty", LIST),
        Page("officer, employers of 2019, county", "/register/employers/?day=2019-06-30", "cty", LIST),
        Page("board, city, 2019", f"/board/{city}/?day=2019-06-30"),
        Page("board, rows: employers, 2019", f"/board/{city}/employers/?day=2019-06-30", kind=LIST),
        Page("officer, one organisation", f"/register/organisations/{number['federation']}/", "mun"),
        Page("API, counts of the city", f"/api/network/organisations/{city}/counts"),
        Page("API, 1+N+X", f"/api/network/organisations/{number['federation']}/composition"),
    ]
    return found


def narrowed(number: dict[str, int]) -> list[tuple[str, str]]:
    """The lists of the city's officer narrowed or sorted: what was asked, and the address."""
    county = number["county"]
    return [
        ("organisations by name", "organisations/?sort=name"),
        ("organisations of 2019", "organisations/?day=2019-06-30"),
        ("organisations of 2019, county", f"organisations/?day=2019-06-30&under={county}"),
        ("organisations named 公司", "organisations/?name=公司"),
        ("organisations named 高家村", "organisations/?name=高家村"),
        ("employers by name", "employers/?sort=name"),
        ("employers, one kind and sector", "employers/?kind=enterprise&sector=other"),
        ("employers of last month", "employers/?day=2026-10-31"),
        ("employers of 2019", "employers/?day=2019-06-30"),
        ("employers of 2019, county", f"employers/?day=2019-06-30&under={county}"),
        ("employers of a county", f"employers/?under={county}"),
        ("employers named 公司", "employers/?name=公司"),
        ("employers named 高家", "employers/?name=高家"),
        ("blind spots", "employers/?covered=no"),
        ("blind spots, county", f"employers/?covered=no&under={county}"),
        ("blind spots of 2019", "employers/?covered=no&day=2019-06-30"),
    ]
