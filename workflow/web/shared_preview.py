"""What a preview link opens, for whoever holds it: the pages of one release, until a day."""

from __future__ import annotations

from mimetypes import guess_type
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from l10n.errors import UsageError
from l10n.project import Release
from l10n.site import preview
from workflow import preview_links
from workflow.web.base_path import desk_path
from workflow.web.services import ServicesDep
from workflow.web.templating import error_page

router = APIRouter(prefix="/shared")
_HEADERS = {
    # A style that stands in the page reaches nothing outside it, and readers will see it.
    "Content-Security-Policy": (
        "sandbox allow-top-navigation; default-src 'none'; style-src 'self' 'unsafe-inline';"
        " img-src 'self' data:; font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    # Its address is a secret: it is told to nobody else.
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    # The sandbox makes the page nobody's, and so its style sheet and pictures another's.
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def address(release: Release, text: str) -> str:
    """Where a token opens a release, as a path at the desk: the page in the release's own language."""
    return desk_path(f"/shared/{text}/{quote(release.locale)}/{quote(release.slug(release.locale))}/")


@router.get("/{token}/{path:path}")
def shown(services: ServicesDep, token: str, path: str) -> Response:
    """A page of the release, or what one shows."""
    ledger = services.desk.ledger
    link = preview_links.read_token(ledger.project, token, now=ledger.clock())
    if link is None:
        return _nothing()
    try:
        release = services.desk.cache.release(link.release)
    except UsageError:
        return _nothing()
    if not path:
        return RedirectResponse(address(release, token), status_code=303, headers=_HEADERS)
    files = preview.everywhere(
        ledger.project,
        release,
        lambda locale: services.desk.cache.catalogue(release, locale),
        as_of=ledger.clock(),
        until=link.until.date(),
        others=services.desk.releases(),
    )
    name = f"{path}index.html" if path.endswith("/") else path
    if name not in files:
        return error_page(404, "This page is no part of the preview.", "Go back in your browser.", back=None)
    kind = "text/html; charset=utf-8" if name.endswith(".html") else guess_type(name)[0]
    return Response(files[name], media_type=kind or "application/octet-stream", headers=_HEADERS)


def _nothing() -> Response:
    return error_page(
        404, "This link does not work, or not any more.", "Ask the editors for a new one.", back=None
    )
