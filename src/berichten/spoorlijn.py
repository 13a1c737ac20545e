"""The line to a collector of traces, by OpenTelemetry (OTLP over HTTP); loaded only where one is set."""

import os
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Status, StatusCode, Tracer

from berichten.sporen import Kenmerk, Spoor, Stappenmaker

_SECONDEN = 3
"""Within which the collector must answer; what it does not take is lost, and nobody waits for it."""


@contextmanager
def open_line(url: str, rol: str) -> Iterator[Stappenmaker]:
    """What makes steps that are sent there; the last ones are sent at the end."""
    wie = {"service.name": "berichten", "service.instance.id": f"{rol} {socket.gethostname()} {os.getpid()}"}
    leverancier = TracerProvider(resource=Resource(wie), shutdown_on_exit=False)
    naar = OTLPSpanExporter(endpoint=f"{url.rstrip('/')}/v1/traces", timeout=_SECONDEN)
    leverancier.add_span_processor(BatchSpanProcessor(naar, export_timeout_millis=1000 * _SECONDEN))
    tracer = leverancier.get_tracer("berichten")

    def make(naam: str, kenmerken: dict[str, Kenmerk]) -> AbstractContextManager[Spoor]:
        return _traced(tracer, naam, kenmerken)

    try:
        yield make
    finally:
        leverancier.shutdown()


@contextmanager
def _traced(tracer: Tracer, naam: str, kenmerken: dict[str, Kenmerk]) -> Iterator[Spoor]:
    # The library would send the text of an exception.
    with tracer.start_as_current_span(naam, attributes=kenmerken, record_exception=False, set_status_on_exception=False) as stap:
        try:
            yield stap
        except BaseException as fout:
            stap.set_status(Status(StatusCode.ERROR, type(fout).__name__))
            raise
