"""Celery's way in. Ids in, one call, safe to repeat."""

from celery import shared_task

from media_library import renditions, sweeping

# A render that takes longer than its claim would be done twice; the soft limit ends it before.
RENDER_SECONDS = 100


@shared_task(
    name="media_library.render",
    soft_time_limit=RENDER_SECONDS,
    time_limit=RENDER_SECONDS + 20,
    ignore_result=True,
)
def render(photo_id: int) -> None:
    renditions.render(photo_id)


@shared_task(name="media_library.sweep", soft_time_limit=200, time_limit=240, ignore_result=True)
def sweep() -> None:
    sweeping.sweep()
