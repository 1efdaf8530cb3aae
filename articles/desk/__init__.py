"""The verbs: what people do to stories, pages and issues.

Each verb is one function and one transaction: it locks in the order Issue → Page → Article (by key), settles what is
already due, checks the person (`NotAllowed`) and the state (`IllegalTransition`), changes, and writes one event with
its deliveries. `now` is for tests; left out, the clock is read after the locks are held.
"""
