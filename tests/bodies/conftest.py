from tests.network.conftest import acting, county_desk, land

__all__ = ["acting", "county_desk", "land"]
