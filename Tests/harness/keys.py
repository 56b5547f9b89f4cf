"""Keys as other layouts send them."""

from playwright.sync_api import Page


def press_as_russian(page: Page, key: str, code: str) -> None:
    """A key as a Russian layout sends it: the letter is Cyrillic, the place on the keyboard is the same."""
    wire = page.context.new_cdp_session(page)
    virtual = ord(code[-1])
    for kind in ("keyDown", "keyUp"):
        wire.send("Input.dispatchKeyEvent", {
            "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": virtual, **({"text": key} if kind == "keyDown" else {})})
