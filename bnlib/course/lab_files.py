"""The files that `make lab` opens: a notebook's widgets go with the kernel that made them."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

VIEW = "application/vnd.jupyter.widget-view+json"


class Files(AsyncLargeFileManager):
    """Jupyter's own, but for widgets without a kernel: instead of "model not found", their words.

    The file stays as it is until the learner saves.
    """

    async def get(self, path: str, content: bool = True, *how: Any, **named: Any) -> dict[str, Any]:
        """A file as Jupyter reads it."""
        model: dict[str, Any] = await super().get(path, content, *how, **named)
        if content and model["type"] == "notebook" and not await self._has_kernel(model["path"]):
            for cell in model["content"]["cells"]:
                for output in cell.get("outputs", []):
                    if "text/plain" in output.get("data", {}):
                        output["data"].pop(VIEW, None)
        return model

    async def _has_kernel(self, path: str) -> bool:
        app: Any = self.parent
        sessions = await app.session_manager.list_sessions()
        return any(session["path"] == path.strip("/") for session in sessions)
