"""The forms of crawled pages as plain data: where they go, what they carry, one of each shape."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from harness.pages import Visit, shape

# Forms that end the session or start long work are tried by tests of their own.
SKIPPED = ("/logout",)


@dataclass(frozen=True)
class Form:
    page: str
    action: str
    multipart: bool
    names: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    files: tuple[str, ...]

    @property
    def shape(self) -> tuple:
        return shape(self.action), tuple(sorted(set(self.names)))

    def filled(self, value: str) -> list[tuple[str, str]]:
        return [(name, value) for name in self.names]

    def with_values(self, **changed: str) -> list[tuple[str, str]]:
        """What a browser sends, with some fields changed."""
        kept = [(name, value) for name, value in self.values if name not in changed]
        return kept + list(changed.items())


def default(field: dict) -> str:
    return "on" if field.get("type") in {"checkbox", "radio"} else ""


def is_sent(field: dict) -> bool:
    """Whether a browser sends it when nobody touches the form and presses another button."""
    if field["tag"] == "button" or field.get("type") in {"submit", "button", "file"} or "disabled" in field:
        return False
    return field.get("type") not in {"checkbox", "radio"} or "checked" in field


def post_forms(visits: list[Visit]) -> list[Form]:
    """One of each shape, in order of discovery, with the values the page put in."""
    found: dict[tuple, Form] = {}
    for visit in visits:
        for raw in visit.document.forms if visit.document else []:
            targets = [raw.get("action") or visit.url]
            targets += [field["formaction"] for field in raw["fields"] if field.get("formaction")]
            for target in targets if raw.get("method", "get").lower() == "post" else []:
                path = urlsplit(urljoin("http://here" + visit.url, target))
                action = path.path + ("?" + path.query if path.query else "")
                if action.startswith(SKIPPED):
                    continue
                fields = [field for field in raw["fields"] if field.get("name")]
                form = Form(
                    page=visit.url, action=action, multipart="multipart" in raw.get("enctype", ""),
                    names=tuple(field["name"] for field in fields if field.get("type") != "file"),
                    values=tuple((field["name"], field.get("value") or default(field)) for field in fields if is_sent(field)),
                    files=tuple(field["name"] for field in fields if field.get("type") == "file"))
                found.setdefault(form.shape, form)
    return list(found.values())
