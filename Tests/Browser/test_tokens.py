"""Contrast, recomputed from the style sheet's own tokens (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from harness.program import ROOT

SHEET = (ROOT / "Sources/Web/Assets/css/10-tokens.css").read_text()
PAIR = re.compile(r"--([\w-]+):\s*light-dark\(\s*(#[0-9A-Fa-f]{3,8})\s*,\s*(#[0-9A-Fa-f]{3,8})\s*\)")
TOKENS = {name: (light, dark) for name, light, dark in PAIR.findall(SHEET)}
TEXT = ["text", "muted", "accent", "danger", "warn", "ok", "info"]
TONES = ["accent", "danger", "warn", "ok", "info"]
SCHEMES = ["light", "dark"]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[at:at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_itself():
    assert contrast("#000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["page", "surface", "sunken"])
@pytest.mark.parametrize("name", TEXT)
def test_text_on_grounds(name, ground, scheme):
    at = SCHEMES.index(scheme)
    assert contrast(TOKENS[name][at], TOKENS[ground][at]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("tone", TONES)
def test_tones_on_their_tints(tone, scheme):
    at = SCHEMES.index(scheme)
    assert contrast(TOKENS[tone][at], TOKENS[f"{tone}-tint"][at]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["page", "surface", "sunken"])
@pytest.mark.parametrize("name", ["edge", "focus"])
def test_edges_and_focus(name, ground, scheme):
    at = SCHEMES.index(scheme)
    assert contrast(TOKENS[name][at], TOKENS[ground][at]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_on_accent_and_mark(scheme):
    at = SCHEMES.index(scheme)
    assert contrast(TOKENS["on-accent"][at], TOKENS["accent"][at]) >= 4.5
    assert contrast(TOKENS["text"][at], TOKENS["mark"][at]) >= 4.5
