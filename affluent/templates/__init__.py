"""Templates that merchants write: Jinja's expressions in a sandbox that reaches nothing else."""

from affluent.templates.template import Template, TemplateFailed, template_of

__all__ = ["Template", "TemplateFailed", "template_of"]
