"""Optional parts name the extra that they need, where Python would name only a module."""

from importlib import import_module


def require(extra: str, *packages: str) -> None:
    """Import packages that an extra of omcore brings, or say how to install it.

    Parameters
    ----------
    extra : name of the extra in ``pyproject.toml``
    packages : names that are imported

    Raises
    ------
    ModuleNotFoundError
        If one of them is not installed. A package that is there but broken raises its own error.

    Examples
    --------
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
