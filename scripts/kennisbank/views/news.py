"""What changed lately: the page of news, the feeds, the marks on cards and pages; and what was looked at and left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from kennisbank import kinds
from kennisbank.model import EVERYWHERE, Change, KnowledgeBase
from kennisbank.views import common


class ChangeView(TypedDict):
    """One change, ready to print. ``links`` are the records that it is about; of an offer the intervention first."""

    on: str
    kind: str
    how: str
    record: str
    links: list[common.LinkView]
    institution: str
    intervention: str
    told: list[str]


class EditionView(TypedDict):
    """What changed with one edition, newest first; ``edition`` is ``None`` for what is in none yet."""

    edition: str | None
    changes: list[ChangeView]


class NewsView(TypedDict):
    """What the page `news` is printed from; the two lists are what can be chosen from."""

    editions: list[EditionView]
    institutions: list[common.LinkView]
    interventions: list[common.LinkView]
    total: int


class FeedView(TypedDict):
    """What a feed is printed from: of one institution, or of everything."""

    url: str
    page: str
    name: str | None
    updated: str
    changes: list[ChangeView]


def show_news(kb: KnowledgeBase) -> NewsView:
    """Every change by edition."""
    ordered = newest_first(kb.changes)
    views = [change_view(kb, change) for change in ordered]
    editions: dict[str | None, list[ChangeView]] = {}
    for change, view in zip(ordered, views, strict=True):
        editions.setdefault(change.edition, []).append(view)
    return {
        "editions": [{"edition": edition, "changes": changes} for edition, changes in editions.items()],
        "institutions": choices((view["institution"], view["links"]) for view in views),
        "interventions": choices((view["intervention"], view["links"]) for view in views),
        "total": len(views),
    }


def choices(named: Iterable[tuple[str, list[common.LinkView]]]) -> list[common.LinkView]:
    """The records that changes are about, by name: each once, out of its id and the links of the change."""
    found = {link["id"]: link for record_id, links in named for link in links if link["id"] == record_id}
    return sorted(found.values(), key=lambda link: common.name_key(link["name"]))


def newest_first(changes: Iterable[Change]) -> list[Change]:
    """The changes by day, the last first; within a day in the order of kinds and records."""
    ordered = sorted(changes, key=lambda change: (kinds.NAMES.index(change.kind), change.record))
    return sorted(ordered, key=lambda change: change.on, reverse=True)


def change_view(kb: KnowledgeBase, change: Change) -> ChangeView:
    """One change with the names and addresses of what it is about, as far as that is still there."""
    named = named_in(change)
    links = [link for records, record_id in named.items() if (link := link_to(kb, records, record_id))]
    return {
        "on": change.on,
        "kind": change.kind,
        "how": change.how,
        "record": change.record,
        "links": links or [{"id": change.record, "name": change.record, "url": ""}],
        "institution": named.get("institutions", ""),
        "intervention": named.get("interventions", ""),
        "told": list(change.told),
    }


def name_change(kb: KnowledgeBase, change: Change) -> str:
    """What a change is about, in one cell: the names of its records behind one another."""
    return " · ".join(link["name"] for link in change_view(kb, change)["links"])


def named_in(change: Change) -> dict[str, str]:
    """The records that a change is about, by their kinds; of an offer the intervention first."""
    return kinds.joined(change.kind, change.record.split("/"))


def link_to(kb: KnowledgeBase, records: str, record_id: str) -> common.LinkView | None:
    """A record as a link, to its page or to where it stands in a list; ``None`` when it is not on the site."""
    item = getattr(kb, records).get(record_id)
    if item is None:
        return None
    of_list = kinds.BY_NAME[records].listed
    page = f"{of_list}#{record_id}" if of_list else common.page_url(records, record_id)
    return {"id": record_id, "name": kinds.call(item.get, record_id), "url": page}


def show_feeds(kb: KnowledgeBase) -> list[FeedView]:
    """A feed of everything, and one of each institution: what is there, and what is in principle everywhere."""
    everything = [change_view(kb, change) for change in newest_first(kb.changes)]
    feeds = [feed_view("news.xml", "news.html", None, everything, kb.today)]
    for item in kb.institutions.values():
        page = common.url_of("institution", item.id)
        feeds.append(feed_view(feed_url(item.id), page, item.name, changes_at(kb, item.id), kb.today))
    return feeds


def changes_at(kb: KnowledgeBase, institution_id: str) -> list[ChangeView]:
    """What changed in an institution, and in what is in principle everywhere; the last first."""
    here = {institution_id, EVERYWHERE}
    own = (change for change in kb.changes if named_in(change).get("institutions") in here)
    return [change_view(kb, change) for change in newest_first(own)]


def feed_url(institution_id: str) -> str:
    """The address of the feed of an institution, relative to the root of the site."""
    return common.url_of("institution", institution_id).replace(".html", ".xml")


def feed_view(url: str, page: str, name: str | None, changes: list[ChangeView], today: str) -> FeedView:
    """One feed; one without changes is as new as the edition."""
    updated = changes[0]["on"] if changes else today
    return {"url": url, "page": page, "name": name, "updated": updated, "changes": changes}


class LeftOutView(TypedDict):
    """What the page `left_out` is printed from: by reason."""

    reasons: list[common.View]


def show_left_out(kb: KnowledgeBase) -> LeftOutView:
    """What was looked at and is not in, by reason, each by name."""
    return {
        "reasons": [
            {
                "label": term.label,
                "entries": [
                    {
                        "id": item.id,
                        "name": item.name,
                        "also_known_as": list(item.also_known_as),
                        "why": item.why,
                        "brings_in": item.brings_in,
                        "sources": common.source_views(kb, item.sources),
                    }
                    for item in common.by_name(kb.left_out.values())
                    if item.reason == term.id
                ],
            }
            for term in kb.vocabularies["left_out_reason"].values()
            if any(item.reason == term.id for item in kb.left_out.values())
        ]
    }
