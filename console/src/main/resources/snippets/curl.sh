#!/bin/sh
# Farol: sends files of lines (text or JSON, one event a line, at most 10 MiB each) of @{agency} with curl.
# Acknowledged: exit status 0 means that all of the file is on the centre's disk. With any other
# status send it again: what came already may then come twice.
# Usage: sh curl.sh FILE...     The files of the certificate lie in @{certs}.
set -eu
for file in "$@"; do
  curl --silent --show-error --fail --retry 10 --retry-delay 5 --retry-all-errors --max-time 120 \
    --cacert @{certs}/ca.pem --cert @{certs}/cert.pem --key @{certs}/key.pem \
    --header "Content-Type: application/x-ndjson" --data-binary @"$file" \
    "https://@{url.host}:@{port}/v1/events" >/dev/null
done
# Without a certificate, with the token that 'farol agency add' or 'farol agency token' printed:
#   curl --cacert @{certs}/ca.pem --header "Authorization: Bearer $FAROL_TOKEN" ...
