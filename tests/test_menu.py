"""The cards to hang on a unit: over every institution, what may stand on a wall."""

from kennisbank import model, render, views


def read_asked(kb: model.KnowledgeBase, institution: str) -> str:
    """The sentence on the card that says whom to ask, in small letters."""
    view = views.PAGES["menu_card"](kb, institution)
    card = render.render("menu_card", view, "../", {"today": kb.today, "site_url": ""})
    return card[card.index("Vraag het aan") :].split("</p>")[0].lower()


def test_a_card_asks_each_function_once_and_only_those_that_are_named(kb: model.KnowledgeBase) -> None:
    for institution in kb.institutions:
        asked = read_asked(kb, institution)
        for role in kb.vocabularies["role"].values():
            assert asked.count(role.label.lower()) <= 1, (institution, role.label)
        assert asked.count("casemanager") <= 1, institution
        assert "niet vermeld" not in asked, institution


def test_a_card_says_nothing_that_is_not_known(kb: model.KnowledgeBase) -> None:
    for institution in kb.institutions:
        assert all(offer["status"]["id"] != "unknown" for offer in views.PAGES["menu_card"](kb, institution)["offers"])


def test_young_people_are_not_sent_to_a_case_manager(kb: model.KnowledgeBase) -> None:
    for institution, record in kb.institutions.items():
        if record.kind in {"jji", "rjji"}:
            assert "casemanager" not in read_asked(kb, institution), institution
