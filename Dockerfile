# The product's image: web, worker and beat are this image with another command (docker-compose.yml).
# No engine runs where the tests run: tests/engine/test_deployment.py checks what is named here and starts the commands.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements/runtime.txt /tmp/runtime.txt
RUN /opt/venv/bin/pip install --require-hashes --only-binary=:all: -r /tmp/runtime.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=newsroom.settings.production \
    NEWSROOM_CONTAINER=1 \
    NEWSROOM_VAR=/srv/newsroom \
    NEWSROOM_STATIC_ROOT=/srv/static
# The fonts that pages are made up with, and the name on a paper's share card (articles/site/card.py). Of the extra
# weights headlines want the black one alone; the others are 300 MB.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends fonts-noto-cjk fonts-noto-cjk-extra fonts-lxgw-wenkai \
 && find /usr/share/fonts -name 'Noto*CJK-*' ! -name '*-Regular.ttc' ! -name '*-Bold.ttc' ! -name 'NotoSerifCJK-Black.ttc' -delete \
 && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 newsroom \
 && useradd --uid 10001 --gid newsroom --no-create-home --home-dir /srv/newsroom --shell /usr/sbin/nologin newsroom \
 && install -d -o newsroom -g newsroom /srv/newsroom /srv/newsroom/media /srv/newsroom/private /srv/static
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY manage.py ./
COPY newsroom ./newsroom
COPY articles ./articles
COPY media_library ./media_library
COPY templates ./templates
COPY static ./static
COPY locale ./locale
COPY deploy/healthcheck.py ./deploy/healthcheck.py
RUN python -m compileall -q newsroom articles media_library
USER newsroom
# Shows at build time that every file a style sheet names is there; the installation's own copy is made by `migrate`.
RUN NEWSROOM_SECRET_KEY=build NEWSROOM_ALLOWED_HOSTS=localhost NEWSROOM_DATABASE_URL=postgres://localhost/build \
    NEWSROOM_BROKER_URL=redis://localhost/0 python manage.py collectstatic --no-input --verbosity 0
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 CMD ["python", "deploy/healthcheck.py"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", "newsroom.wsgi:application"]
