#!/bin/sh
# Farol: sends files of lines (text or JSON, one event a line, at most 10 MiB each) of water with curl.
# Acknowledged: exit status 0 means that all of the file is on the centre's disk. With any other
# status send it again: what came already may then come twice.
# Usage: sh curl.sh FILE...     The files of the certificate lie in /etc/farol.
set -eu
for file in "$@"; do
  curl --silent --show-error --fail --retry 10 --retry-delay 5 --retry-all-errors --max-time 120 \
    --cacert /etc/farol/ca.pem --cert /etc/farol/cert.pem --key /etc/farol/key.pem \
    --header "Content-Type: application/x-ndjson" --data-binary @"$file" \
    "https://farol.example:15580/v1/events" >/dev/null
done
# Without a certificate, with the token that 'farol agency add' or 'farol agency token' printed:
#   curl --cacert /etc/farol/ca.pem --header "Authorization: Bearer $FAROL_TOKEN" ...
