# Builds the image that runs backup-report: docker build -t backup-report .
# Mount a folder of yours at /work. It holds backup-report.yaml, and what the configuration names: events, archive, outbox.
#   docker run --rm --read-only --tmpfs /tmp --user "$(id -u):$(id -g)" -v "$PWD:/work" backup-report run
# docs/deploy.md has the rest: the schedule, Compose, Kubernetes, Container Instances, Functions.

# Both stages have the same Node: the build compiles for its version and this sort of processor.
ARG BASE=node:24-slim

FROM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
# Neither tests nor benches: what is not here is not compiled.
COPY tsconfig.json ./
COPY scripts scripts
COPY templates templates
COPY pages pages
COPY src src
RUN npm run build && chmod 755 dist/src/main.js && npm prune --omit=dev

FROM ${BASE}
ARG VERSION=0.2.0-dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="backup-report" \
      org.opencontainers.image.description="Daily, archived, verifiable backup compliance reports for Oracle Cloud (OCI)" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production
# Belongs to root, so that the process cannot change its own code.
COPY --from=build /app/package.json /app/package.json
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/dist /app/dist
COPY templates /app/templates
COPY pages /app/pages
COPY schema /app/schema
# The command by its name, for `docker exec` and in what it advises. And where people mount folders of theirs: a new named volume
# takes over whom the folder belongs to that it is mounted at.
RUN mkdir -p /usr/local/bin /work/data && ln -s /app/dist/src/main.js /usr/local/bin/backup-report && chown -R 1000:1000 /work
# Where ./backup-report.yaml, the default configuration, is looked for.
WORKDIR /work
# The user node of the base, as a number: Kubernetes can tell by it that this is not root.
USER 1000:1000
# Of a container whose schedule answers on port 9464. One that makes a single day does not live to be asked twice.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD backup-report health || exit 1
# Number 1 of the container: it obeys SIGTERM and SIGINT itself, and needs no init.
ENTRYPOINT ["backup-report"]
CMD ["--help"]
