# Builds a static binary and runs it alone, as nobody, with one volume.
# Images are named by the digest of their index for all architectures, so that the
# same commit is built from the same; a new one is a commit of its own.
FROM golang:1.26.5@sha256:3aff6657219a4d9c14e27fb1d8976c49c29fddb70ba835014f477e1c70636647 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /bantin . && mkdir -p /empty/bantin /empty/tmp

# The same with what reads scans and old Word files; it is larger:
# docker build --target scans -t bantin:scans .
FROM debian:bookworm-20260824-slim@sha256:88200866dfff7ea7f5cbcb6ec7c8a701889efe6fe859fe64d6990e4b07ea4171 AS scans
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tesseract-ocr tesseract-ocr-vie poppler-utils antiword && rm -rf /var/lib/apt/lists/*
COPY --from=build /bantin /bantin
COPY --from=build /src/LICENSE /src/command/notices.txt /licenses/
COPY --from=build --chown=65532:65532 /empty/bantin /var/lib/bantin
USER 65532:65532
ENV BANTIN_DATA=/var/lib/bantin BANTIN_LISTEN=0.0.0.0:8080
EXPOSE 8080
VOLUME /var/lib/bantin
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/bantin", "healthcheck"]
ENTRYPOINT ["/bantin"]
CMD ["up"]

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /bantin /bantin
COPY --from=build /src/LICENSE /src/command/notices.txt /licenses/
COPY --from=build --chown=65532:65532 /empty/bantin /var/lib/bantin
COPY --from=build --chown=65532:65532 /empty/tmp /tmp
USER 65532:65532
ENV BANTIN_DATA=/var/lib/bantin BANTIN_LISTEN=0.0.0.0:8080
EXPOSE 8080
VOLUME /var/lib/bantin
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/bantin", "healthcheck"]
ENTRYPOINT ["/bantin"]
CMD ["up"]
