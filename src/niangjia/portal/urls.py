"""Roads to the faces of this app."""

from django.urls import path

from niangjia.portal.views import board, desk, public, settings

urlpatterns = [
    path("", public.home, name="home"),
    path("find/", public.find, name="find"),
    path("unions/<int:unit_id>/", public.organisation, name="public-organisation"),
    path("board/", board.board, name="board"),
    path("board/<int:unit_id>/", board.board, name="board"),
    path("board/<int:unit_id>/organisations/", board.board_organisations, name="board-organisations"),
    path("board/<int:unit_id>/members/", board.board_members, name="board-members"),
    path("board/<int:unit_id>/employers/", board.board_employers, name="board-employers"),
    path("desk/", desk.desk, name="desk"),
    path("settings/size/", settings.set_size, name="set-size"),
    path("settings/language/", settings.set_language, name="set_language"),
    path("help/", settings.help_page, name="help"),
    path("accessibility/", settings.accessibility, name="accessibility"),
    path("privacy/", settings.privacy, name="privacy"),
    path("styleguide/", settings.styleguide, name="styleguide"),
]
