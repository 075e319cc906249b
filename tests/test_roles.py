"""By role: every intervention stands somewhere, and nobody is told to be a function that no source names."""

from kennisbank import model, views


def test_every_intervention_stands_under_a_function_or_under_none(kb: model.KnowledgeBase) -> None:
    view = views.PAGES["roles"](kb)
    led = {item["name"] for role in view["roles"] for item in role["leads"]}
    unnamed = {item["name"] for item in view["unnamed"]}
    assert led | unnamed == {item.name for item in kb.interventions.values() if item.status == "published"}
    assert not led & unnamed


def test_what_no_source_names_is_no_function_to_choose(kb: model.KnowledgeBase) -> None:
    assert not {role["id"] for role in views.PAGES["roles"](kb)["roles"]} & set(kb.ids("role", vague=True))


def test_who_has_none_of_the_functions_can_still_report(kb: model.KnowledgeBase) -> None:
    """By a function that says nothing, so that no page tells anybody to ask for it."""
    others = set(kb.ids("role", reports=True))
    assert others and others <= set(kb.ids("role", vague=True))
    assert others <= {role["id"] for role in views.PAGES["propose"](kb)["roles"]}
