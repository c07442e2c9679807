"""The desk in a browser: routes and pages only, every decision is made below."""

from __future__ import annotations

from workflow.web.app import WebSettings, create_app, reached_at

__all__ = ["WebSettings", "create_app", "reached_at"]
