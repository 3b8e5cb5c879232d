"""The composition root: settings to connectors, storage and the gate. It alone knows them all."""

from affluent.bootstrap.application import Application, open_application

__all__ = ["Application", "open_application"]
