"""Errors of optional parts name the extra that is missing, where Python would name only a module."""

from importlib import import_module


def require(extra: str, *packages: str) -> None:
    """Import packages of an extra of ``pyproject.toml``, or raise an error that says how to install it.

    A package that is installed but broken raises its own error.

    >>> require("figures", "no_such_package")
    Traceback (most recent call last):
    ModuleNotFoundError: no_such_package is not installed; remedy: in the folder of omcore's sources,
    pip install ".[figures]"
    """
    for package in packages:
        try:
            import_module(package)
        except ModuleNotFoundError as error:
            if error.name != package:
                raise
            raise ModuleNotFoundError(
                f"{package} is not installed; remedy: in the folder of omcore's sources, "
                f'pip install ".[{extra}]"',
                name=package,
            ) from None
