"""A page that shows every component once, for looking at it and for the checks of contrast and structure."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import engines

from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.widgets import DateInput

SHOW = """{% extends "ui/base.html" %}{% load i18n ui %}
{% block title %}Sestavni deli{% endblock %}
{% block breadcrumb %}{% breadcrumb "/" "Prva stran" "/desk/" "Moja miza" %}{% endblock %}
{% block content %}
<h1>Sestavni deli: čšž ČŠŽ</h1>
<p class="lead">Uvodni odstavek pove, kaj je na strani in kaj lahko tu naredite.</p>
{% alert "info" "Obvestilo." %}{% alert "success" "Uspelo je." %}{% alert "warning" "Opozorilo." %}{% alert "error" "Napaka." %}
<p>Navadno besedilo s <a href="/x/">povezavo</a>, <strong>poudarkom</strong>, <em>ležečim</em> in <code>kodo</code>. <span class="muted">Tišje besedilo.</span></p>
<ul class="cards">
<li class="card"><h2>Svetovalci</h2><p class="card__number">46,2 %</p><p class="muted">6 od 13 enot</p></li>
<li class="card card--good"><h2>Usposabljanje</h2><p class="card__number">{{ 14000|number }}</p><p><span class="tag tag--good">doseženo</span></p></li>
<li class="card card--warn"><h2>Preverjanje</h2><p class="card__number">–</p><p><span class="tag tag--warn">v teku</span></p></li>
<li class="card card--bad"><h2>Zaposlovanje</h2><p class="card__number">0</p><p><span class="tag tag--bad">zamuja</span> <span class="tag tag--plain">osnutek</span></p></li>
</ul>
<section class="card"><h2>Razdelek</h2><p>V okvirju.</p></section>
<dl class="facts"><dt>Enota</dt><dd>Oddelek za gospodarske dejavnosti in promet</dd><dt>Od</dt><dd>1. 1. 2026</dd></dl>
<form method="get" class="filter">
<div><label class="usa-label" for="q">Iskanje</label><input class="usa-input" type="search" id="q" name="q"></div>
<div><label class="usa-label" for="unit">Enota</label><select class="usa-select" id="unit" name="unit"><option>Vse enote</option></select></div>
<button class="usa-button usa-button--outline" type="submit">Prikaži</button></form>
<form method="get" class="filter">{{ filters }}<button class="usa-button usa-button--outline" type="submit">Prikaži</button></form>
<div class="table-scroll" role="region" tabindex="0" aria-labelledby="t1"><table class="usa-table"><caption id="t1">Enote</caption>
<thead><tr><th scope="col">Enota</th><th scope="col" class="number">Zaposlenih</th><th scope="col">Stanje</th><th scope="col">Naslednji korak</th></tr></thead>
<tbody>{% for row in page %}<tr><th scope="row"><a href="/x/">Oddelek {{ row }}</a></th><td class="number">{{ row|number }}</td><td><span class="tag tag--good">doseženo</span></td><td><a href="/x/">Imenuj</a></td></tr>{% endfor %}</tbody></table></div>
{% include "ui/pagination.html" with page=page %}
<p class="empty">Tu še ni ničesar. Najprej uvozite enote.</p>
<details><summary>Kako se to računa?</summary><p>Število enot s svetovalcem, deljeno s številom vseh enot.</p></details>
<p class="actions"><a class="usa-button" href="/x/">Naprej</a> <button type="button" class="usa-button usa-button--outline">Prekliči</button> <button type="button" class="usa-button usa-button--secondary">Izbriši</button> <button type="button" class="usa-button" disabled>Onemogočeno</button> <a href="/x/">Nazaj</a></p>
<div class="narrow"><form method="post" action="{% url "form" %}" enctype="multipart/form-data" class="stack">{% csrf_token %}{{ form }}<p class="actions"><button class="usa-button" type="submit">Shrani</button></p></form></div>
{% endblock %}"""


class Every(forms.Form):
    """Each kind of field; the first and the last are optional."""

    note = forms.CharField(label="Opomba", required=False, help_text="Kratko.")
    name = forms.CharField(label="Ime")
    email = forms.EmailField(label="E-naslov")
    count = forms.IntegerField(label="Število", min_value=1)
    day = forms.DateField(label="Dan", widget=DateInput(), help_text="Prvi dan.")
    unit = forms.ChoiceField(label="Enota", choices=[("", "—"), ("a", "Oddelek A"), ("b", "Oddelek B")])
    units = forms.MultipleChoiceField(label="Več enot", choices=[("a", "Oddelek A"), ("b", "Oddelek B")])
    level = forms.ChoiceField(
        label="Raven", widget=forms.RadioSelect, choices=[("1", "Osnovna"), ("2", "Srednja")], help_text="Vaša ocena."
    )
    topics = forms.MultipleChoiceField(
        label="Teme", widget=forms.CheckboxSelectMultiple, choices=[("1", "Varnost"), ("2", "Podatki")]
    )
    text = forms.CharField(label="Utemeljitev", widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="Datoteka")
    agreed = forms.BooleanField(label="Strinjam se", help_text="Brez tega ne gre.")
    secret = forms.CharField(label="Geslo", widget=forms.PasswordInput, required=False)


class Filters(forms.Form):
    """What a list can be narrowed by."""

    q = forms.CharField(label="Iskanje", required=False)
    on = forms.DateField(label="Na dan", required=False, widget=DateInput())


def _page(request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
    context = {"form": form, "page": page_of(request, range(120)), "filters": Filters(auto_id="filter_%s")}
    template = engines["django"].from_string(SHOW)
    return HttpResponse(template.render(context, request), status=status)


def show(request: HttpRequest) -> HttpResponse:
    """Every component."""
    if "message" in request.GET:
        messages.success(request, request.GET["message"])
    return _page(request, Every())


def fill_in(request: HttpRequest) -> HttpResponse:
    """The form after it was sent."""
    form = Every(request.POST or {}, request.FILES)
    form.is_valid()
    return _page(request, form, 422)


def forbidden(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Nobody may."""
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    """A fault."""
    raise RuntimeError("broken on purpose")
