# The reports, the outbox and the configuration are mounted; the image holds nothing of yours:
#   docker run --rm -v "$PWD:/work" oci-backup-reporter run --config /work/backup-report.yaml
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json ./
COPY scripts scripts
COPY templates templates
COPY pages pages
COPY src src
COPY test test
COPY bench bench
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist/src dist/src
COPY --from=build /app/dist/app dist/app
COPY --from=build /app/dist/compiled dist/compiled
COPY templates templates
COPY pages pages
COPY schema schema
USER node
ENTRYPOINT ["node", "/app/dist/src/main.js"]
CMD ["--help"]
