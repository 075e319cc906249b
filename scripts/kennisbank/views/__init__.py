"""From the knowledge base to what a page shows: labels resolved, order fixed, no HTML.

``PAGES`` lists what a page may call: the name, the view, and whether it is about one record.
Every view is a plain dict of text, numbers, lists and dicts; addresses are relative to the root of the site.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kennisbank.views.book import PartPlan, plan_book, show_register
from kennisbank.views.builder import show_builder
from kennisbank.views.catalogue import show_catalogue
from kennisbank.views.category import show_categories, show_category
from kennisbank.views.choosing import show_compare, show_guide, show_my_list, show_overview, show_transfer
from kennisbank.views.control import show_control_index, show_control_sheet, show_control_sheets
from kennisbank.views.decks import show_decks
from kennisbank.views.downloads import show_downloads, show_files
from kennisbank.views.entry import show_intervention, show_intervention_end
from kennisbank.views.fitting import show_guide_data
from kennisbank.views.institution import show_institution, show_institutions
from kennisbank.views.leaflet import has_leaflet, show_leaflet
from kennisbank.views.linked import LINKED
from kennisbank.views.matrix import matrix_rows, show_matrix
from kennisbank.views.menu import show_audience_card, show_cards, show_menu_card
from kennisbank.views.news import show_feeds, show_left_out, show_news
from kennisbank.views.organisation import show_organisation, show_organisations
from kennisbank.views.plots import show_plots
from kennisbank.views.propose import show_control_enter, show_propose
from kennisbank.views.quality import show_quality
from kennisbank.views.roles import show_roles
from kennisbank.views.script_data import show_choice, show_choice_facts, show_codes
from kennisbank.views.search import show_search
from kennisbank.views.self_test import show_self_test
from kennisbank.views.sessions import show_trainings
from kennisbank.views.sheet import show_sheets
from kennisbank.views.site import (
    show_citation,
    show_contact,
    show_figures,
    show_glossary,
    show_home,
    show_self_scan,
    show_sources,
)
from kennisbank.views.tour import show_tour
from kennisbank.views.training import show_training
from kennisbank.views.white_spots import show_gaps

PAGES: Mapping[str, Callable[..., Mapping[str, object]]] = {
    "intervention": show_intervention,
    "intervention_end": show_intervention_end,
    "institution": show_institution,
    "organisation": show_organisation,
    "category": show_category,
    "training": show_training,
    "home": show_home,
    "catalogue": show_catalogue,
    "institutions": show_institutions,
    "organisations": show_organisations,
    "categories": show_categories,
    "trainings": show_trainings,
    "downloads": show_downloads,
    "files": show_files,
    "builder": show_builder,
    "decks": show_decks,
    "self_test": show_self_test,
    "tour": show_tour,
    "sources": show_sources,
    "glossary": show_glossary,
    "figures": show_figures,
    "contact": show_contact,
    "citation": show_citation,
    "plots": show_plots,
    "quality": show_quality,
    "matrix": show_matrix,
    "gaps": show_gaps,
    "roles": show_roles,
    "self_scan": show_self_scan,
    "menu_card": show_menu_card,
    "audience_card": show_audience_card,
    "cards": show_cards,
    "leaflet": show_leaflet,
    "guide": show_guide,
    "compare": show_compare,
    "my_list": show_my_list,
    "overview": show_overview,
    "transfer": show_transfer,
    "control_sheet": show_control_sheet,
    "control_sheets": show_control_sheets,
    "control_index": show_control_index,
    "control_enter": show_control_enter,
    "propose": show_propose,
    "news": show_news,
    "left_out": show_left_out,
}

__all__ = [
    "LINKED",
    "PartPlan",
    "PAGES",
    "has_leaflet",
    "matrix_rows",
    "plan_book",
    "show_choice",
    "show_choice_facts",
    "show_codes",
    "show_feeds",
    "show_guide_data",
    "show_register",
    "show_search",
    "show_sheets",
]
