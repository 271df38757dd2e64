# The console for more than one machine: gateway and embedded node (or a RavenDB of yours), behind a proxy that speaks TLS.
# README, "In a container", has the command.
FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY index.html vite.config.ts ./
COPY public public
COPY src src
RUN npm run build
# What only builds and tests need goes.
RUN npm prune --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
    RAVEN_CERTIFICATES_DATA_DIR=/data \
    RAVEN_CERTIFICATES_LISTEN=0.0.0.0:4280
WORKDIR /console
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
RUN install --directory --owner=node --group=node --mode=0700 /data
USER node
VOLUME /data
EXPOSE 4280
# 503 while it starts; any other answer, a refusal too, comes from a gateway that works.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4280/').then(({ status }) => process.exit(status === 503 ? 1 : 0), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/node/main.mjs", "start"]
