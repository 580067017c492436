"""`trophees mcp` as hosts meet it: a process of its own, over its standard streams and over HTTP."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from agents.conftest import Asking, asking
from agents.test_tools import TOOLS
from trophees.cli.main import main

if TYPE_CHECKING:
    from mcp import Client

pytestmark = pytest.mark.xdist_group("agents")  # one process imports the SDK, which takes seconds
ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "agents.md").read_text("utf-8")
BLOCKS = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)]


def started(command: str, arguments: list[str]) -> Client:
    """A client of a server that it starts."""
    from mcp import Client, StdioServerParameters
    from mcp.client.stdio import stdio_client

    return Client(stdio_client(StdioServerParameters(command=command, args=arguments, env=dict(os.environ))))


def tools(agent: Asking) -> list[str]:
    return sorted(tool.name for tool in agent.wait(agent.client.list_tools()).tools)


@pytest.mark.slow
def test_messages_that_are_no_text_are_refused_in_a_sentence_each() -> None:
    messages = {
        r'{"query": "ASK {}", "x": {"\ud800": null}}': 1,
        r'{"query": "\ud800"}': 2,
        r'{"query": "ASK {}", "parameters": {"x": "\udfff"}}': 3,
        '{"query": "ASK {}"': None,
    }
    calls = [
        f'{{"jsonrpc": "2.0", "id": {number}, "method": "tools/call", '
        f'"params": {{"name": "ask", "arguments": {arguments}}}}}\n'
        for number, arguments in enumerate(messages, 1)
    ]
    command = [sys.executable, "-m", "trophees", "mcp"]
    done = subprocess.run(command, input="".join(calls), capture_output=True, text=True, timeout=60)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(answer["id"], answer["error"]["code"]) for answer in answers} == {(n, -32700) for n in messages.values()}
    assert len(answers) == len(messages)
    for answer in answers:
        assert "half of a surrogate pair is no character" in answer["error"]["message"]


def servers(block: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = block.get("mcpServers") or block.get("servers") or {}
    return found


def test_a_host_that_goes_without_reading_its_answer_leaves_no_traceback() -> None:
    command = [sys.executable, "-m", "trophees", "mcp"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        assert server.stderr is not None
        server.stdout.close()
        server.stdin.write(b'{"jsonrpc": "2.0", "id": 1, "method": "nothing"}\n')
        server.stdin.close()
        assert server.stderr.read() == b""
        assert server.wait(60) == 0


def test_the_documented_configurations_are_those_of_two_hosts() -> None:
    assert [next(iter(block)) for block in BLOCKS] == ["mcpServers", "servers", "servers"]


@pytest.mark.slow
@pytest.mark.parametrize("block", [block for block in BLOCKS if "command" in str(block)])
def test_a_documented_configuration_starts_a_server_whose_tools_answer(block: dict[str, Any]) -> None:
    (entry,) = servers(block).values()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert Path(entry["command"]).name in project["scripts"]
    assert entry["args"][0] in main.commands
    with asking(started(sys.executable, ["-m", "trophees", *entry["args"]])) as agent:
        assert tools(agent) == TOOLS
        assert agent.told("ask", query="ASK { ?l a tp:Laureate }")["boolean"] is True
        assert agent.told("search", words="Cachan")["total"] > 0
        assert "nothing is called" in agent.refusal("describe", thing="nobody-at-all")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a server over HTTP."""
    command = [sys.executable, "-m", "trophees", "mcp", "--http", "--port", "0", "--allow-host", "data.example.org"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        yield process.stderr.readline().strip()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (0, -signal.SIGTERM)


@pytest.mark.slow
def test_over_http_the_tools_answer(address: str) -> None:
    from mcp import Client

    assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/mcp", address)
    with asking(Client(address)) as agent:
        assert tools(agent) == TOOLS
        assert agent.told("ask", query="SELECT ?l { ?l a tp:Laureate }", limit=1)["total"] > 1


@pytest.mark.parametrize(("headers", "status"), [
    ({}, 200),
    ({"Host": "data.example.org"}, 200),
    ({"Host": "data.example.org", "Origin": "https://data.example.org"}, 200),
    ({"Host": "evil.example"}, 421),
    ({"Origin": "https://evil.example"}, 403),
])  # fmt: skip
def test_a_page_of_another_site_gets_nothing(address: str, headers: dict[str, str], status: int) -> None:
    """It may have its name lead to this machine."""
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "0"}},
    }  # fmt: skip
    sent = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", **headers}
    request = urllib.request.Request(address, json.dumps(hello).encode(), sent)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            got = answer.status
    except urllib.error.HTTPError as error:
        got = error.code
    assert got == status


@pytest.mark.slow
def test_what_cannot_be_listened_on_is_said_in_a_sentence() -> None:
    command = [sys.executable, "-m", "trophees", "mcp", "--http", "--host", "192.0.2.1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert re.fullmatch(r"trophees: 192\.0\.2\.1:8765: cannot listen \([^\n]+\)\n", done.stderr)
