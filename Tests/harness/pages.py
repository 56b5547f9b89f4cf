"""Finds every page a person can reach, by following links as a browser without scripts would."""

import re
import time
from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests

# Of pages that differ only by a number or by the value of a parameter, this many stand for all.
EXAMPLES = 2
LIMIT = 2000
# A desk and a phone.
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 640}


@dataclass
class Document(HTMLParser):
    """One parsed page: its links, forms, headings and visible words."""

    html: str
    links: list[dict] = field(default_factory=list)
    forms: list[dict] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    title: str = ""
    language: str | None = None

    def __post_init__(self):
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.feed(self.html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "html":
            self.language = given.get("lang")
        if tag == "a" and "href" in given:
            self.links.append(given)
        if tag == "form":
            self.forms.append({**given, "fields": []})
        if tag in {"input", "select", "textarea", "button"} and self.forms:
            self.forms[-1]["fields"].append({"tag": tag, **given})
        if tag == "option" and self.forms and self.forms[-1]["fields"]:
            choice = self.forms[-1]["fields"][-1]
            if "value" not in choice or "selected" in given:
                choice["value"] = given.get("value") or ""
        for name in ("aria-label", "placeholder", "title", "alt"):
            if given.get(name):
                self.words.append(given[name])
        if tag not in {"input", "meta", "link", "br", "hr", "img", "use", "path", "wbr", "source", "col"}:
            self._open.append(tag)

    def handle_endtag(self, tag):
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data):
        if self._open and self._open[-1] == "textarea" and self.forms:
            # HTML drops one line break right after the tag.
            self.forms[-1]["fields"][-1]["value"] = data.removeprefix("\n")
        if not data.strip() or not self._open or self._open[-1] in {"script", "style"}:
            return
        if self._open[-1] == "title":
            self.title += data
        if "h1" in self._open:
            self.headings.append(data.strip())
        self.words.append(data.strip())


def shape(url: str) -> str:
    """A path with numbers and keys left out, and the names of its parameters: `/clients/:id?sort`."""
    parts = urlsplit(url)
    path = re.sub(r"/(?:\d+|[0-9a-f]{16,}|[A-Za-z0-9_-]{22,})(?=/|$)", "/:id", parts.path)
    names = sorted({name for name, value in parse_qsl(parts.query, keep_blank_values=True)})
    return path + ("?" + "&".join(names) if names else "")


@dataclass
class Visit:
    url: str
    status: int
    document: Document | None
    answer: requests.Response


def crawl(session: requests.Session, base: str, start: str = "/") -> list[Visit]:
    """Pages in order of discovery, a few of each shape. GET only; log-out and files are left out."""
    waiting, known, counts, visits = deque([start]), {start}, {}, []
    while waiting and len(visits) < LIMIT:
        path = waiting.popleft()
        answer = session.get(base + path, timeout=60)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        document = Document(answer.text) if is_page else None
        landed = answer.url.removeprefix(base)
        visits.append(Visit(landed, answer.status_code, document, answer))
        if document is None:
            continue
        for link in document.links:
            target = urlsplit(urljoin(answer.url, link["href"]))
            if f"{target.scheme}://{target.netloc}" != base or "download" in link:
                continue
            found = target.path + ("?" + target.query if target.query else "")
            if found in known:
                continue
            known.add(found)
            kind = shape(found)
            counts[kind] = counts.get(kind, 0) + 1
            if counts[kind] <= EXAMPLES:
                waiting.append(found)
    return visits


def examples(visits: list[Visit]) -> list[str]:
    """One URL of each shape of page that answered 200 with HTML."""
    chosen: dict[str, str] = {}
    for visit in visits:
        if visit.status == 200 and visit.document is not None:
            chosen.setdefault(shape(visit.url), visit.url)
    return list(chosen.values())


def wait_until(page, condition: str, argument=None) -> None:
    """Until it holds in the page, a function's text or an expression. Not by `wait_for_function`: that evaluates text within the
    page, which the page's own policy refuses unless it holds at the first look."""
    end = time.monotonic() + 15
    while not page.evaluate(condition, argument):
        assert time.monotonic() < end, f"it never came about: {condition}"
        page.wait_for_timeout(50)
