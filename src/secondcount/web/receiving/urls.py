"""Addresses of what arrives."""

from __future__ import annotations

from django.urls import path

from secondcount.web.receiving import api, bulk, offline, pages, receipts

__all__ = ["urlpatterns"]

urlpatterns = [
    path("send/", pages.send, name="send"),
    path("sent/", pages.sent, name="sent"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("r/<str:digest>/", receipts.receipt, name="receipt"),
    path("r/<str:digest>/proof", receipts.proof, name="receipt_proof"),
    path("api/session", api.session, name="api_session"),
    path("api/arrivals", api.arrivals, name="api_arrivals"),
    path("api/uploads/<str:upload_id>", api.upload, name="api_upload"),
    path("api/uploads/<str:upload_id>/finish", api.finish, name="api_upload_finish"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    path("sw.js", offline.worker, name="worker"),
]
