"""What the product costs, measured: `manage.py bench`.

Every measurement is one module with `measure(quick) -> Table` and runs in a process of its own, on a throw-away
installation (`box`) that never is anybody's real one. `runner` names them all.
"""
