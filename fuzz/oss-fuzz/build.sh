#!/usr/bin/env bash
# One script for both: OSS-Fuzz builds what ClusterFuzzLite builds.
exec "$SRC/mcp-litmus/.clusterfuzzlite/build.sh"
