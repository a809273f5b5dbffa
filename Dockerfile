# syntax=docker/dockerfile:1
# Two stages: what builds is not what runs. Node.js 24 is the active long-term support release.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
# Scripts of packages are not run; our own build comes when its sources are there.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.demo.json ./
COPY scripts/build.mjs scripts/bundle.mjs scripts/
COPY src src/
COPY demo demo/
RUN npm run build && npm prune --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="schemaready" \
      org.opencontainers.image.description="Is the schema what the deployed code needs?" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production
WORKDIR /opt/schemaready
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules/
COPY --from=build /build/dist dist/
COPY openapi openapi/
COPY docs docs/
COPY LICENSE ./
RUN ln -s /opt/schemaready/dist/cli.js /usr/local/bin/schemaready
# The image has no throwaway PostgreSQL: give a contract (schemaready compile), or --scratch-url.
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=2s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/livez').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/opt/schemaready/dist/cli.js"]
CMD ["serve", "--host", "0.0.0.0"]
