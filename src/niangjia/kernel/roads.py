"""How numbers stand in addresses."""

from django.urls.converters import IntConverter


class Number(IntConverter):
    """`<number:…>`: a number that fits the database; a longer one leads nowhere (404)."""

    regex = "[0-9]{1,15}"
