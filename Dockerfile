FROM node:22-bookworm-slim
WORKDIR /app
RUN chown node:node /app
USER node
COPY --chown=node:node package.json package-lock.json ./
RUN npm install --no-save --no-audit --no-fund
COPY --chown=node:node . .
RUN node --import tsx server/start.ts
EXPOSE 3000
# Node itself is the process, so that a stop signal reaches it.
CMD ["node", ".build/main.js"]
