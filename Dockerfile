FROM python:3.13-slim-bookworm AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PATH=/venv/bin:$PATH
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /venv \
 && pip install --quiet "uv==0.13.9" \
 && uv pip install --quiet --python /venv/bin/python --require-hashes -r requirements.lock
COPY . .
# The names are given because the production settings ask for them; nothing is connected to here.
RUN python -m devstack.messages compile \
 && DJANGO_SETTINGS_MODULE=inla.settings.production STATIC_ROOT=/app/collected \
    SECRET_KEY=only-to-collect-static-files DATABASE_URL=postgres://build@localhost/build \
    REDIS_URL=redis://localhost ALLOWED_HOSTS=localhost EMAIL_URL=smtp://localhost \
    SITE_URL=https://localhost DEFAULT_FROM_EMAIL=build@localhost INLA_DATA_DIR=/tmp/build \
    python manage.py collectstatic --no-input -v 0

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin inla \
 && mkdir /data && chown inla:inla /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=inla.settings.production \
    INLA_DATA_DIR=/data STATIC_ROOT=/app/collected INLA_BIND=0.0.0.0:8000 LOG_FORMAT=json
USER inla
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["gunicorn", "inla.wsgi:application", "-c", "inla/gunicorn.py"]
