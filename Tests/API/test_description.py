"""The API as programs meet it: tokens from the command line, a description that is valid and kept by a live server."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests
from openapi_spec_validator import OpenAPIV31SpecValidator

from harness.api import OWNER, caller, found_company
from harness.program import ROOT, Program

CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "missing_required_header", "unsupported_method",
]
# Everything: a token that lacks a permission is refused before anything else is looked at.
SCOPES = ",".join(
    [f"{what}:{how}" for what in ("clients", "history", "facts", "promises", "tasks", "dossier", "deals", "purchases")
     for how in ("read", "write")] + ["margins:read", "handover"])


@pytest.fixture
def served(program: Program):
    """A company of the test's own on each engine, and a token for everything."""
    found_company(program)
    program.stop()
    token = program.command("token", "add", "--account", OWNER, "--name", "test", "--scopes", SCOPES).strip()
    program.start()
    yield program, token
    program.stop()
    assert not program.crashes(), "\n".join(program.crashes())


def seed(program: Program, token: str) -> None:
    """Clients with people, history and facts, so that small ids lead somewhere."""
    api, base = caller(token), f"{program.url}/api/v1"
    items = [{"kind": "company" if n % 3 else "person", "name": f"Client {n}", "ownNumber": f"N{n}", "tags": ["a"]} for n in range(20)]
    made = api.post(f"{base}/clients/bulk", json={"match": "number", "items": items}, timeout=60).json()
    for currency in ("USD", "GBP"):
        answer = api.post(f"{base}/rates", json={"currency": currency, "from": "2026-01-01", "value": "0.9"}, timeout=60)
        assert answer.status_code == 201, answer.text
    won = next(stage["id"] for stage in api.get(f"{base}/stages", timeout=60).json()["stages"] if stage["phase"] == "won")
    me = api.get(f"{base}/me", timeout=60).json()["id"]
    for result in made["results"]:
        at = f"{base}/clients/{result['id']}"
        api.post(f"{at}/people", json={"person": {"name": "Ann"}, "role": "CEO"}, timeout=60)
        api.post(f"{at}/history", json={"kind": "note", "body": "note"}, timeout=60)
        api.post(f"{at}/facts", json={"kind": "preference", "text": "tea"}, timeout=60)
        for path, one in [
            (f"{at}/promises", {"side": "us", "what": "price", "dueDate": "2030-11-20"}),
            (f"{at}/opportunities", {"text": "A shop in Varna", "toId": me}),
            (f"{at}/deals", {"name": "Survey", "list": 100000, "agreed": 90000, "urgent": True}),
            (f"{at}/dossier", {"section": "cost", "date": "2026-03-12", "what": "Free work"}),
            (f"{base}/tasks", {"title": "Send the list", "clientId": result["id"]}),
        ]:
            answer = api.post(path, json=one, timeout=60)
            assert answer.status_code == 201, f"{path}: {answer.status_code} {answer.text}"
            if path.endswith("/deals"):
                # A won one leaves proposals for the dossier.
                answer = api.post(f"{base}/deals/{answer.json()['id']}/stage", json={"stageId": won}, timeout=60)
                assert answer.status_code == 200, answer.text


def test_token_commands(program):
    found_company(program)
    program.stop()
    token = program.command("token", "add", "--account", OWNER, "--name", "till", "--scopes", "clients:read").strip()
    listed = program.command("token", "list").splitlines()
    assert len(listed) == 1 and "clients:read" in listed[0] and token not in listed[0]
    program.start()
    assert caller(token).get(f"{program.url}/api/v1/clients", timeout=60).status_code == 200
    assert caller(token).post(f"{program.url}/api/v1/clients", json={}, timeout=60).status_code == 403
    program.stop()
    program.command("token", "revoke", listed[0].split("\t")[0])
    program.command("token", "revoke", listed[0].split("\t")[0], fails=True)
    program.command("token", "add", "--account", "nobody@example.com", "--name", "x", "--scopes", "clients:read", fails=True)
    program.command("token", "add", "--account", OWNER, "--name", "x", "--scopes", "everything", fails=True)
    program.start()
    answer = caller(token).get(f"{program.url}/api/v1/clients", timeout=60)
    assert answer.status_code == 401 and answer.headers["WWW-Authenticate"].startswith("Bearer")
    program.stop()


def test_description_is_valid(served):
    program, _ = served
    document = requests.get(f"{program.url}/api/v1/openapi.json", timeout=60).json()
    assert document["openapi"].startswith("3.1") and len(document["paths"]) > 15
    OpenAPIV31SpecValidator(document).validate()


@pytest.mark.timeout(600)
def test_schemathesis(served, tmp_path: Path):
    program, token = served
    seed(program, token)
    command = [
        Path(sys.executable).with_name("schemathesis"), "run", f"{program.url}/api/v1/openapi.json", "--checks", ",".join(CHECKS),
        "--header", f"Authorization: Bearer {token}", "--phases", "examples,coverage,fuzzing", "--max-examples", "25", "--seed", "7",
        "--generation-deterministic", "--max-time", "100", "--suppress-health-check", "all", "--warnings", "off", "--no-color",
        "--continue-on-failure", "--no-shrink",
    ]
    # 428 is the answer made for it (RFC 6585).
    (tmp_path / "schemathesis.toml").write_text("[checks.missing_required_header]\nexpected-statuses = [401, 428]\n")
    environment = program.environment | {"SCHEMATHESIS_HOOKS": "harness.schemathesis_hooks", "PYTHONPATH": str(ROOT / "Tests")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2000:]
