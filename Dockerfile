# The image of User Dashboard: the web client, the locked packages and the code, and no
# more. `make image-steps` runs these same steps in an empty root where no container
# engine is at hand; docs/deployment.md tells how to build and deploy it.
#
# One base for every stage, pinned by tag. A release may pin it by digest as well:
#   docker build --build-arg BASE=debian:12.12-slim@sha256:… .
ARG BASE=debian:12.12-slim

FROM ${BASE} AS tools
# Versions are those of the Debian release that the tag names, with its security updates.
# hadolint ignore=DL3008
RUN apt-get update -qq \
    && apt-get install -qq --no-install-recommends ca-certificates python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv

# The web client, with the Node that requirements-client.lock pins by hash.
FROM tools AS client
COPY requirements-client.lock ./
COPY scripts/find_node scripts/find_node
RUN python3 -m venv .venv && scripts/find_node
ENV PATH=/srv/.venv/node/bin:$PATH
WORKDIR /srv/client
COPY client/package.json client/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
COPY client ./
RUN node build.mjs --bundle

# The Python packages: those of the lock, each with its hash, wheels alone, so that
# nothing is compiled. The pip that installs them has an environment of its own.
FROM tools AS packages
# requirements-azure.lock adds what sends telemetry to Application Insights.
ARG LOCK=requirements.lock
COPY ${LOCK} requirements.lock
RUN python3 -m venv /opt/pip \
    && python3 -m venv --without-pip /opt/dashboard \
    && /opt/pip/bin/pip --python /opt/dashboard/bin/python install --quiet \
        --disable-pip-version-check --no-cache-dir --only-binary :all: --require-hashes \
        --no-deps --requirement requirements.lock

FROM ${BASE} AS runtime
# hadolint ignore=DL3008
RUN apt-get update -qq \
    && apt-get install -qq --no-install-recommends ca-certificates python3 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt /var/log/apt /var/log/dpkg.log \
    && useradd --uid 10001 --user-group --no-log-init --no-create-home \
        --home-dir /nonexistent --shell /usr/sbin/nologin dashboard
COPY --from=packages /opt/dashboard /opt/dashboard
# Not installed as a package: some of these have common names, such as `schema`, and
# PYTHONPATH comes before everything else that may have them.
WORKDIR /srv
COPY app app
COPY domain domain
COPY kit kit
COPY loaders loaders
COPY persistence persistence
COPY realtime realtime
COPY resolvers resolvers
COPY schema schema
COPY LICENSE ./
COPY --from=client /srv/client/dist client/dist
RUN /opt/dashboard/bin/python -m compileall -q /srv

ARG VERSION=1.0.0
ARG REVISION=unknown
ARG CREATED=unknown
LABEL org.opencontainers.image.title="User Dashboard" \
      org.opencontainers.image.description="A live user dashboard for a team" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"

# DASHBOARD_WORKERS says how many worker processes there are, one until it does.
ENV PATH=/opt/dashboard/bin:$PATH \
    PYTHONPATH=/srv \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DASHBOARD_ENV=production \
    DASHBOARD_HOST=0.0.0.0 \
    DASHBOARD_PORT=8000

# By number, so that a platform can see that it is not root.
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f\"http://127.0.0.1:{os.environ['DASHBOARD_PORT']}/health\", timeout=4)"]

# In exec form: the service is process 1 and hears the signal that ends it. Any command
# of `dashboard` can take the place of `serve`.
ENTRYPOINT ["python", "-m", "app"]
CMD ["serve"]
