"""Which officer's phone a request comes from: told by a cookie, looked up in what the test has entered."""

from niangjia.kernel.access import PUBLIC

OFFICERS = {}


def loader(request):
    return OFFICERS.get(request.COOKIES.get("phone", ""), PUBLIC)
