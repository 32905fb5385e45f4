"""Builds what programs run in: base environments, layers and drivers. The one package that installs."""
