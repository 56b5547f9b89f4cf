"""What a page costs on the wire: the budgets of the design, counted from real answers."""

import brotli
import pytest

from harness.people import log_in


# These walk every page there is: their time grows with the product.
pytestmark = pytest.mark.timeout(900)
HTML, CSS, SCRIPT, REQUESTS, PUBLIC, UNCHANGED = 15_000, 12_000, 12_000, 6, 25_000, 1_000


def packed(data: bytes) -> int:
    return len(brotli.compress(data, quality=9))


def test_pages_are_light(company, accounts, paths):
    session = log_in(company, accounts["owner"])
    heavy, weighed = [], 0
    for path in paths:
        answer = session.get(company.url + path, timeout=60)
        weighed += 1
        if (size := packed(answer.content)) > HTML:
            heavy.append(f"{path}: {size} bytes packed, {len(answer.content)} plain")
    assert weighed >= 20
    assert not heavy, "\n".join(heavy)


def test_style_and_scripts_are_light(open_page, company, paths):
    page = open_page()
    sizes: dict[str, int] = {}
    heavy = []
    for path in paths:
        loaded = {"stylesheet": set(), "script": set()}
        count = []
        listener = lambda response: (count.append(response.url), loaded.get(response.request.resource_type, set()).add(response.url))
        page.context.clear_cookies(name="none")
        page.on("response", listener)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.remove_listener("response", listener)
        for kind, limit in (("stylesheet", CSS), ("script", SCRIPT)):
            for url in loaded[kind] - sizes.keys():
                sizes[url] = wire_size(url)
            if (total := sum(sizes[url] for url in loaded[kind])) > limit:
                heavy.append(f"{path}: {kind} {total} bytes")
        own = [url for url in count if url.startswith(company.url)]
        if len(own) > REQUESTS:
            heavy.append(f"{path}: {len(own)} requests {own}")
        if len(own) != len(count):
            heavy.append(f"{path}: asks others: {set(count) - set(own)}")
    assert sizes, "no style sheet or script was seen"
    assert not heavy, "\n".join(heavy)


def wire_size(url: str) -> int:
    import http.client
    from urllib.parse import urlsplit
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
    connection.request("GET", parts.path, headers={"Accept-Encoding": "br"})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200 and answer.getheader("Content-Encoding") == "br", f"{url} is not packed"
    assert "immutable" in (answer.getheader("Cache-Control") or ""), f"{url} is not kept by browsers"
    connection.close()
    return len(body)


def test_an_unchanged_page_is_not_sent_again(company, accounts, paths):
    session = log_in(company, accounts["owner"])
    kept, wrong = 0, []
    for path in paths:
        first = session.get(company.url + path, timeout=60)
        if not (tag := first.headers.get("ETag")):
            continue
        kept += 1
        second = session.get(company.url + path, headers={"If-None-Match": tag}, timeout=60)
        if second.status_code != 304 or second.content:
            wrong.append(f"{path}: {second.status_code}, {len(second.content)} bytes")
        if (head := sum(len(name) + len(value) + 4 for name, value in second.headers.items())) > UNCHANGED:
            wrong.append(f"{path}: {head} bytes of headers")
    assert kept >= 10, "hardly a page has an ETag"
    assert not wrong, "\n".join(wrong)


def test_a_change_makes_pages_anew(company, accounts, paths):
    """The other half of the promise: nobody sees yesterday's page."""
    session = log_in(company, accounts["owner"])
    path = next(path for path in paths if path.startswith("/clients/") and path.count("/") == 2 and path[-1].isdigit())
    tag = session.get(company.url + path, timeout=60).headers["ETag"]
    other = log_in(company, accounts["owner"])
    form = {"name": "Weight Test Ltd", "kind": "company"}
    made = other.post(company.url + "/clients", data=form, allow_redirects=False, timeout=60)
    assert made.status_code == 303, made.text[:500]
    again = session.get(company.url + path, headers={"If-None-Match": tag}, timeout=60)
    assert again.status_code == 200


@pytest.mark.parametrize("path", ["/login"])
def test_public_pages_are_lighter_still(company, path):
    import requests
    answer = requests.get(company.url + path, timeout=60)
    assert answer.status_code == 200
    assert packed(answer.content) < PUBLIC
