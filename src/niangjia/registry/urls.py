"""Roads to the faces of this app."""

from django.urls import path

from niangjia.registry.views import officers

PERSON = "people/<int:person_id>/"

urlpatterns = [
    path("people/", officers.find, name="find-person"),
    path("people/register/", officers.register, name="register-person"),
    path(PERSON, officers.person, name="person"),
    path(f"{PERSON}edit/", officers.correct, name="correct-person"),
    path(f"{PERSON}documents/<int:document_id>/reveal/", officers.reveal_document, name="reveal-document"),
    path(f"{PERSON}contacts/<int:contact_id>/reveal/", officers.reveal_contact, name="reveal-contact"),
]
