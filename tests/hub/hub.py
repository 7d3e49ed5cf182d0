"""A JupyterHub in a process, and one of its users at a browser that knows HTTP only."""

import json
import os
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
import websocket
from recipe import HUB, block, moved

PATIENCE = 90
FOR_THE_TEST = """
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.SimpleLocalProcessSpawner.home_dir_template = "{homes}/{{username}}"
c.Spawner.args = ["--allow-root"]
c.Spawner.env_keep = [*c.Spawner.env_keep.get_value([]), "GIT_CONFIG_SYSTEM"]
c.JupyterHub.bind_url = "http://127.0.0.1:{ports[0]}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{ports[1]}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
"""


def free_ports(number: int) -> list[int]:
    """Ports that nothing listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@contextmanager
def running(folder: Path, homes: Path, system_gitconfig: Path) -> Iterator[str]:
    """A hub with the recipe's settings, its files in `folder`; its address."""
    ports = free_ports(3)
    settings = moved(block("python", "c.Spawner.environment"), home=homes)
    settings += FOR_THE_TEST.format(homes=homes, ports=ports)
    (folder / "jupyterhub_config.py").write_text(settings, encoding="utf-8")
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "BNLIB"))}
    # Nothing of whoever runs the test.
    for name in ("HOME", "JUPYTER_CONFIG_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        variables.pop(name, None)
    variables |= {"GIT_CONFIG_SYSTEM": str(system_gitconfig), "JUPYTERHUB_CRYPT_KEY": ""}
    with (folder / "hub.log").open("w") as log:
        hub = subprocess.Popen(
            [HUB / "bin/jupyterhub", "--log-level=INFO"],
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{ports[0]}"
    try:
        for _ in range(PATIENCE * 5):
            try:
                if requests.get(f"{address}/hub/health", timeout=5).ok:
                    break
            except requests.ConnectionError:
                assert hub.poll() is None, (folder / "hub.log").read_text()
            time.sleep(0.2)
        yield address
    finally:
        # Its users' servers and its proxy end with it.
        hub.send_signal(signal.SIGTERM)
        try:
            hub.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(hub.pid, signal.SIGKILL)
            hub.wait()


class User:
    """Somebody who logs in, follows a link, and works in notebooks on their own server."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self.name = address, name
        self.web = requests.Session()
        self.web.get(f"{address}/hub/login").raise_for_status()
        login = {"username": name, "password": "any", "_xsrf": self._xsrf("/hub/")}
        self.web.post(f"{address}/hub/login?next=/hub/home", login).raise_for_status()

    def _xsrf(self, path: str) -> str:
        return next(c.value for c in self.web.cookies if c.name == "_xsrf" and c.path == path)

    def follow(self, link: str) -> str:
        """Open an nbgitpuller link, starting the server; what its page shows while it pulls."""
        end = time.monotonic() + PATIENCE
        page = self.web.get(link)
        while "/git-pull" not in page.url or "/user/" not in page.url:
            # The page that says "your server is starting".
            assert page.ok and time.monotonic() < end, page.text
            time.sleep(1)
            page = self.web.get(link)
        page.raise_for_status()
        self.base = f"{self.address}/user/{self.name}"
        query = page.url.partition("?")[2]
        told = []
        with self.web.get(f"{self.base}/git-pull/api?{query}", stream=True) as stream:
            for line in stream.iter_lines(decode_unicode=True):
                if line.startswith("data: "):
                    told.append(json.loads(line.removeprefix("data: ")))
        text = "".join(each.get("output") or "" for each in told)
        assert told[-1]["phase"] == "finished", text
        return text

    def api(self, method: str, path: str, body: dict | None = None) -> dict:
        """Ask the user's own Jupyter server."""
        headers = {"X-XSRFToken": self._xsrf(f"/user/{self.name}/")}
        answer = self.web.request(method, f"{self.base}/api/{path}", json=body, headers=headers)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
        return answer.json() if answer.text else {}

    def save(self, path: str, notebook: dict) -> None:
        """As JupyterLab saves."""
        self.api("PUT", f"contents/{path}", {"type": "notebook", "content": notebook})

    @contextmanager
    def kernel(self, path: str) -> Iterator["Kernel"]:
        """A notebook's kernel, as JupyterLab starts it."""
        session = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        session = self.api("POST", "sessions", session)
        mine = [c for c in self.web.cookies if f"/user/{self.name}/".startswith(c.path)]
        channels = f"{self.base}/api/kernels/{session['kernel']['id']}/channels"
        connection = websocket.create_connection(
            channels.replace("http", "ws", 1),
            cookie="; ".join(f"{c.name}={c.value}" for c in mine),
            timeout=PATIENCE,
        )
        try:
            yield Kernel(connection)
        finally:
            connection.close()
            self.api("DELETE", f"sessions/{session['id']}")


class Kernel:
    """Runs code; `run` gives back what it showed, as text."""

    def __init__(self, connection: websocket.WebSocket) -> None:
        self.connection = connection

    def run(self, code: str) -> str:
        """What the code shows, as text; an AssertionError if it raises."""
        number = secrets.token_hex(8)
        header = {"msg_id": number, "msg_type": "execute_request", "username": "", "session": "s"}
        content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False}
        message = {"header": header | {"version": "5.3"}, "parent_header": {}, "metadata": {}}
        self.connection.send(json.dumps(message | {"content": content, "channel": "shell"}))
        shown = []
        while True:
            reply = json.loads(self.connection.recv())
            if reply["parent_header"].get("msg_id") != number:
                continue
            content, kind = reply["content"], reply["msg_type"]
            if kind == "stream":
                shown.append(content["text"])
            elif kind in ("display_data", "execute_result"):
                shown.append(content["data"]["text/plain"])
            elif kind == "error":
                raise AssertionError("\n".join(content["traceback"]))
            elif kind == "status" and content["execution_state"] == "idle":
                return "\n".join(shown)
