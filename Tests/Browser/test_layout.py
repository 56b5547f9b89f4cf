"""Every page at every size: nothing scrolls sideways, nothing is lost, nothing is too small to press, nothing moves."""

import pytest

from harness.pages import NARROW, WIDE, wait_until

# These walk every page there is: their time grows with the product.
pytestmark = pytest.mark.timeout(900)

SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll('*')].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width && box.right > width + 0.5 && !node.closest('.scroll, .hide, [popover]:not(:popover-open), dialog:not([open])');
  }).slice(0, 4).map(node => node.outerHTML.slice(0, 140));
}"""

# A pseudo-locale: every text four tenths longer, by words, as a translation is.
LONGER = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walk.nextNode()) if (walk.currentNode.data.trim().length > 3) texts.push(walk.currentNode);
  for (const text of texts) {
    const words = text.data.trim().split(/\\s+/);
    let extra = Math.ceil(text.data.trim().length * 0.4), more = [];
    for (let i = 0; extra > 0; i++) { more.push(words[i % words.length].slice(0, 9)); extra -= more.at(-1).length + 1; }
    text.data += ' ' + more.join(' ');
  }
  return texts.length;
}"""


# Not by wait_for_function: a page's own policy refuses what that evaluates.
TOO_WIDE = """() => new Promise(done => {
  const page = document.documentElement, until = performance.now() + 3000;
  const look = () => {
    if (page.scrollWidth <= page.clientWidth) done(false);
    else if (performance.now() > until) done(true);
    else requestAnimationFrame(look);
  };
  look();
})"""


def is_too_wide(page) -> bool:
    """Once everything has answered to its size: a table's frame does so after the next picture."""
    return page.evaluate(TOO_WIDE)


@pytest.mark.parametrize("width", [320, 800, 1200, 1440])
def test_nothing_scrolls_sideways(open_page, paths, width):
    page = open_page()
    page.set_viewport_size({"width": width, "height": 800})
    wrong = []
    for path in paths:
        page.goto(path)
        if is_too_wide(page):
            wrong.append(f"{path}: {page.evaluate(SIDEWAYS)}")
        assert page.evaluate(LONGER) > 5, f"{path} has no text"
        if is_too_wide(page):
            wrong.append(f"{path}, texts 40 % longer: {page.evaluate(SIDEWAYS)}")
    assert not wrong, "\n".join(wrong)


def test_twice_the_text_size_loses_nothing(open_page, paths):
    page = open_page(size="narrow", bypass_csp=True)
    page.set_viewport_size({"width": 640, "height": 900})
    wrong = []
    for path in paths:
        page.goto(path)
        page.add_style_tag(content="html { font-size: 200% !important; }")
        if is_too_wide(page):
            wrong.append(f"{path}: {page.evaluate(SIDEWAYS)}")
    assert not wrong, "\n".join(wrong)


SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, textarea')].filter(node => {
  const style = getComputedStyle(node);
  if (style.visibility === 'hidden' || !node.checkVisibility() || node.closest('.hide, .skip')) return false;
  // A link inside a sentence is as tall as its line (WCAG 2.5.8, inline).
  const parent = node.parentElement;
  const inSentence = node.matches('a') && style.display === 'inline' &&
    [...parent.childNodes].some(other => other !== node && other.nodeType === Node.TEXT_NODE && other.data.trim());
  if (inSentence) return false;
  // A tick or radio is pressed by its label as well.
  const boxes = [node, ...(node.labels ?? [])].map(item => item.getBoundingClientRect());
  return !boxes.some(box => box.width >= 23.5 && box.height >= 23.5);
}).map(node => `${Math.round(node.getBoundingClientRect().width)}×${Math.round(node.getBoundingClientRect().height)} ${node.outerHTML.slice(0, 120)}`)"""


def test_targets_are_large_enough(open_page, paths):
    page = open_page(size="narrow")
    wrong = []
    for path in paths:
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.goto(path)
            wrong += [f"{path} at {size['width']}: {small}" for small in page.evaluate(SMALL)]
    assert not wrong, f"{len(wrong)} small targets\n" + "\n".join(wrong[:40])


def test_nothing_moves_while_a_page_loads(open_page, paths):
    page = open_page()
    page.add_init_script("""
      window.shift = 0;
      new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value; })
        .observe({ type: 'layout-shift', buffered: true });""")
    wrong = []
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        if (shift := page.evaluate("window.shift")) > 0.02:
            wrong.append(f"{path}: layout shift {shift:.3f}")
    assert not wrong, "\n".join(wrong)


def test_headings_of_a_table_that_fits_stay_in_sight(open_page):
    page = open_page()
    page.goto("/clients")
    page.wait_for_selector(".scroll.fits")
    page.mouse.wheel(0, 900)
    wait_until(page, "scrollY > 600")
    assert page.evaluate("""() => {
      const bar = document.querySelector('.top').getBoundingClientRect(), head = document.querySelector('.fits thead th').getBoundingClientRect();
      return Math.abs(head.top - bar.bottom) <= 1;
    }"""), "the heading went away with its rows"
    # Where it no longer fits, it scrolls in its frame.
    page.set_viewport_size({"width": 700, "height": 900})
    page.wait_for_selector(".scroll:not(.fits)")
