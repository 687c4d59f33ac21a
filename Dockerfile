# The image of the bot. Build and start: `docker build -t signpost .`, `docker compose up`; docs/runbook.md signs it.
# A release pins this tag by its digest (`docker buildx imagetools inspect node:24-bookworm-slim`): --build-arg NODE=node:24-bookworm-slim@sha256:…
ARG NODE=node:24-bookworm-slim

# Everything is built with the development packages, which then stay behind. No package's own script is run.
FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json vite.config.ts ./
COPY bot ./bot
COPY src ./src
COPY knowledge ./knowledge
RUN npm run build

FROM ${NODE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Maps and types are for writing programs, not for running them: two fifths of all bytes.
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM ${NODE}
LABEL org.opencontainers.image.title="Signpost" org.opencontainers.image.licenses="MIT"
# npm and corepack are not needed to run, and what is not there cannot be used.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* \
  && mkdir /data && chown node:node /data
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY knowledge ./knowledge
COPY prompts ./prompts
COPY src/adapters/postgres/migrations ./src/adapters/postgres/migrations
COPY --from=build /app/dist ./dist
# Files belong to root and the process does not: it can change nothing of itself. The embedded store, where it is
# used, is the one place it writes to.
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 DATA_DIR=/data
EXPOSE 3978
# Ready is asked by the platform (GET /readyz), which stops sending; alive is asked here, where a restart follows.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The process is the container's first, so that SIGTERM reaches it and turns in flight end.
CMD ["node", "--max-semi-space-size=8", "--max-old-space-size=256", "dist/bot/main.js"]
