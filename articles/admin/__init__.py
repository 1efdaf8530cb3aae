"""What reporters and editors work in. Every module here registers its own screens with the admin site."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
