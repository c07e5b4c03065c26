# Everything that policylint needs, rules included: docker run --rm --network none -v "$PWD:/policies" policylint check .
FROM python:3.12-slim AS build
WORKDIR /source
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY rules rules
COPY policylint policylint
RUN python -m venv /opt/policylint \
    && /opt/policylint/bin/pip install --no-cache-dir ".[docx,odt,pdf]"

FROM python:3.12-slim
# git, for `policylint diff`, whose version is that of the base image; a folder that is mounted belongs to somebody else.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory '*' \
    && useradd --uid 10001 --create-home policylint
COPY --from=build /opt/policylint /opt/policylint
ENV PATH="/opt/policylint/bin:$PATH"
USER 10001
WORKDIR /policies
ENTRYPOINT ["policylint"]
CMD ["--help"]
