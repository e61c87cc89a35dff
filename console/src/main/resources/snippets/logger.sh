#!/bin/sh
# Farol: lines of @{agency} with util-linux logger, over plain TCP to the agency's own port.
# Best effort, and readable on the way: for tries and for scripts on a trusted network. What sits in
# socket buffers when a connection breaks is lost and nobody can know.
# Usage: sh logger.sh MESSAGE...     or: some-program | sh logger.sh
set -eu
exec logger --server @{host} --port @{port} --tcp @{framing}--rfc5424 --tag farol -- "$@"
